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
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Where a message in a public area is to go. One header holds all of it, as it is the same for all messages of a
 * queue: a routing proxy that finds the bytes of the record before need not read them again.
 * <p>
 * The text is {@code QUEUE DATA-CENTRE HOST:PORT,HOST:PORT}, such as {@code orders b b1:9092,b2:9092}.
 * <p>
 * Immutable and thread-safe.
 *
 * @param queue      the name of its queue in the configuration
 * @param dataCentre the name of the data centre that processes it
 * @param management the management address of the storage server there: at least one HOST:PORT
 */
public record RoutingInformation(String queue, String dataCentre, List<String> management) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,62}");
    private static final Pattern ADDRESS = Pattern.compile("[^\\s,]{1,255}:[0-9]{1,5}");
    private static final int LONGEST = 8 * 1024;

    /**
     * Creates routing information.
     *
     * @throws IllegalArgumentException if a name or an address is none
     */
    public RoutingInformation {
        management = List.copyOf(management);
        if (!NAME.matcher(queue).matches() || !NAME.matcher(dataCentre).matches() || management.isEmpty()
                || !management.stream().allMatch(address -> ADDRESS.matcher(address).matches())) {
            throw new IllegalArgumentException("No routing information: " + queue + ", " + dataCentre + ", "
                                                       + management);
        }
    }

    /**
     * Returns the header's text.
     *
     * @return QUEUE DATA-CENTRE HOST:PORT,HOST:PORT
     */
    public byte[] bytes() {
        return toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads the header's text.
     *
     * @param text the bytes of the header
     * @return the routing information
     * @throws MalformedHeaderException if it is none
     */
    public static RoutingInformation parse(byte[] text) {
        String string = new String(text, StandardCharsets.UTF_8);
        List<String> words = split(string, ' ');
        if (text.length > LONGEST || words.size() != 3 || !NAME.matcher(words.get(0)).matches()
                || !NAME.matcher(words.get(1)).matches()) {
            throw malformed(string);
        }
        List<String> management = split(words.get(2), ',');
        if (!management.stream().allMatch(address -> ADDRESS.matcher(address).matches())) {
            throw malformed(string);
        }
        return new RoutingInformation(words.get(0), words.get(1), management);
    }

    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        for (int to = text.indexOf(separator); to >= 0; to = text.indexOf(separator, from)) {
            parts.add(text.substring(from, to));
            from = to + 1;
        }
        parts.add(text.substring(from));
        return parts;
    }

    private static MalformedHeaderException malformed(String text) {
        return new MalformedHeaderException(HeaderNames.ROUTING, text,
                                            "expected QUEUE DATA-CENTRE HOST:PORT,HOST:PORT");
    }

    @Override
    public String toString() {
        return queue + ' ' + dataCentre + ' ' + String.join(",", management);
    }
}
