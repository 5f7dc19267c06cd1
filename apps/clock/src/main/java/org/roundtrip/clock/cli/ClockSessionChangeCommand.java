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
import org.roundtrip.clock.ClockSession;
import org.roundtrip.clock.ClockSessionRequest;
import org.roundtrip.clock.ClockSessionService;

/**
 * Changes a clock session.
 */
@Service
@Command(scope = "onos", name = "clock-session-change",
        description = "Changes what the options say of a clock session, in its place; all else stays as it is. Its"
                + " transport and delivery can't be changed")
public class ClockSessionChangeCommand extends SessionRequestCommand {

    @Argument(index = 0, name = "name", description = "The name of the session", required = true)
    @Completion(SessionNameCompleter.class)
    private String name = "";

    @Override
    protected void run() {
        ClockSessionService service = get(ClockSessionService.class);
        ClockSessionRequest before = NamedSessions.existing(service, name).request();
        ClockSession session = service.put(complete(draft(before, before.tunnel())));
        if (outputJson()) {
            printJson(session);
        } else {
            SessionText.brief(session).forEach(this::printLine);
        }
    }
}
