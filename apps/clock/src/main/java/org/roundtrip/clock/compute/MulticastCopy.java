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
package org.roundtrip.clock.compute;

import org.immutables.value.Value;
import org.onosproject.net.ConnectPoint;
import org.roundtrip.base.ValueType;
import org.roundtrip.tepath.Payload;
import org.roundtrip.tepath.TrafficMatch;

/**
 * A copy of what a clock multicasts that a session takes.
 */
@Value.Immutable
@ValueType
public interface MulticastCopy {

    /**
     * Returns where the messages enter.
     *
     * @return the port of the clock
     */
    @Value.Parameter
    ConnectPoint port();

    /**
     * Returns what carries them.
     *
     * @return the payload
     */
    @Value.Parameter
    Payload payload();

    /**
     * Returns which messages are copied.
     *
     * @return a match without a tunnel id
     */
    @Value.Parameter
    TrafficMatch messages();

    /**
     * Returns the tunnel id that the copy gets.
     *
     * @return 1 or more
     */
    @Value.Parameter
    long tunnelId();
}
