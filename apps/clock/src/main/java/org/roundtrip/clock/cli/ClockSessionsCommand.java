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

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.roundtrip.base.cli.RoundtripCommand;
import org.roundtrip.clock.ClockSession;
import org.roundtrip.clock.ClockSessionService;
import org.roundtrip.tepath.TePathService;

import java.util.List;
import java.util.Map;

/**
 * Lists clock sessions.
 */
@Service
@Command(scope = "onos", name = "clock-sessions", description = "Lists clock sessions, and what is wrong with them")
public class ClockSessionsCommand extends RoundtripCommand {

    @Option(name = "--hops", description = "Show both directions of each session switch by switch")
    private boolean hops = false;

    @Override
    protected void run() {
        List<ClockSession> sessions = get(ClockSessionService.class).sessions();
        if (outputJson()) {
            printJson(Map.of("clock-session", sessions));
        } else {
            (hops ? SessionText.listWithHops(sessions, get(TePathService.class)::path) : SessionText.list(sessions))
                    .forEach(this::printLine);
        }
    }
}
