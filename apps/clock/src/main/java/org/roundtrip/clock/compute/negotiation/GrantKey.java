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
import org.roundtrip.clock.UnicastMessageType;

/**
 * What a pair negotiates about independently of all else.
 */
@Value.Immutable
@ValueType
public interface GrantKey {

    /**
     * Returns the PTP domain.
     *
     * @return 0 to 255
     */
    @Value.Parameter
    int domain();

    /**
     * Returns which messages.
     *
     * @return the type
     */
    @Value.Parameter
    UnicastMessageType messageType();

    /**
     * Returns a key.
     *
     * @param domain      the PTP domain, 0 to 255
     * @param messageType which messages
     * @return the key
     */
    static GrantKey of(int domain, UnicastMessageType messageType) {
        return ImmutableGrantKey.of(domain, messageType);
    }
}
