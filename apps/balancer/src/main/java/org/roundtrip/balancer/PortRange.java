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
package org.roundtrip.balancer;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import org.roundtrip.base.InvalidRequestException;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A port, or ports that follow each other. Written as {@code 80} or {@code 8000-8079}.
 */
public final class PortRange implements Comparable<PortRange> {

    private static final int GREATEST = 65_535;
    private static final Pattern TEXT = Pattern.compile("([0-9]{1,5})(?:-([0-9]{1,5}))?");

    private final int first;
    private final int last;

    private PortRange(int first, int last) {
        this.first = first;
        this.last = last;
    }

    /**
     * Returns a range.
     *
     * @param first the first port, 1 to 65535
     * @param last  the last port, not before the first
     * @return the range
     * @throws InvalidRequestException if there is no such range
     */
    public static PortRange of(int first, int last) {
        if (first < 1 || last < first || last > GREATEST) {
            throw new InvalidRequestException("", "'" + first + (last == first ? "" : "-" + last) + "' are no ports:"
                    + " they are 1 to " + GREATEST + ", and the first one comes first");
        }
        return new PortRange(first, last);
    }

    /**
     * Reads a range.
     *
     * @param text what a user has written
     * @return the range
     * @throws InvalidRequestException if it is none
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static PortRange valueOf(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new InvalidRequestException("", "'" + text + "' are no ports: write one, such as 80, or a range, such"
                    + " as 8000-8079");
        }
        int first = Integer.parseInt(matcher.group(1));
        return of(first, matcher.group(2) == null ? first : Integer.parseInt(matcher.group(2)));
    }

    /**
     * Returns the first port.
     *
     * @return 1 to 65535
     */
    public int first() {
        return first;
    }

    /**
     * Returns the last port.
     *
     * @return {@link #first} to 65535
     */
    public int last() {
        return last;
    }

    /**
     * Returns whether it is one port only.
     *
     * @return true if so
     */
    public boolean isSingle() {
        return first == last;
    }

    /**
     * Returns whether two ranges have a port in common.
     *
     * @param other another range
     * @return true if so
     */
    public boolean overlaps(PortRange other) {
        return first <= other.last && other.first <= last;
    }

    @Override
    public int compareTo(PortRange other) {
        return first == other.first ? Integer.compare(last, other.last) : Integer.compare(first, other.first);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PortRange && first == ((PortRange) other).first && last == ((PortRange) other).last;
    }

    @Override
    public int hashCode() {
        return first * 31 + last;
    }

    @Override
    @JsonValue
    public String toString() {
        return isSingle() ? Integer.toString(first) : first + "-" + last;
    }
}
