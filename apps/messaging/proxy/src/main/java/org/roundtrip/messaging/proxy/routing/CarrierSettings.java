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
package org.roundtrip.messaging.proxy.routing;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How a carrier of messages behaves.
 *
 * @param from             the data centre that it leaves
 * @param to               the data centre for which the public topic is
 * @param via              the data centre to which it sends
 * @param topic            the public topic
 * @param maximumInFlight  how many bytes may be on their way, which may change
 * @param commitInterval   how often positions are committed
 * @param lease            how long it may stand still before its partitions may be another's: the session timeout
 * @param drain            how long it waits for acknowledgements before it gives partitions up
 * @param silence          after which time without an acknowledgement it says that it waits
 * @param shortestPause    how long it waits after a first failure
 * @param longestPause     how long it waits at most
 */
public record CarrierSettings(String from, String to, String via, String topic, LongSupplier maximumInFlight,
                              Duration commitInterval, Duration lease, Duration drain, Duration silence,
                              Duration shortestPause, Duration longestPause) {

    /** The shortest session timeout that a broker grants unless it is told otherwise. */
    static final Duration LEASE = Duration.ofSeconds(6);

    /**
     * Returns the same with another lease.
     *
     * @param other how long it may stand still before its partitions may be another's
     * @return the settings
     */
    CarrierSettings withLease(Duration other) {
        return new CarrierSettings(from, to, via, topic, maximumInFlight, commitInterval, other, drain, silence,
                                   shortestPause, longestPause);
    }

    /**
     * Returns what is right in general.
     *
     * @param from  the data centre that it leaves
     * @param to    the data centre for which the public topic is
     * @param via   the data centre to which it sends
     * @param topic the public topic
     * @param maximumInFlight how many bytes may be on their way, which may change
     * @return the settings
     */
    public static CarrierSettings of(String from, String to, String via, String topic, LongSupplier maximumInFlight) {
        return new CarrierSettings(from, to, via, topic, maximumInFlight, Duration.ofMillis(500), LEASE,
                                   Duration.ofSeconds(3), Duration.ofSeconds(5), Duration.ofMillis(100),
                                   Duration.ofSeconds(10));
    }
}
