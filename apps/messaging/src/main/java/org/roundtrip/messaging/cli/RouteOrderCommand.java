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
import org.apache.karaf.shell.api.action.Completion;
import org.roundtrip.messaging.configuration.RouteOrder;

import java.time.Instant;

/**
 * Orders a route to go on from another position.
 */
abstract class RouteOrderCommand extends MessagingCommand {

    private final RouteOrder.Move move;

    @Argument(index = 0, name = "from", description = "The data centre where the route begins", required = true)
    @Completion(DataCentreCompleter.class)
    private String from = "";

    @Argument(index = 1, name = "to", description = "The data centre where it ends", required = true)
    @Completion(DataCentreCompleter.class)
    private String to = "";

    @Argument(index = 2, name = "since", description = "When the first message was stored that is sent next: a time,"
            + " such as 2026-01-15T12:00:00Z, or how long ago, such as 10min", required = true)
    private String since = "";

    RouteOrderCommand(RouteOrder.Move move) {
        this.move = move;
    }

    @Override
    protected void run() {
        configuration().order(from, to, move, PastTime.parse("since", since, Instant.now()), request());
        printRoute(from, to);
    }
}
