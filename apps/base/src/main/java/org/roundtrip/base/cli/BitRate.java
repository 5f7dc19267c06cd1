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
package org.roundtrip.base.cli;

import org.roundtrip.base.InvalidRequestException;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Bit rates as people write them: {@code 10M} is 10 000 000 bit/s. What {@link #of} writes, {@link #parse} reads.
 */
public final class BitRate {

    private static final Pattern TEXT = Pattern.compile("([0-9]{1,18})([kMG]?)");
    private static final Map<String, Long> UNITS = Map.of("", 1L, "k", 1_000L, "M", 1_000_000L, "G", 1_000_000_000L);

    private BitRate() {
    }

    /**
     * Reads a bit rate.
     *
     * @param field the name of the field
     * @param text  what the user has typed
     * @return bit/s
     * @throws InvalidRequestException if it is none
     */
    public static long parse(String field, String text) {
        Matcher matcher = TEXT.matcher(text);
        if (matcher.matches()) {
            try {
                return Math.multiplyExact(Long.parseLong(matcher.group(1)), UNITS.get(matcher.group(2)));
            } catch (ArithmeticException e) {
                throw new InvalidRequestException(field, "'" + text + "' is more bit/s than 64 bits can hold");
            }
        }
        throw new InvalidRequestException(field, "'" + text + "' is not a bandwidth: write bit/s as a whole number,"
                + " with k, M or G if you like, such as 10M");
    }

    /**
     * Writes a bit rate.
     *
     * @param bitsPerSecond bit/s
     * @return the rate in the largest unit that it is a whole number of
     */
    public static String of(long bitsPerSecond) {
        String unit = Stream.of("G", "M", "k")
                .filter(larger -> bitsPerSecond != 0 && bitsPerSecond % UNITS.get(larger) == 0).findFirst().orElse("");
        return bitsPerSecond / UNITS.get(unit) + unit;
    }
}
