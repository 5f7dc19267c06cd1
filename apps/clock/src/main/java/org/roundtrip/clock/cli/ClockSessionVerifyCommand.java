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
import org.roundtrip.clock.ClockSessionService;
import org.roundtrip.tepath.PathAudit;

/**
 * Verifies a clock session.
 */
@Service
@Command(scope = "onos", name = "clock-session-verify",
        description = "Holds the tunnel of a clock session against the tables of the switches, and repairs what"
                + " differs")
public class ClockSessionVerifyCommand extends RoundtripCommand {

    @Argument(index = 0, name = "name", description = "The name of the session", required = true)
    @Completion(SessionNameCompleter.class)
    private String name = "";

    @Override
    protected void run() {
        PathAudit audit = get(ClockSessionService.class).verify(name);
        if (outputJson()) {
            printJson(audit);
        } else {
            AuditText.of(name, audit).forEach(this::printLine);
        }
    }
}
