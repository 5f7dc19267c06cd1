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
package org.roundtrip.detection.agent.compute;

import java.util.BitSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A set of HTTP status codes (RFC 9110, section 15), written as codes and ranges such as 200,204,300-399. Immutable.
 */
public final class StatusCodes {

    private static final Pattern RANGE = Pattern.compile("\\s*([1-9][0-9]{2})(?:-([1-9][0-9]{2}))?\\s*");

    private final BitSet codes;

    private StatusCodes(BitSet codes) {
        this.codes = codes;
    }

    /**
     * Reads a set.
     *
     * @param text codes and ranges with commas between them
     * @return the set
     * @throws IllegalArgumentException if the text is no such set
     */
    public static StatusCodes of(String text) {
        BitSet codes = new BitSet(1000);
        for (String part : text.split(",", -1)) {
            Matcher range = RANGE.matcher(part);
            if (!range.matches()) {
                throw new IllegalArgumentException("expectedStatus: \"" + part + "\" is no code from 100 to 999 and"
                        + " no range of them");
            }
            int first = Integer.parseInt(range.group(1));
            int last = range.group(2) == null ? first : Integer.parseInt(range.group(2));
            if (last < first) {
                throw new IllegalArgumentException("expectedStatus: \"" + part + "\" ends before it begins");
            }
            codes.set(first, last + 1);
        }
        return new StatusCodes(codes);
    }

    /**
     * Returns whether a code is in the set.
     *
     * @param code the code
     * @return true if it is
     */
    public boolean contains(int code) {
        return code >= 0 && codes.get(code);
    }
}
