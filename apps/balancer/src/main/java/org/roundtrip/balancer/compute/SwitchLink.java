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
import org.onosproject.net.ConnectPoint;
import org.roundtrip.base.ValueType;

/**
 * One direction of a link between two switches.
 */
@Value.Immutable
@ValueType
public interface SwitchLink {

    /**
     * Returns where it begins.
     *
     * @return a port of a switch
     */
    @Value.Parameter
    ConnectPoint source();

    /**
     * Returns where it ends.
     *
     * @return a port of another switch
     */
    @Value.Parameter
    ConnectPoint destination();

    /**
     * Returns a link.
     *
     * @param source      where it begins
     * @param destination where it ends
     * @return the link
     */
    static SwitchLink of(ConnectPoint source, ConnectPoint destination) {
        return ImmutableSwitchLink.of(source, destination);
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
    final class Builder extends ImmutableSwitchLink.Builder {
    }
}
