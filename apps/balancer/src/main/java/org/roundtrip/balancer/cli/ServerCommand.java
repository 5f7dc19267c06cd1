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

import org.roundtrip.balancer.VirtualServer;
import org.roundtrip.balancer.VirtualServerService;
import org.roundtrip.base.NotFoundException;
import org.roundtrip.base.cli.RoundtripCommand;

/**
 * A command about one virtual server.
 */
abstract class ServerCommand extends RoundtripCommand {

    /**
     * Returns a virtual server that must be there.
     *
     * @param name what the user calls it
     * @return the virtual server
     * @throws NotFoundException if there is none
     */
    protected static VirtualServer existing(String name) {
        return service().server(name).orElseThrow(
                () -> new NotFoundException("name", "there is no virtual server '" + name + "'"));
    }

    /**
     * Returns what keeps the virtual servers.
     *
     * @return the service
     */
    protected static VirtualServerService service() {
        return get(VirtualServerService.class);
    }

    /**
     * Prints a virtual server in short.
     *
     * @param server the virtual server
     */
    protected void printServer(VirtualServer server) {
        if (outputJson()) {
            printJson(server);
        } else {
            ServerText.brief(server).forEach(this::printLine);
        }
    }

    /**
     * Prints the members of a virtual server.
     *
     * @param server the virtual server
     */
    protected void printMembers(VirtualServer server) {
        if (outputJson()) {
            printJson(server);
        } else {
            ServerText.members(server).forEach(this::printLine);
        }
    }
}
