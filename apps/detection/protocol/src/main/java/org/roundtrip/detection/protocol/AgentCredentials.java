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
package org.roundtrip.detection.protocol;

import org.immutables.value.Value;
import org.roundtrip.base.InvalidRequestException;
import org.roundtrip.base.Validation;
import org.roundtrip.base.ValueType;

/**
 * By what an agent is known.
 */
@Value.Immutable
@ValueType
public interface AgentCredentials {

    /**
     * Returns its name.
     *
     * @return a name
     */
    @Value.Parameter
    String agent();

    /**
     * Returns its secret.
     *
     * @return the secret
     */
    @Value.Parameter
    Secret secret();

    /**
     * Refuses what can't be a name.
     *
     * @throws InvalidRequestException naming the field that is wrong
     */
    @Value.Check
    default void check() {
        new Validation().requireName(agent(), "agent").throwIfInvalid();
    }

    /**
     * Returns credentials.
     *
     * @param agent  the name
     * @param secret the secret
     * @return the credentials
     * @throws InvalidRequestException if the name is none
     */
    static AgentCredentials of(String agent, Secret secret) {
        return ImmutableAgentCredentials.of(agent, secret);
    }
}
