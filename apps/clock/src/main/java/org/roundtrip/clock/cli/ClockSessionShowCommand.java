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

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.roundtrip.base.cli.RoundtripCommand;
import org.roundtrip.base.json.Json;
import org.roundtrip.clock.ClockSession;
import org.roundtrip.clock.ClockSessionChange;
import org.roundtrip.clock.ClockSessionService;
import org.roundtrip.clock.ClockSessionStatistics;
import org.roundtrip.clock.compute.Ptp4lConfiguration;
import org.roundtrip.tepath.TePathService;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Shows a clock session.
 */
@Service
@Command(scope = "onos", name = "clock-session-show",
        description = "Shows all of a clock session: what was asked for, its clocks and its tunnel, how wrong the"
                + " client is, alarms and history; or how to configure its clocks")
public class ClockSessionShowCommand extends RoundtripCommand {

    @Argument(index = 0, name = "name", description = "The name of the session", required = true)
    @Completion(SessionNameCompleter.class)
    private String name = "";

    @Option(name = "--ptp4l", description = "Show the configuration file of ptp4l instead, for the server or the"
            + " client")
    @Completion(value = StringsCompleter.class, values = {"server", "client"})
    private String ptp4l;

    @Override
    protected void run() {
        ClockSessionService service = get(ClockSessionService.class);
        ClockSession session = NamedSessions.existing(service, name);
        if (ptp4l != null) {
            Ptp4lConfiguration.of(session, parse("ptp4l", ptp4l, Ptp4lConfiguration.Role.class), service.sessions())
                    .lines().forEach(this::printLine);
            return;
        }
        ClockSessionStatistics statistics = service.statistics(name);
        List<ClockSessionChange> history = service.history(name);
        if (outputJson()) {
            printJson(document(session, statistics, history));
        } else {
            SessionDetails.of(session, get(TePathService.class).path(session.tePath()), statistics, history)
                    .forEach(this::printLine);
        }
    }

    /** The session with the resources that REST has below it, as the YANG module has them. */
    @SuppressWarnings("unchecked")
    private static Map<String, Object> document(ClockSession session, ClockSessionStatistics statistics,
                                                List<ClockSessionChange> history) {
        Map<String, Object> document = Json.read(Json.write(session), LinkedHashMap.class);
        document.put("statistics", statistics);
        document.put("history", history);
        return document;
    }
}
