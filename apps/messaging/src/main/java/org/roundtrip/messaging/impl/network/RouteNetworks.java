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
package org.roundtrip.messaging.impl.network;

import org.roundtrip.messaging.RouteNetwork;
import org.roundtrip.messaging.configuration.MessageRoute;
import org.roundtrip.messaging.configuration.MessagingConfiguration;

/**
 * The networks of routes. No method waits. Thread-safe.
 */
public interface RouteNetworks {

    /**
     * Has the network be what a configuration says. Nothing is set up or taken away before the first call.
     *
     * @param configuration the present configuration, as it was read from the durable store
     */
    void provide(MessagingConfiguration configuration);

    /**
     * Returns how the network of a route fares.
     *
     * @param route a route
     * @return its network
     */
    RouteNetwork network(MessageRoute route);
}
