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
import org.roundtrip.base.ValueType;

/**
 * What a switch has for virtual servers.
 */
@Value.Immutable
@ValueType
public interface SwitchFacilities {

    /**
     * Returns what it can do beyond OpenFlow 1.3.
     *
     * @return its extensions
     */
    SwitchExtensions extensions();

    /**
     * Returns in which zone it tracks connections.
     *
     * @return 1 to 65535; switches that share a tracker have a zone each
     */
    int zone();

    /**
     * Returns a builder.
     *
     * @return a builder
     */
    static Builder builder() {
        return new Builder();
    }

    /** Builds these values. */
    final class Builder extends ImmutableSwitchFacilities.Builder {
    }
}
