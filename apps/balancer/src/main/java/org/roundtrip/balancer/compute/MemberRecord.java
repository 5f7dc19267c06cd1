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

import java.time.Instant;
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
     * Returns whether it looked usable when something was known of it last.
     *
     * @return false if it did not, or nothing ever was known
     */
    @Value.Default
    default boolean proven() {
        return false;
    }

    /**
     * Returns whether it has had slots since somebody has had any.
     *
     * @return false if it is new to the virtual server, or nobody has slots
     */
    @Value.Default
    default boolean served() {
        return false;
    }

    /**
     * Returns since when its share has been growing.
     *
     * @return a moment, or empty if it has all of its share, or none
     */
    Optional<Instant> warmingSince();

    /** Returns this record of a member that is, or was last, in another place. */
    default MemberRecord at(Optional<HostPlace> place) {
        return ImmutableMemberRecord.builder().from(this).place(place).build();
    }

    /** Returns this record with another answer to whether the member looked usable. */
    default MemberRecord proven(boolean isProven) {
        return ImmutableMemberRecord.builder().from(this).proven(isProven).build();
    }

    /** Returns this record with another answer to whether the member has had slots. */
    default MemberRecord served(boolean hasServed) {
        return ImmutableMemberRecord.builder().from(this).served(hasServed).build();
    }

    /** Returns this record with another time since when the share of the member grows. */
    default MemberRecord warmingSince(Optional<Instant> since) {
        return ImmutableMemberRecord.builder().from(this).warmingSince(since).build();
    }

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
