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
package org.roundtrip.clock.compute.message;

/** Refuses values that a field of a message has no room for. */
final class Ranges {

    private Ranges() {
    }

    static void requireUnsigned(long value, int bits, String what) {
        if (value < 0 || value >= 1L << bits) {
            throw new IllegalArgumentException(what + " " + value + " does not fit into " + bits + " bits");
        }
    }

    static void requireSignedOctet(int value, String what) {
        if (value != (byte) value) {
            throw new IllegalArgumentException(what + " " + value + " does not fit into an octet with a sign");
        }
    }
}
