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

import java.util.ArrayList;
import java.util.List;

/**
 * Lists in parts, each of which fits into one message.
 */
final class Parts {

    /** What a message has besides its list, generously. */
    private static final int ENVELOPE = 1_024;

    private Parts() {
    }

    /**
     * Splits a list. Linear in what it has.
     *
     * @param values any number
     * @param <T>    values of a message
     * @return the values in their order, at least one part, which may be empty
     */
    static <T> List<List<T>> split(List<T> values) {
        List<List<T>> parts = new ArrayList<>();
        List<T> part = new ArrayList<>();
        int length = ENVELOPE;
        for (T value : values) {
            int more = MessageCodec.length(value) + 1;
            if (part.size() == Message.LONGEST_LIST || length + more > MessageCodec.LONGEST_LINE) {
                parts.add(part);
                part = new ArrayList<>();
                length = ENVELOPE;
            }
            part.add(value);
            length += more;
        }
        if (!part.isEmpty() || parts.isEmpty()) {
            parts.add(part);
        }
        return parts;
    }
}
