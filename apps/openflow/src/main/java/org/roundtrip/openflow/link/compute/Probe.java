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

/**
 * A probe that arrived and was found to be one of this controller's own.
 */
@Value.Immutable(builder = false)
public interface Probe {

    /**
     * Returns the port that the probe was sent out of.
     *
     * @return port
     */
    @Value.Parameter
    ConnectPoint source();

    /**
     * Returns when the probe was made, by the wall clock of the node that made it. It tells probes of a port apart.
     *
     * @return milliseconds since the epoch
     */
    @Value.Parameter
    long timestamp();

    /**
     * Makes a probe.
     *
     * @param source    port that it was sent out of
     * @param timestamp milliseconds since the epoch
     * @return probe
     */
    static Probe of(ConnectPoint source, long timestamp) {
        return ImmutableProbe.of(source, timestamp);
    }
}
