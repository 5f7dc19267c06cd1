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

/**
 * A member that had a slot and may still have connections that were placed by it.
 */
@Value.Immutable
@ValueType
@JsonSerialize(as = ImmutableFormerMember.class)
@JsonDeserialize(as = ImmutableFormerMember.class)
public interface FormerMember {

    /**
     * Returns the member.
     *
     * @return its id
     */
    @Value.Parameter
    MemberId member();

    /**
     * Returns until when its connections go on.
     *
     * @return the end of its drain time
     */
    @Value.Parameter
    Instant until();

    /**
     * Returns a former member.
     *
     * @param member its id
     * @param until  until when its connections go on
     * @return the former member
     */
    static FormerMember of(MemberId member, Instant until) {
        return ImmutableFormerMember.of(member, until);
    }
}
