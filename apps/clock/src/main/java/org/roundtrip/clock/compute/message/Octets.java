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

import com.google.common.io.BaseEncoding;

import java.util.Arrays;

/**
 * Octets whose meaning is not known here, kept as they are. Immutable.
 */
public final class Octets {

    private static final BaseEncoding HEXADECIMAL = BaseEncoding.base16().lowerCase();

    private final byte[] octets;

    private Octets(byte[] octets) {
        this.octets = octets;
    }

    /**
     * Returns octets.
     *
     * @param octets any number of them; copied
     * @return the value
     */
    public static Octets of(byte... octets) {
        return new Octets(octets.clone());
    }

    /**
     * Reads octets.
     *
     * @param hexadecimal two digits for each octet, in lower case
     * @return the value
     * @throws IllegalArgumentException if the text is something else
     */
    public static Octets valueOf(String hexadecimal) {
        return new Octets(HEXADECIMAL.decode(hexadecimal));
    }

    /**
     * Returns how many octets there are.
     *
     * @return 0 or more
     */
    public int length() {
        return octets.length;
    }

    /**
     * Returns the octets.
     *
     * @return a copy
     */
    public byte[] toByteArray() {
        return octets.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Octets && Arrays.equals(octets, ((Octets) other).octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    /**
     * Returns the octets in hexadecimal, as {@link #valueOf} reads them.
     *
     * @return two digits for each octet
     */
    @Override
    public String toString() {
        return HEXADECIMAL.encode(octets);
    }
}
