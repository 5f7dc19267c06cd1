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
package org.roundtrip.tepath.compute.audit;

/**
 * How many packets of a kind a rule matches.
 */
enum Coverage {
    /** None of them. */
    NONE,
    /** Some of them, or it can't be told. */
    SOME,
    /** All of them. */
    ALL;

    static Coverage of(boolean matches) {
        return matches ? ALL : NONE;
    }

    /** Returns how many packets two conditions together match, of which each alone matches this and the other. */
    Coverage and(Coverage other) {
        return compareTo(other) < 0 ? this : other;
    }
}
