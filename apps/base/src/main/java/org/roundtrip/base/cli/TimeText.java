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

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Times as people write them: {@code 5ms}, {@code 120.2us}. What {@link #of} writes, {@link #parse} reads.
 */
public final class TimeText {

    private static final Pattern TEXT = Pattern.compile("([0-9]{1,18}(?:\\.[0-9]{1,9})?)(ns|us|ms|s|min|h)");
    /** The units from the largest to the smallest. */
    private static final Map<String, TimeUnit> UNITS = new LinkedHashMap<>();

    static {
        UNITS.put("h", TimeUnit.HOURS);
        UNITS.put("min", TimeUnit.MINUTES);
        UNITS.put("s", TimeUnit.SECONDS);
        UNITS.put("ms", TimeUnit.MILLISECONDS);
        UNITS.put("us", TimeUnit.MICROSECONDS);
        UNITS.put("ns", TimeUnit.NANOSECONDS);
    }

    private TimeText() {
    }

    /**
     * Reads a time.
     *
     * @param field the name of the field
     * @param text  what the user has typed
     * @param unit  what the field is counted in
     * @return the time in that unit
     * @throws InvalidRequestException if it is none, or not a whole number of units
     */
    public static long parse(String field, String text, TimeUnit unit) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new InvalidRequestException(field, "'" + text + "' is not a time: write a number with its unit, ns,"
                    + " us, ms, s, min or h, such as 5ms");
        }
        BigDecimal nanos = new BigDecimal(matcher.group(1)).multiply(nanos(UNITS.get(matcher.group(2))));
        try {
            return nanos.divide(nanos(unit)).longValueExact();
        } catch (ArithmeticException e) {
            throw new InvalidRequestException(field, "'" + text + "' is not a whole number of "
                    + unit.name().toLowerCase(Locale.ROOT) + " of at most 64 bits");
        }
    }

    /**
     * Writes a time.
     *
     * @param amount how much
     * @param unit   of what
     * @return the time in the largest unit that is not larger than it; minutes and hours only if they are whole
     */
    public static String of(long amount, TimeUnit unit) {
        BigDecimal nanos = BigDecimal.valueOf(amount).multiply(nanos(unit));
        return UNITS.entrySet().stream()
                .filter(entry -> nanos.signum() != 0 && isFit(nanos, entry.getValue()))
                .findFirst()
                .map(entry -> nanos.divide(nanos(entry.getValue())).stripTrailingZeros().toPlainString()
                        + entry.getKey())
                .orElse("0s");
    }

    private static boolean isFit(BigDecimal nanos, TimeUnit unit) {
        return nanos(unit).compareTo(nanos.abs()) <= 0
                && (unit.compareTo(TimeUnit.SECONDS) <= 0 || nanos.remainder(nanos(unit)).signum() == 0);
    }

    private static BigDecimal nanos(TimeUnit unit) {
        return BigDecimal.valueOf(unit.toNanos(1));
    }
}
