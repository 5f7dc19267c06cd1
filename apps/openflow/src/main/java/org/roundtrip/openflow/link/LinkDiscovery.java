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
package org.roundtrip.openflow.link;

import org.immutables.value.Value;

import java.time.Duration;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * The times that link discovery goes by.
 */
@Value.Immutable(builder = false)
interface LinkDiscovery {

    /**
     * The shortest period of probes, which is also how often time is looked at.
     */
    Duration RESOLUTION = Duration.ofMillis(100);

    /**
     * Returns the pause between two probes of a port in the long run.
     *
     * @return pause, not shorter than {@link #RESOLUTION}
     */
    @Value.Parameter
    Duration probePeriod();

    /**
     * Returns the time without a probe after which a link is lost.
     *
     * @return time, longer than the probe period
     */
    @Value.Parameter
    Duration maxSilence();

    /**
     * Returns the time for which a port is probed before it is taken for an edge.
     *
     * @return time, longer than the probe period
     */
    @Value.Parameter
    Duration settling();

    /**
     * Gathers the times.
     *
     * @param probePeriod pause between two probes of a port
     * @param maxSilence  time without a probe after which a link is lost
     * @param settling    time for which a port is probed before it is taken for an edge
     * @return times
     * @throws IllegalArgumentException if they do not go together; its message names the property and what would be
     * right
     */
    static LinkDiscovery of(Duration probePeriod, Duration maxSilence, Duration settling) {
        return ImmutableLinkDiscovery.of(probePeriod, maxSilence, settling);
    }

    /**
     * Checks that the times go together.
     */
    @Value.Check
    default void check() {
        checkArgument(probePeriod().compareTo(RESOLUTION) >= 0,
                      "probePeriod: must be %s ms or more, not %s", RESOLUTION.toMillis(), probePeriod().toMillis());
        checkArgument(maxSilence().compareTo(probePeriod()) > 0,
                      "maxSilence: must be more than probePeriod, not %s", maxSilence().toMillis());
        checkArgument(settling().compareTo(probePeriod()) > 0,
                      "settling: must be more than probePeriod, not %s", settling().toMillis());
    }
}
