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

import org.roundtrip.balancer.PortRange;

import java.util.ArrayList;
import java.util.List;

/**
 * Ports that a switch can match at once: all those that agree with a value where a mask has ones. Immutable.
 */
final class PortMask {

    private static final int BITS = 16;
    private static final int ALL = 0xffff;

    /** The port 0, which is nobody's. */
    static final PortMask NONE = new PortMask(0, ALL);

    private final int value;
    private final int mask;

    private PortMask(int value, int mask) {
        this.value = value;
        this.mask = mask;
    }

    /**
     * Returns what matches exactly the ports of a range. At most 30 for any range: each bit of the ports' width is met
     * once going up and once coming down.
     *
     * @param range the ports
     * @return the fewest masks, in ascending order, no two of which match the same port
     */
    static List<PortMask> of(PortRange range) {
        List<PortMask> masks = new ArrayList<>();
        int port = range.first();
        while (port <= range.last()) {
            int bits = Math.min(BITS, Integer.numberOfTrailingZeros(port));
            while (port + (1 << bits) - 1 > range.last()) {
                bits--;
            }
            masks.add(new PortMask(port, ALL & -(1 << bits)));
            port += 1 << bits;
        }
        return masks;
    }

    int value() {
        return value;
    }

    int mask() {
        return mask;
    }

    boolean isExact() {
        return mask == ALL;
    }

    boolean matches(int port) {
        return (port & mask) == value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PortMask && value == ((PortMask) other).value && mask == ((PortMask) other).mask;
    }

    @Override
    public int hashCode() {
        return value * 31 + mask;
    }

    @Override
    public String toString() {
        return isExact() ? Integer.toString(value) : String.format("%d/0x%04x", value, mask);
    }
}
