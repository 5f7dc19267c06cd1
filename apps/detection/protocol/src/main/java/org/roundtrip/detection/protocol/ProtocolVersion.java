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
package org.roundtrip.detection.protocol;

import java.util.List;
import java.util.OptionalInt;
import java.util.function.Predicate;

/**
 * The versions of the protocol that this software speaks.
 */
final class ProtocolVersion {

    /** All of them. */
    static final List<Integer> SPOKEN = List.of(1);

    private ProtocolVersion() {
    }

    /**
     * Returns the version that two should speak.
     *
     * @param offered what the other one speaks
     * @return the highest that both speak, or empty if there is none
     */
    static OptionalInt highestCommon(List<Integer> offered) {
        Predicate<Integer> spoken = SPOKEN::contains;
        return offered.stream().filter(spoken).mapToInt(Integer::intValue).max();
    }
}
