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
package org.roundtrip.messaging.cli;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.roundtrip.messaging.configuration.RouteOrder;

import java.time.Instant;

/**
 * Lets a route leave out what it has not sent yet: messages are lost.
 */
@Service
@Command(scope = "onos", name = "message-route-skip",
        description = "Lets a route leave out what it has not sent yet: messages are lost")
public class RouteSkipCommand extends MessagingCommand {

    @Argument(index = 0, name = "from", description = "The data centre where the route begins", required = true)
    @Completion(DataCentreCompleter.class)
    private String from = "";

    @Argument(index = 1, name = "to", description = "The data centre where it ends", required = true)
    @Completion(DataCentreCompleter.class)
    private String to = "";

    @Argument(index = 2, name = "since", description = "When the first message was stored that is sent next: a time,"
            + " such as 2026-01-15T12:00:00Z, or how long ago, such as 10min", required = true)
    private String since = "";

    @Override
    protected void run() {
        configuration().order(from, to, RouteOrder.Move.SKIP, PastTime.parse("since", since, Instant.now()),
                              request());
        printRoute(from, to);
    }
}
