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
package org.roundtrip.messaging;

import org.roundtrip.base.ConflictException;
import org.roundtrip.base.NotFoundException;
import org.roundtrip.base.UnavailableException;
import org.roundtrip.messaging.configuration.ProxyReport;

import java.util.List;
import java.util.Optional;

/**
 * What proxies do, as they tell the node that leads. Nothing of it is durable: after a start, all is unknown until
 * they have told again. No method waits. Thread-safe.
 */
public interface MessagingStateService {

    /** Of how many proxies the controller keeps reports. */
    int MOST_PROXIES = 1_000;

    /**
     * Takes a report in the place of the one before.
     *
     * @param report what a proxy tells
     * @return what is known of the proxy now
     * @throws ConflictException    if there are too many proxies
     * @throws UnavailableException if another node leads
     */
    ProxyStatus report(ProxyReport report);

    /**
     * Forgets a proxy, which comes back when it tells again.
     *
     * @param name its name
     * @throws NotFoundException    if there is none
     * @throws UnavailableException if another node leads
     */
    void forget(String name);

    /**
     * Returns the proxies.
     *
     * @return what is known of each, ordered by name
     */
    List<ProxyStatus> proxies();

    /**
     * Returns a proxy.
     *
     * @param name its name
     * @return what is known of it, or empty if it has never told
     */
    Optional<ProxyStatus> proxy(String name);

    /**
     * Returns the routes of the present configuration.
     *
     * @return what is known of each, ordered by where they begin and end
     */
    List<RouteStatus> routes();

    /**
     * Returns a route of the present configuration.
     *
     * @param from where it begins
     * @param to   where it ends
     * @return what is known of it, or empty if there is none
     */
    Optional<RouteStatus> route(String from, String to);
}
