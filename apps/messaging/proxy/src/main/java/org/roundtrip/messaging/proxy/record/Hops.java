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
 * Which data centres a message in transit has left, in order: the loop guard.
 * <p>
 * Immutable and thread-safe.
 *
 * @param dataCentres their names, at most {@link #MOST}
 */
public record Hops(List<String> dataCentres) {

    /** How many data centres a message may leave. */
    public static final int MOST = 8;
    /** None left so far. */
    public static final Hops NONE = new Hops(List.of());

    private static final Pattern TEXT = Pattern.compile(
            "[A-Za-z][A-Za-z0-9_.-]{0,62}(?:,[A-Za-z][A-Za-z0-9_.-]{0,62}){0," + (MOST - 1) + '}');
    private static final String RULE = "expected the names of 1 to " + MOST + " data centres, separated by commas";

    /**
     * Creates a list of hops.
     *
     * @throws IllegalArgumentException if these are too many
     */
    public Hops {
        dataCentres = List.copyOf(dataCentres);
        if (dataCentres.size() > MOST) {
            throw new IllegalArgumentException("More than " + MOST + " hops: " + dataCentres);
        }
    }

    /**
     * Returns whether a message may leave a data centre: it neither left it before, nor too many others.
     *
     * @param dataCentre the name of the data centre
     * @return true if it may
     */
    public boolean mayLeave(String dataCentre) {
        return dataCentres.size() < MOST && !dataCentres.contains(dataCentre);
    }

    /**
     * Returns these hops and one more.
     *
     * @param dataCentre the name of the data centre that the message leaves
     * @return the hops after that
     */
    public Hops with(String dataCentre) {
        List<String> longer = new ArrayList<>(dataCentres);
        longer.add(dataCentre);
        return new Hops(longer);
    }

    /**
     * Returns the header's text.
     *
     * @return the names, separated by commas
     */
    public byte[] bytes() {
        return toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads the header's text.
     *
     * @param text the bytes of the header
     * @return the hops
     * @throws MalformedHeaderException if it is no list of 1 to 8 names
     */
    public static Hops parse(byte[] text) {
        String string = new String(text, StandardCharsets.UTF_8);
        if (!TEXT.matcher(string).matches()) {
            throw new MalformedHeaderException(HeaderNames.HOPS, string, RULE);
        }
        return new Hops(List.of(string.split(",")));
    }

    @Override
    public String toString() {
        return String.join(",", dataCentres);
    }
}
