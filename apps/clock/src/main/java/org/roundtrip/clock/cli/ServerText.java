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
package org.roundtrip.clock.cli;

import org.roundtrip.base.cli.StatusText;
import org.roundtrip.base.cli.Table;
import org.roundtrip.base.json.Json;
import org.roundtrip.clock.ClockServer;

import java.util.ArrayList;
import java.util.List;

/**
 * Clock servers as text for people.
 */
final class ServerText {

    private static final String INDENT = "    ";

    private ServerText() {
    }

    /**
     * Returns servers, a line each with the reason below, which also says what was refused to their clients.
     *
     * @param servers the servers
     * @return lines of text
     */
    static List<String> list(List<ClockServer> servers) {
        if (servers.isEmpty()) {
            return List.of("There are no clock servers: neither a session nor a policy names one.");
        }
        Table table = new Table("SERVER", "STATE", "SINCE", "AT", "CLOCK", "POLICY", "SESSIONS", "MESSAGES/S");
        servers.forEach(server -> table.row(
                server.server(), Json.name(server.status().state()), StatusText.since(server.status()),
                server.endpoint().map(end -> end.connectPoint().toString()).orElse("-"),
                server.clockIdentity().orElse("-"), server.policy().orElse("-"), server.sessions().size(),
                server.messageRate()));
        List<String> rows = table.lines();
        List<String> lines = new ArrayList<>(rows.subList(0, 1));
        for (int i = 0; i < servers.size(); i++) {
            lines.add(rows.get(i + 1));
            lines.add(INDENT + servers.get(i).status().reason());
        }
        return lines;
    }
}
