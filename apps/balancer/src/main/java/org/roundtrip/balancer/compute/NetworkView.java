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
import org.onosproject.net.DeviceId;
import org.roundtrip.base.ValueType;

import java.util.Map;
import java.util.Set;

/**
 * What the rules of virtual servers have to know of the network.
 */
@Value.Immutable
@ValueType
public interface NetworkView {

    /**
     * Returns the switches that the controller reaches and that can do what is needed.
     *
     * @return the switches and what they have
     */
    Map<DeviceId, SwitchFacilities> switches();

    /**
     * Returns the links between switches that are up.
     *
     * @return the links, each direction for itself
     */
    Set<SwitchLink> links();

    /**
     * Returns a builder.
     *
     * @return a builder
     */
    static Builder builder() {
        return new Builder();
    }

    /** Builds these values. */
    final class Builder extends ImmutableNetworkView.Builder {
    }
}
