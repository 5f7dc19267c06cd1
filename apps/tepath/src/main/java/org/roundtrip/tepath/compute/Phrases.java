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
package org.roundtrip.tepath.compute;

import org.onosproject.net.DeviceId;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** The words in which reasons tell of ways and quantities. */
final class Phrases {

    private static final int MOST_NAMED = 5;

    private Phrases() {
    }

    /** Returns a bandwidth, exactly, in the largest unit of which it is at least one. */
    static String bandwidth(long bandwidth) {
        return scaled(bandwidth, List.of("bit/s", "kbit/s", "Mbit/s", "Gbit/s", "Tbit/s"));
    }

    /** Returns a duration given in nanoseconds, exactly, in the largest unit of which it is at least one. */
    static String duration(long nanoseconds) {
        return scaled(nanoseconds, List.of("ns", "us", "ms", "s"));
    }

    private static String scaled(long value, List<String> units) {
        int unit = 0;
        for (long rest = value; rest >= 1000 && unit < units.size() - 1; rest /= 1000) {
            unit++;
        }
        return BigDecimal.valueOf(value).movePointLeft(3 * unit).stripTrailingZeros().toPlainString()
                + " " + units.get(unit);
    }

    /** Returns a number with what it counts. */
    static String count(int number, String one) {
        return number + " " + (number == 1 ? one : one.endsWith("switch") ? one + "es" : one + "s");
    }

    static String link(LinkDirection link) {
        return link.src() + " - " + link.dst();
    }

    /** Returns the switches that a way goes through. */
    static String by(Collection<DeviceId> devices) {
        return "by " + devices.stream().map(DeviceId::toString).collect(Collectors.joining(", "));
    }

    /** Returns some of many things, and how many there are more. */
    static String some(List<String> things) {
        String named = things.stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
        return things.size() <= MOST_NAMED ? named : named + " and " + (things.size() - MOST_NAMED) + " more";
    }
}
