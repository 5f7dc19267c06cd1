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
import org.roundtrip.balancer.MemberId;
import org.roundtrip.base.ValueType;

import java.util.Optional;

/**
 * What is kept of a member, also of one that has been taken out, as long as connections of it may live.
 */
@Value.Immutable
@ValueType
@JsonSerialize(as = ImmutableMemberRecord.class)
@JsonDeserialize(as = ImmutableMemberRecord.class)
public interface MemberRecord {

    /**
     * Returns the member.
     *
     * @return its id
     */
    MemberId member();

    /**
     * Returns the number by which tracked connections name it, see {@link MemberPlace#number}.
     *
     * @return 1 to 65535
     */
    int number();

    /**
     * Returns where it was seen last.
     *
     * @return the place, or empty if it never was
     */
    Optional<HostPlace> place();

    /**
     * Returns the record of a member.
     *
     * @param member its id
     * @param number its number
     * @param place  where it was seen last, or empty
     * @return the record
     */
    static MemberRecord of(MemberId member, int number, Optional<HostPlace> place) {
        return ImmutableMemberRecord.builder().member(member).number(number).place(place).build();
    }
}
