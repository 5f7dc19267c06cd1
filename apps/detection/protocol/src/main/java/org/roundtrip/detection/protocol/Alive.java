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

import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;
import org.roundtrip.base.ValueType;

/**
 * Nothing but that the peer is there. Sent by both when there is nothing else to say.
 */
@Value.Immutable(singleton = true, builder = false)
@ValueType
@JsonTypeName("alive")
@JsonSerialize(as = ImmutableAlive.class)
@JsonDeserialize(as = ImmutableAlive.class)
public interface Alive extends Message {

    /**
     * Returns the message.
     *
     * @return the only value of this type
     */
    static Alive of() {
        return ImmutableAlive.of();
    }
}
