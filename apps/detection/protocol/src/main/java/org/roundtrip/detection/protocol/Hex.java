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

import java.util.Optional;

/**
 * Bytes as hexadecimal digits.
 */
public final class Hex {

    private Hex() {
    }

    /**
     * Writes bytes.
     *
     * @param bytes any
     * @return two digits for each, in lower case
     */
    public static String format(byte[] bytes) {
        StringBuilder digits = new StringBuilder(bytes.length * 2);
        for (byte octet : bytes) {
            digits.append(Character.forDigit(octet >> 4 & 0xf, 16)).append(Character.forDigit(octet & 0xf, 16));
        }
        return digits.toString();
    }

    /**
     * Reads bytes.
     *
     * @param digits digits in either case
     * @return the bytes, or empty if these are not two hexadecimal digits for each of them
     */
    public static Optional<byte[]> parse(String digits) {
        byte[] bytes = new byte[digits.length() / 2];
        for (int i = 0; i < bytes.length; i++) {
            int high = digit(digits.charAt(2 * i));
            int low = digit(digits.charAt(2 * i + 1));
            if (high < 0 || low < 0) {
                return Optional.empty();
            }
            bytes[i] = (byte) (high << 4 | low);
        }
        return digits.length() % 2 == 0 ? Optional.of(bytes) : Optional.empty();
    }

    /** Not by Character.digit alone, which knows the digits of all scripts. */
    private static int digit(char character) {
        return character < 128 ? Character.digit(character, 16) : -1;
    }
}
