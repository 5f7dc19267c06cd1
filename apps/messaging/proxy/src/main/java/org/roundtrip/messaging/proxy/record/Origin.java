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
import java.util.regex.Pattern;

/**
 * Where a message was accepted first: its place in the public area of its data centre. It names the message for ever:
 * the text DC:PARTITION:GENERATION:OFFSET stays with it through every other data centre. Within one generation of one
 * partition, offsets go up in the order in which messages were accepted.
 * <p>
 * Immutable and thread-safe.
 *
 * @param dataCentre the name of the data centre
 * @param partition  the partition of its public topic, not negative
 * @param generation which life of the partition: it goes up when the topic is made anew, or an operator rewinds the
 *                   route; in both cases offsets that were there already mean another sending
 * @param offset     the offset in the partition, not negative
 */
public record Origin(String dataCentre, int partition, long generation, long offset) {

    private static final String RULE = "expected DATA-CENTRE:PARTITION:GENERATION:OFFSET";
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,62}");

    /**
     * Creates an origin.
     *
     * @throws IllegalArgumentException if a number is negative, or the name none of a data centre
     */
    public Origin {
        if (partition < 0 || generation < 0 || offset < 0 || !NAME.matcher(dataCentre).matches()) {
            throw new IllegalArgumentException("No origin: " + dataCentre + ", " + partition + ", " + generation
                                                       + ", " + offset);
        }
    }

    /**
     * Returns what the texts of all origins of one generation of one partition have in common. An offset added by
     * {@link Decimal#append} makes it the text of an origin.
     *
     * @param dataCentre the name of the data centre
     * @param partition  the partition
     * @param generation its generation
     * @return DC:PARTITION:GENERATION:
     */
    public static byte[] prefix(String dataCentre, int partition, long generation) {
        return (dataCentre + ':' + partition + ':' + generation + ':').getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Returns the header's text.
     *
     * @return DC:PARTITION:GENERATION:OFFSET
     */
    public byte[] bytes() {
        return Decimal.append(prefix(dataCentre, partition, generation), offset);
    }

    /**
     * Reads the header's text.
     *
     * @param text the bytes of the header
     * @return the origin
     * @throws MalformedHeaderException if it is none
     */
    public static Origin parse(byte[] text) {
        int first = colon(text, 0);
        int second = colon(text, first + 1);
        int third = colon(text, second + 1);
        String name = new String(text, 0, first, StandardCharsets.UTF_8);
        long partition = Decimal.parse(HeaderNames.ORIGIN, text, first + 1, second);
        if (partition > Integer.MAX_VALUE || !NAME.matcher(name).matches()) {
            throw malformed(text);
        }
        return new Origin(name, (int) partition, Decimal.parse(HeaderNames.ORIGIN, text, second + 1, third),
                          Decimal.parse(HeaderNames.ORIGIN, text, third + 1, text.length));
    }

    private static int colon(byte[] text, int from) {
        for (int i = from; i < text.length; i++) {
            if (text[i] == ':') {
                return i;
            }
        }
        throw malformed(text);
    }

    private static MalformedHeaderException malformed(byte[] text) {
        return new MalformedHeaderException(HeaderNames.ORIGIN, new String(text, StandardCharsets.UTF_8), RULE);
    }

    @Override
    public String toString() {
        return dataCentre + ':' + partition + ':' + generation + ':' + offset;
    }
}
