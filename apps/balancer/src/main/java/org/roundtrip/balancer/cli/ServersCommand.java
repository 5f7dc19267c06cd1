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

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.roundtrip.balancer.VirtualServer;
import org.roundtrip.balancer.VirtualServerService;
import org.roundtrip.base.cli.RoundtripCommand;

import java.util.List;
import java.util.Map;

/**
 * Lists virtual servers.
 */
@Service
@Command(scope = "onos", name = "lb-servers", description = "Lists virtual servers, and what is wrong with them")
public class ServersCommand extends RoundtripCommand {

    @Override
    protected void run() {
        List<VirtualServer> servers = get(VirtualServerService.class).servers();
        if (outputJson()) {
            printJson(Map.of("virtual-server", servers));
        } else {
            ServerText.list(servers).forEach(this::printLine);
        }
    }
}
