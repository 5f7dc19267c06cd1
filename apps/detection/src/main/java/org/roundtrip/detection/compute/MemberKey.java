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
package org.roundtrip.detection.compute;

import org.immutables.value.Value;
import org.roundtrip.base.ValueType;

import java.util.Comparator;

/**
 * What tells a member of a service from all other members of all services.
 */
@Value.Immutable
@ValueType
public interface MemberKey extends Comparable<MemberKey> {

    /**
     * Returns the service.
     *
     * @return its identifier
     */
    @Value.Parameter
    String service();

    /**
     * Returns the member, in the words of the service.
     *
     * @return its id
     */
    @Value.Parameter
    String member();

    @Override
    default int compareTo(MemberKey other) {
        return Comparator.comparing(MemberKey::service).thenComparing(MemberKey::member).compare(this, other);
    }

    /**
     * Creates a key.
     *
     * @param service the identifier of a service
     * @param member  the id of one of its members
     * @return the key
     */
    static MemberKey of(String service, String member) {
        return ImmutableMemberKey.of(service, member);
    }
}
