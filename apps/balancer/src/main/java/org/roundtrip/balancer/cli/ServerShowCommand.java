/*
 * Copyright 2026 The Roundtrip Authors
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package org.roundtrip.balancer.cli;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.roundtrip.balancer.VirtualServer;
import org.roundtrip.balancer.VirtualServerInspectionService;
import org.roundtrip.balancer.VirtualServerStatistics;
import org.roundtrip.base.json.Json;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Shows a virtual server.
 */
@Service
@Command(scope = "onos", name = "lb-server-show",
        description = "Shows all of a virtual server: what was asked for, its members and access switches, what it has"
                + " carried, and what was dropped and why")
public class ServerShowCommand extends ServerCommand {

    @Argument(index = 0, name = "name", description = "The name of the virtual server", required = true)
    @Completion(ServerNameCompleter.class)
    private String name = "";

    @Override
    protected void run() {
        VirtualServer server = existing(name);
        VirtualServerStatistics statistics = get(VirtualServerInspectionService.class).statistics(name);
        if (outputJson()) {
            printJson(document(server, statistics));
        } else {
            ServerDetails.of(server, statistics).forEach(this::printLine);
        }
    }

    /** The virtual server with the resource that REST has below it, as the YANG module has them. */
    @SuppressWarnings("unchecked")
    private static Map<String, Object> document(VirtualServer server, VirtualServerStatistics statistics) {
        Map<String, Object> document = Json.read(Json.write(server), LinkedHashMap.class);
        document.put("statistics", statistics);
        return document;
    }
}
