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

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.roundtrip.messaging.configuration.RouteOrder;

/**
 * Lets a route leave out what it has not sent yet: messages are lost.
 */
@Service
@Command(scope = "onos", name = "message-route-skip",
        description = "Lets a route leave out what it has not sent yet: messages are lost")
public class RouteSkipCommand extends RouteOrderCommand {

    /** Creates the command. */
    public RouteSkipCommand() {
        super(RouteOrder.Move.SKIP);
    }
}
