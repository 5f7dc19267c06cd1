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

package org.roundtrip.distribution.readiness;

import java.util.Optional;
import java.util.Set;
import org.immutables.value.Value;

/**
 * What the component runtime says of one component. Immutable.
 */
@Value.Immutable
public interface ComponentStatus {

    /**
     * The name of the component.
     *
     * @return its name
     */
    String name();

    /**
     * The interfaces of the services that it provides when it is satisfied.
     *
     * @return names of interfaces
     */
    Set<String> provides();

    /**
     * The interfaces of the services that it needs and does not have.
     *
     * @return names of interfaces; none when it is satisfied
     */
    Set<String> missing();

    /**
     * What went wrong when it was activated.
     *
     * @return the message, or nothing when nothing did
     */
    Optional<String> failure();

    /**
     * Whether it is, or on demand will be, active.
     *
     * @return true when nothing is in its way
     */
    @Value.Derived
    default boolean ready() {
        return missing().isEmpty() && failure().isEmpty();
    }
}
