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

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.roundtrip.messaging.proxy.record.Decimal;
import org.roundtrip.messaging.proxy.record.HeaderNames;
import org.roundtrip.messaging.proxy.record.Hops;
import org.roundtrip.messaging.proxy.record.Origin;

import java.util.Optional;

/**
 * What a routing proxy reads in the headers of a message, and writes into them before it sends it on.
 */
final class OnwardHeaders {

    private OnwardHeaders() {
    }

    /** Returns where a message was accepted first, if that was in another data centre. */
    static Optional<Origin> foreignOrigin(Headers headers) {
        return Optional.ofNullable(headers.lastHeader(HeaderNames.ORIGIN)).map(header -> Origin.parse(header.value()));
    }

    /** Returns when a message was accepted, in milliseconds since 1970-01-01T00:00Z, or -1 if that is not known. */
    static long accepted(Headers headers) {
        Header accepted = headers.lastHeader(HeaderNames.ACCEPTED);
        return accepted == null ? -1 : Decimal.parse(HeaderNames.ACCEPTED, accepted.value());
    }

    /**
     * Refuses a message that nobody waits for any more.
     *
     * @param headers its headers
     * @param now     milliseconds since 1970-01-01T00:00Z
     * @throws UndeliverableException if it has expired
     */
    static void requireFresh(Headers headers, long now) {
        Header expires = headers.lastHeader(HeaderNames.EXPIRES);
        if (expires != null && Decimal.parse(HeaderNames.EXPIRES, expires.value()) <= now) {
            throw new UndeliverableException("It has expired");
        }
    }

    /**
     * Writes the list of data centres that a message has left, and takes off what it needs no more.
     *
     * @param headers its headers
     * @param area    the area into which it goes
     * @param from    the data centre that it leaves now
     * @throws UndeliverableException if it has left that before, or too many
     */
    static void leave(Headers headers, Way.Area area, String from) {
        Header hops = headers.lastHeader(HeaderNames.HOPS);
        if (hops != null || area == Way.Area.PUBLIC) {
            Hops left = hops == null ? Hops.NONE : Hops.parse(hops.value());
            if (!left.mayLeave(from)) {
                throw new UndeliverableException("It goes round in a loop: it has left " + left + " and meets " + from);
            }
            headers.remove(HeaderNames.HOPS);
            if (area == Way.Area.PUBLIC) {
                headers.add(HeaderNames.HOPS, left.with(from).bytes());
            }
        }
        if (area == Way.Area.PRIVATE) {
            headers.remove(HeaderNames.ROUTING);
        }
    }

    /** Writes where a message was accepted first: here. */
    static void addOrigin(Headers headers, byte[] prefix, long offset) {
        headers.add(new RecordHeader(HeaderNames.ORIGIN, Decimal.append(prefix, offset)));
    }
}
