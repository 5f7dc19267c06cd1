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
package org.roundtrip.base.intent;

import org.immutables.value.Value;
import org.onosproject.net.DeviceId;
import org.roundtrip.base.ValueType;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;

/**
 * When the switches confirmed a set of rules that was sent to all of them at the same time.
 */
@Value.Immutable
@ValueType
public interface ConfirmedStage {

    /**
     * Returns when the rules were sent.
     *
     * @return the time
     */
    @Value.Parameter
    Instant sent();

    /**
     * Returns when each switch confirmed its part: with OpenFlow, by the reply to a barrier.
     *
     * @return the times, none before the rules were sent; empty if there was nothing to send
     */
    @Value.Parameter
    Map<DeviceId, Instant> confirmed();

    /**
     * Returns how long switches can have differed at most, one doing as before and another one as it is told: each
     * changed at a time unknown between sending and its confirmation.
     *
     * @return the time from sending to the last confirmation
     */
    default Duration longestDifference() {
        return confirmed().isEmpty() ? Duration.ZERO
                : Duration.between(sent(), Collections.max(confirmed().values()));
    }

    /**
     * Creates the times of a stage.
     *
     * @param sent      when the rules were sent
     * @param confirmed when each switch confirmed its part
     * @return the times
     */
    static ConfirmedStage of(Instant sent, Map<DeviceId, Instant> confirmed) {
        return ImmutableConfirmedStage.of(sent, confirmed);
    }
}
