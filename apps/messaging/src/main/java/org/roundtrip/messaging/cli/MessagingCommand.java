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

import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.console.Session;
import org.roundtrip.base.NotFoundException;
import org.roundtrip.base.cli.RoundtripCommand;
import org.roundtrip.messaging.ChangeRequest;
import org.roundtrip.messaging.MessagingConfigurationService;
import org.roundtrip.messaging.MessagingStateService;
import org.roundtrip.messaging.RouteStatus;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A command of messaging.
 */
abstract class MessagingCommand extends RoundtripCommand {

    /** The shell with which the user talks. */
    @Reference
    Session session;

    /**
     * Returns what keeps the configuration.
     *
     * @return the service
     */
    static MessagingConfigurationService configuration() {
        return get(MessagingConfigurationService.class);
    }

    /**
     * Returns what knows the state of routes.
     *
     * @return the service
     */
    static MessagingStateService state() {
        return get(MessagingStateService.class);
    }

    /**
     * Returns who asks for a change.
     *
     * @return a request of the user of the shell
     */
    ChangeRequest request() {
        return ChangeRequest.by(Optional.ofNullable(session.get("USER")).map(Object::toString).orElse("shell"));
    }

    /**
     * Prints a list, for people or as REST has it.
     *
     * @param name    what the YANG list is called
     * @param entries its entries
     * @param text    its lines for people
     */
    void printList(String name, List<?> entries, List<String> text) {
        if (outputJson()) {
            printJson(Map.of(name, entries));
        } else {
            text.forEach(this::printLine);
        }
    }

    /**
     * Prints one thing, for people or as REST has it.
     *
     * @param value the thing
     * @param text  its lines for people
     */
    void printOne(Object value, List<String> text) {
        if (outputJson()) {
            printJson(value);
        } else {
            text.forEach(this::printLine);
        }
    }

    /**
     * Prints a route that must be there.
     *
     * @param from where it begins
     * @param to   where it ends
     * @throws NotFoundException if there is none
     */
    void printRoute(String from, String to) {
        RouteStatus route = state().route(from, to).orElseThrow(() -> new NotFoundException(
                "from", "there is no route from '" + from + "' to '" + to + "'"));
        printOne(route, RouteText.one(route));
    }
}
