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

import org.immutables.value.Value;
import org.onosproject.core.GroupId;
import org.roundtrip.base.ValueType;

/**
 * The SELECT groups of a switch that choose slots. They are the same for all virtual servers and never change.
 */
@Value.Immutable
@ValueType
public interface SlotGroups {

    /**
     * Returns the group that chooses a slot by addresses and ports: bucket <i>i</i> of 256 sets the
     * tunnel id to <i>i</i> and goes on in {@link Pipeline#SLOTS}.
     *
     * @return its id
     */
    GroupId connection();

    /**
     * Returns the group that chooses the upper half of a slot by addresses, for UDP, whose ports Open
     * vSwitch does not hash: bucket <i>i</i> of 16 loads <i>i</i> into the bits 4 to 7 of the tunnel id and goes on in
     * {@link Pipeline#SLOTS}.
     *
     * @return its id
     */
    GroupId address();

    /**
     * Returns a builder.
     *
     * @return a builder
     */
    static Builder builder() {
        return new Builder();
    }

    /** Builds these values. */
    final class Builder extends ImmutableSlotGroups.Builder {
    }
}
