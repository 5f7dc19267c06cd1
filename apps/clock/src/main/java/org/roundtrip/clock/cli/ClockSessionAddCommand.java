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
import org.roundtrip.clock.ClockSessionService;

/**
 * Adds a clock session.
 */
@Service
@Command(scope = "onos", name = "clock-session-add",
        description = "Lets PTP of a clock server and a client use the same links in both directions")
public class ClockSessionAddCommand extends SessionRequestCommand {

    @Argument(index = 0, name = "name", description = "What to call the session", required = true)
    private String name = "";

    @Argument(index = 1, name = "server", description = "The clock that gives the time: a host id, an IP address, or"
            + " the edge port where it is attached, DEVICE/PORT", required = true)
    @Completion(ClockReferenceCompleter.class)
    private String server = "";

    @Argument(index = 2, name = "client", description = "The clock that takes the time: a host id, an IP address, or"
            + " the edge port where it is attached, DEVICE/PORT", required = true)
    @Completion(ClockReferenceCompleter.class)
    private String client = "";

    @Override
    protected void run() {
        ClockSession session = get(ClockSessionService.class).add(
                complete(draft().set("name", name).set("server", server).set("client", client)));
        if (outputJson()) {
            printJson(session);
        } else {
            SessionText.brief(session).forEach(this::printLine);
        }
    }
}
