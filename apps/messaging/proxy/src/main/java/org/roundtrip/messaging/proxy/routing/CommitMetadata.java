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
package org.roundtrip.messaging.proxy.routing;

import org.apache.kafka.common.Uuid;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What is committed together with a position in a source partition, as text, since Kafka keeps no more than a string of
 * 4,096 characters with it ({@code offset.metadata.max.bytes}).
 * <p>
 * The text is {@code 1;TOPIC-ID;GENERATION;VIA;ORDER;TOPIC=OFFSET,OFFSET;TOPIC=OFFSET}, with one offset for each
 * partition.
 * <p>
 * Immutable and thread-safe.
 *
 * @param topicId    which topic the position is in: one that was deleted and made anew has another
 * @param generation the generation that the origins of messages carry
 * @param via        the data centre to which they are sent
 * @param order      the number of the order of an operator that was carried out last, 0 if there was none
 * @param targets    for each topic of the destination and each of its partitions the offset from which on it may hold
 *                   messages of this source partition that are not below the position
 */
record CommitMetadata(Uuid topicId, long generation, String via, long order, Map<String, long[]> targets) {

    /** How many characters a broker takes unless it is told otherwise. */
    static final int LONGEST = 4096;

    private static final String VERSION = "1";
    private static final int FIXED_PARTS = 5;

    CommitMetadata {
        targets = new TreeMap<>(targets);
    }

    /**
     * Returns the text.
     *
     * @return at most 4,096 characters
     * @throws RouteException if it would be longer
     */
    String text() {
        StringBuilder text = new StringBuilder();
        text.append(VERSION).append(';').append(topicId).append(';').append(generation).append(';').append(via)
                .append(';').append(order);
        targets.forEach((topic, offsets) -> text.append(';').append(topic).append('=').append(
                Arrays.stream(offsets).mapToObj(Long::toString).collect(Collectors.joining(","))));
        if (text.length() > LONGEST) {
            throw new RouteException("The places in " + targets.size() + " topics need " + text.length()
                                             + " characters beside a committed offset, more than the " + LONGEST
                                             + " of offset.metadata.max.bytes: use fewer queues or partitions");
        }
        return text.toString();
    }

    /**
     * Reads the text.
     *
     * @param text what was committed, by whomever
     * @return what it says, or empty if it is not such a text
     */
    static Optional<CommitMetadata> parse(String text) {
        String[] parts = text.split(";", -1);
        if (parts.length < FIXED_PARTS || !parts[0].equals(VERSION)) {
            return Optional.empty();
        }
        try {
            Map<String, long[]> targets = new TreeMap<>();
            for (int i = FIXED_PARTS; i < parts.length; i++) {
                int equals = parts[i].indexOf('=');
                targets.put(parts[i].substring(0, equals),
                            Arrays.stream(parts[i].substring(equals + 1).split(",", -1)).mapToLong(Long::parseLong)
                                    .toArray());
            }
            return Optional.of(new CommitMetadata(Uuid.fromString(parts[1]), Long.parseLong(parts[2]), parts[3],
                                                  Long.parseLong(parts[4]), targets));
        } catch (IllegalArgumentException | IndexOutOfBoundsException notOurs) {
            return Optional.empty();
        }
    }
}
