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

/**
 * Takes a route away; what waits for it stays in the storage server.
 */
@Service
@Command(scope = "onos", name = "message-route-remove",
        description = "Takes a route away; what waits for it stays in the storage server")
public class RouteRemoveCommand extends MessagingCommand {

    @Argument(index = 0, name = "from", description = "The data centre where the route begins", required = true)
    @Completion(DataCentreCompleter.class)
    private String from = "";

    @Argument(index = 1, name = "to", description = "The data centre where it ends", required = true)
    @Completion(DataCentreCompleter.class)
    private String to = "";

    @Override
    protected void run() {
        configuration().removeRoute(from, to, request());
    }
}
