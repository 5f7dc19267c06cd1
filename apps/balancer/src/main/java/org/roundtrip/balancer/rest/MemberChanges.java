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
package org.roundtrip.balancer.rest;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import org.immutables.value.Value;
import org.roundtrip.balancer.MemberChange;
import org.roundtrip.base.InvalidRequestException;
import org.roundtrip.base.Validation;
import org.roundtrip.base.ValueType;

import java.util.List;

/**
 * What is to be changed of a member list.
 */
@Value.Immutable
@ValueType
@JsonDeserialize(as = ImmutableMemberChanges.class)
interface MemberChanges {

    /** Returns the changes, one or more. */
    List<MemberChange> members();

    /**
     * Refuses nothing: it is most likely a slip of the pen.
     *
     * @throws InvalidRequestException naming the field
     */
    @Value.Check
    default void check() {
        new Validation().require(!members().isEmpty(), "members", "must be one or more, each with an address")
                .throwIfInvalid();
    }
}
