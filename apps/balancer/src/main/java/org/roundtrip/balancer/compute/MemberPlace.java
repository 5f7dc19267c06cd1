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
import org.onlab.packet.MacAddress;
import org.onosproject.net.ConnectPoint;
import org.roundtrip.balancer.MemberId;
import org.roundtrip.base.ValueType;

/**
 * Where a member of a virtual server is.
 */
@Value.Immutable(prehash = true)
@ValueType
public interface MemberPlace {

    /**
     * Returns the member.
     *
     * @return its id
     */
    MemberId member();

    /**
     * Returns the number by which tracked connections name it, which no other member of the virtual server has as long
     * as connections of either may live.
     *
     * @return 1 to 65535
     */
    int number();

    /**
     * Returns the MAC address of its virtual network interface.
     *
     * @return the address
     */
    MacAddress mac();

    /**
     * Returns the port where it is attached.
     *
     * @return a port of a switch
     */
    ConnectPoint port();

    /**
     * Returns a builder.
     *
     * @return a builder
     */
    static Builder builder() {
        return new Builder();
    }

    /** Builds places. */
    final class Builder extends ImmutableMemberPlace.Builder {
    }
}
