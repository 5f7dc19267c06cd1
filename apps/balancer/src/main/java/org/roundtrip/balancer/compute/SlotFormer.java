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
package org.roundtrip.balancer.compute;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;
import org.roundtrip.base.ValueType;

import java.time.Instant;

/**
 * A former member of a slot, as it is kept: by its number, because slots are many.
 */
@Value.Immutable
@ValueType
@JsonSerialize(as = ImmutableSlotFormer.class)
@JsonDeserialize(as = ImmutableSlotFormer.class)
interface SlotFormer {

    /** Returns the slot. */
    @Value.Parameter
    int slot();

    /** Returns the {@linkplain MemberRecord#number number} of the member. */
    @Value.Parameter
    int member();

    /** Returns until when its connections go on. */
    @Value.Parameter
    Instant until();
}
