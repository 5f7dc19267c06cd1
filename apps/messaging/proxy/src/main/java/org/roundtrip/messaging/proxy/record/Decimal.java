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
package org.roundtrip.messaging.proxy.record;

import java.nio.charset.StandardCharsets;

/**
 * Numbers that are not negative, as decimal digits in ASCII. Written for each record that is carried: it makes no
 * garbage beside its result.
 */
public final class Decimal {

    private static final int MOST_DIGITS = 19;

    private Decimal() {
    }

    /**
     * Returns the digits of a number.
     *
     * @param number the number, not negative
     * @return 1 to 19 digits
     */
    public static byte[] bytes(long number) {
        return append(new byte[0], number);
    }

    /**
     * Returns a text with a number at its end.
     *
     * @param prefix the text before the number
     * @param number the number, not negative
     * @return the prefix and 1 to 19 digits
     */
    public static byte[] append(byte[] prefix, long number) {
        if (number < 0) {
            throw new IllegalArgumentException("Negative: " + number);
        }
        int digits = 1;
        for (long rest = number / 10; rest > 0; rest /= 10) {
            digits++;
        }
        byte[] text = new byte[prefix.length + digits];
        System.arraycopy(prefix, 0, text, 0, prefix.length);
        long rest = number;
        for (int i = text.length - 1; i >= prefix.length; i--) {
            text[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return text;
    }

    /**
     * Returns the number that a header is.
     *
     * @param header the name of the header, for the error
     * @param text   what it says
     * @return the number
     * @throws MalformedHeaderException if it is anything but 1 to 19 digits that fit into 63 bits
     */
    public static long parse(String header, byte[] text) {
        return parse(header, text, 0, text.length);
    }

    static long parse(String header, byte[] text, int from, int to) {
        int digits = to - from;
        if (digits < 1 || digits > MOST_DIGITS) {
            throw malformed(header, text);
        }
        long number = 0;
        for (int i = from; i < to; i++) {
            int digit = text[i] - '0';
            number = number * 10 + digit;
            // The sum of 19 digits may pass the end of a long only once, and is negative then.
            if (digit < 0 || digit > 9 || number < 0) {
                throw malformed(header, text);
            }
        }
        return number;
    }

    private static MalformedHeaderException malformed(String header, byte[] text) {
        return new MalformedHeaderException(header, new String(text, StandardCharsets.UTF_8),
                                            "numbers are 1 to 19 digits that fit into 63 bits");
    }
}
