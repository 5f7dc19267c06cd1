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
package org.roundtrip.messaging.proxy.message.compute;

import org.roundtrip.messaging.proxy.record.Origin;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * How far each origin has got: by them a record that was sent twice is told from a new one. One writer sends the
 * records of an origin in their order, and begins again at or below the last, so a record is new if and only if its
 * offset is above all before. A higher generation begins anew, a lower one is over.
 * <p>
 * Not thread-safe.
 */
public final class Watermarks {

    private static final int RADIX = Character.MAX_RADIX;

    private final Map<String, Map<Integer, Mark>> marks = new TreeMap<>();

    /** The last of an origin. */
    private record Mark(long generation, long offset) {
        boolean isBelow(Origin origin) {
            return generation < origin.generation() || generation == origin.generation() && offset < origin.offset();
        }
    }

    /**
     * Returns whether a record is new.
     *
     * @param origin where it is from
     * @return false if it, or a later one of its origin, has been raised before
     */
    public boolean isNew(Origin origin) {
        Mark mark = marks.getOrDefault(origin.dataCentre(), Map.of()).get(origin.partition());
        return mark == null || mark.isBelow(origin);
    }

    /**
     * Remembers a record if it is new. O(log n) of origins.
     *
     * @param origin where it is from
     * @return whether it was new
     */
    public boolean raise(Origin origin) {
        if (!isNew(origin)) {
            return false;
        }
        marks.computeIfAbsent(origin.dataCentre(), name -> new TreeMap<>())
                .put(origin.partition(), new Mark(origin.generation(), origin.offset()));
        return true;
    }

    /**
     * Returns the same watermarks, to go on from by themselves.
     *
     * @return a copy
     */
    public Watermarks copy() {
        Watermarks copy = new Watermarks();
        marks.forEach((dataCentre, partitions) -> copy.marks.put(dataCentre, new TreeMap<>(partitions)));
        return copy;
    }

    /**
     * Writes them as text for the metadata of a committed offset: {@code DC:PARTITION.GENERATION.OFFSET,...;DC:...},
     * numbers to the base of 36, a generation of 0 left out.
     *
     * @param limit how long the text may be, in bytes
     * @return the text, empty if there are none
     * @throws WatermarkOverflowException if it is longer
     */
    public String encode(int limit) {
        StringJoiner all = new StringJoiner(";");
        marks.forEach((dataCentre, partitions) -> {
            StringJoiner ofOne = new StringJoiner(",", dataCentre + ":", "");
            partitions.forEach((partition, mark) -> ofOne.add(text(partition) + "."
                    + (mark.generation() == 0 ? "" : text(mark.generation())) + "." + text(mark.offset())));
            all.add(ofOne.toString());
        });
        String text = all.toString();
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > limit) {
            throw new WatermarkOverflowException(marks.values().stream().mapToInt(Map::size).sum(), bytes, limit);
        }
        return text;
    }

    private static String text(long number) {
        return Long.toString(number, RADIX);
    }

    /**
     * Reads what {@link #encode} has written.
     *
     * @param text the text; empty for none
     * @return the watermarks
     * @throws IllegalArgumentException if it is something else
     */
    public static Watermarks decode(String text) {
        Watermarks watermarks = new Watermarks();
        if (text.isEmpty()) {
            return watermarks;
        }
        for (String ofOne : text.split(";", -1)) {
            int colon = ofOne.indexOf(':');
            if (colon < 1) {
                throw malformed(text);
            }
            for (String mark : ofOne.substring(colon + 1).split(",", -1)) {
                watermarks.raise(origin(ofOne.substring(0, colon), mark, text));
            }
        }
        return watermarks;
    }

    private static Origin origin(String dataCentre, String mark, String text) {
        String[] parts = mark.split("\\.", -1);
        if (parts.length != 3) {
            throw malformed(text);
        }
        try {
            return new Origin(dataCentre, Integer.parseInt(parts[0], RADIX),
                              parts[1].isEmpty() ? 0 : Long.parseLong(parts[1], RADIX),
                              Long.parseLong(parts[2], RADIX));
        } catch (IllegalArgumentException e) {
            throw malformed(text);
        }
    }

    private static IllegalArgumentException malformed(String text) {
        return new IllegalArgumentException("These are no watermarks: '" + text + "'");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Watermarks && marks.equals(((Watermarks) other).marks);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(marks);
    }

    @Override
    public String toString() {
        return encode(Integer.MAX_VALUE);
    }
}
