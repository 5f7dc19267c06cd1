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
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.roundtrip.base.cli.RoundtripCommand;
import org.roundtrip.clock.ClockSession;
import org.roundtrip.clock.ClockSessionService;

/**
 * Takes a clock session away.
 */
@Service
@Command(scope = "onos", name = "clock-session-remove", description = "Takes a clock session and its path away")
public class ClockSessionRemoveCommand extends RoundtripCommand {

    @Argument(index = 0, name = "name", description = "The name of the session", required = true)
    @Completion(SessionNameCompleter.class)
    private String name = "";

    @Override
    protected void run() {
        ClockSession session = get(ClockSessionService.class).remove(name);
        if (outputJson()) {
            printJson(session);
        } else {
            SessionText.brief(session).forEach(this::printLine);
        }
    }
}
