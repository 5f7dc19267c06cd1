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

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

import java.util.Optional;

/**
 * The names of the headers that the proxies write. Applications may not use names that begin like these.
 */
public final class HeaderNames {

    /** How all of them begin. */
    public static final String PREFIX = "roundtrip.";
    /** The application that sent the message. */
    public static final String SENDER = PREFIX + "sender";
    /** When its message proxy accepted it: milliseconds since 1970-01-01T00:00Z, see {@link Decimal}. */
    public static final String ACCEPTED = PREFIX + "accepted";
    /** Where it is to go, see {@link RoutingInformation}: in public areas only. */
    public static final String ROUTING = PREFIX + "routing";
    /** When it is of no more use: milliseconds since 1970-01-01T00:00Z, see {@link Decimal}. */
    public static final String EXPIRES = PREFIX + "expires";
    /** Where it was accepted first, see {@link Origin}: once it has left its data centre. */
    public static final String ORIGIN = PREFIX + "origin";
    /** Which data centres it has left, see {@link Hops}: in transit only. */
    public static final String HOPS = PREFIX + "hops";
    /** Why it is a dead letter. */
    public static final String REASON = PREFIX + "reason";

    private HeaderNames() {
    }

    /**
     * Returns whether applications may not use a name.
     *
     * @param name the name of a header
     * @return true if it belongs to the proxies
     */
    public static boolean isReserved(String name) {
        return name.startsWith(PREFIX);
    }

    /**
     * Returns what a header says; of several with one name, the last one.
     *
     * @param headers the headers of a record
     * @param name    the name of the header
     * @return its bytes, or empty if there is none, or one without a value
     */
    public static Optional<byte[]> value(Headers headers, String name) {
        return Optional.ofNullable(headers.lastHeader(name)).map(Header::value);
    }
}
