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
package org.roundtrip.tepath;

/**
 * What the way of a path makes as small as possible. Of several ways that are equally good, the one with fewer links is
 * taken, and of these always the same one.
 */
public enum Objective {
    /** The number of links. */
    HOPS,
    /** The sum of the TE metrics of the links (RFC 3630, section 2.5.5). */
    TE_METRIC,
    /** The sum of the delays of both directions. */
    DELAY,
    /** What remains between the delays of the two directions; half of it is the time error of a clock. */
    DELAY_ASYMMETRY
}
