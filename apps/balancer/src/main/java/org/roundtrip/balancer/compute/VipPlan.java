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
import org.onlab.packet.IpAddress;
import org.onosproject.net.DeviceId;
import org.roundtrip.base.ValueType;

import java.util.List;
import java.util.Set;

/**
 * A virtual IP address and its virtual servers, which have the same access switches.
 */
@Value.Immutable
@ValueType
public interface VipPlan {

    /**
     * Returns its virtual servers.
     *
     * @return one or more, ordered by name
     */
    List<ServerPlan> servers();

    /**
     * Returns the access switches that have confirmed their rules: only these are sent requests.
     *
     * @return access switches
     */
    Set<DeviceId> readyAccessSwitches();

    /**
     * Returns the virtual IP address.
     *
     * @return the address
     */
    default IpAddress vip() {
        return servers().get(0).request().vip();
    }

    /**
     * Returns a builder.
     *
     * @return a builder
     */
    static Builder builder() {
        return new Builder();
    }

    /** Builds these values. */
    final class Builder extends ImmutableVipPlan.Builder {
    }
}
