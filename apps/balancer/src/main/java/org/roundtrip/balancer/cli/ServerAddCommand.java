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
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.roundtrip.base.cli.RequestDraft;

/**
 * Adds a virtual server.
 */
@Service
@Command(scope = "onos", name = "lb-server-add",
        description = "Gives requests to a virtual IP address to members, whose replies go straight to the clients")
public class ServerAddCommand extends ServerRequestCommand {

    @Argument(index = 0, name = "name", description = "What to call the virtual server", required = true)
    private String name = "";

    @Argument(index = 1, name = "vip", description = "The virtual IP address, which no host has for itself",
            required = true)
    private String vip = "";

    @Override
    protected void run() {
        printServer(service().add(complete(RequestDraft.empty().set("name", name).set("vip", vip))));
    }
}
