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
package org.roundtrip.openflow.link.compute;

import org.immutables.value.Value;
import org.onosproject.net.ConnectPoint;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * A link in one direction. A cable that works both ways is two of these.
 */
@Value.Immutable(builder = false)
public interface DirectedLink {

    /**
     * Returns the port that frames leave by.
     *
     * @return source
     */
    @Value.Parameter
    ConnectPoint source();

    /**
     * Returns the port that frames arrive at.
     *
     * @return destination, never the source
     */
    @Value.Parameter
    ConnectPoint destination();

    /**
     * Makes a link.
     *
     * @param source      port that frames leave by
     * @param destination port that frames arrive at
     * @return link
     * @throws IllegalArgumentException if both are the same port
     */
    static DirectedLink of(ConnectPoint source, ConnectPoint destination) {
        return ImmutableDirectedLink.of(source, destination);
    }

    /**
     * Checks that the link joins two ports.
     */
    @Value.Check
    default void check() {
        checkArgument(!source().equals(destination()),
                      "destination: a link can't lead back to its own port %s", source());
    }
}
