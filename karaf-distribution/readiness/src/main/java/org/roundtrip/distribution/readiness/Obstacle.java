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

import org.immutables.value.Value;

/**
 * One thing that is not ready, and why. Immutable.
 */
@Value.Immutable
public interface Obstacle {

    /** What kind of thing it is. */
    enum Kind {
        /** Karaf is still installing the features it starts with. */
        BOOT,
        /** An OSGi bundle that is not active. */
        BUNDLE,
        /** A component of a bundle that is not active. */
        COMPONENT,
        /** A web application, such as a REST API, that is not served. */
        WEB_APPLICATION,
        /** An ONOS application that is marked to be active and is not. */
        APPLICATION
    }

    /**
     * What kind of thing it is.
     *
     * @return its kind
     */
    Kind kind();

    /**
     * The name of the thing: symbolic name, component name or application name.
     *
     * @return its name
     */
    String name();

    /**
     * Why it is not ready, in words.
     *
     * @return the reason
     */
    String reason();

    /**
     * Whether nothing else that is known explains it: where to look first.
     *
     * @return false when it only waits for another thing that is not ready
     */
    boolean rootCause();

    /**
     * A thing that is not ready for a reason of its own.
     *
     * @param kind what it is
     * @param name its name
     * @param reason why it is not ready
     * @return the obstacle
     */
    static Obstacle of(Kind kind, String name, String reason) {
        return ImmutableObstacle.builder().kind(kind).name(name).reason(reason).rootCause(true).build();
    }
}
