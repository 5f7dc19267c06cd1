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
package org.roundtrip.clock.compute.negotiation;

import org.immutables.value.Value;
import org.roundtrip.base.ValueType;
import org.roundtrip.clock.UnicastGrant;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What a server has granted a client, with its end in elapsed time, which does not step as the time of day may.
 */
@Value.Immutable
@ValueType
public abstract class TrackedGrant {

    /**
     * Returns what was negotiated about.
     *
     * @return the key
     */
    @Value.Parameter
    public abstract GrantKey key();

    /**
     * Returns the mean time between the messages.
     *
     * @return the logarithm to the base 2 of seconds
     */
    @Value.Parameter
    public abstract int logInterMessagePeriod();

    /**
     * Returns for how long it was granted.
     *
     * @return seconds, 1 or more
     */
    @Value.Parameter
    public abstract long duration();

    /**
     * Returns when it ends.
     *
     * @return elapsed time
     */
    @Value.Parameter
    public abstract Duration expires();

    /**
     * Returns a grant.
     *
     * @param key                   what was negotiated about
     * @param logInterMessagePeriod the logarithm to the base 2 of the seconds between messages
     * @param duration              seconds, 1 or more
     * @param expires               when it ends, in elapsed time
     * @return the grant
     */
    public static TrackedGrant of(GrantKey key, int logInterMessagePeriod, long duration, Duration expires) {
        return ImmutableTrackedGrant.of(key, logInterMessagePeriod, duration, expires);
    }

    /**
     * Returns a grant that was recorded.
     *
     * @param record  what was recorded
     * @param now     the elapsed time now
     * @param instant the time of day now
     * @return the grant; it does not last longer than it was granted for, whatever has happened to the time of day
     */
    public static TrackedGrant of(UnicastGrant record, Duration now, Instant instant) {
        Duration granted = Duration.ofSeconds(record.duration());
        Duration left = Duration.between(instant, record.expires());
        return of(GrantKey.of(record.domain(), record.messageType()), record.logInterMessagePeriod(),
                  record.duration(), now.plus(left.compareTo(granted) > 0 ? granted : left));
    }

    /**
     * Returns this grant as it is recorded.
     *
     * @param now     the elapsed time now
     * @param instant the time of day now
     * @return the record
     */
    public UnicastGrant toRecord(Duration now, Instant instant) {
        return UnicastGrant.builder()
                .domain(key().domain())
                .messageType(key().messageType())
                .logInterMessagePeriod(logInterMessagePeriod())
                .duration(duration())
                .expires(instant.plus(expires().minus(now)).truncatedTo(ChronoUnit.MILLIS))
                .build();
    }
}
