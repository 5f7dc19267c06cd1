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
import org.roundtrip.messaging.proxy.record.HeaderNames;
import org.roundtrip.messaging.proxy.record.RoutingInformation;

import java.util.Arrays;
import java.util.Optional;

/**
 * Remembers the way of the message before: all messages of a queue carry the same routing information, and nearly
 * always the next message is of the same queue.
 * <p>
 * One thread asks; any thread may have it forget.
 */
final class KnownWay {

    private static final byte[] NO_BYTES = new byte[0];
    private static final String EMPTY_REASON = "It has no routing information";

    private final Onward onward;
    private volatile boolean isOutdated;
    private byte[] routing = NO_BYTES;
    private Optional<Way> way = Optional.empty();

    KnownWay(Onward onward) {
        this.onward = onward;
    }

    /** Has the configuration asked again. */
    void forget() {
        isOutdated = true;
    }

    /**
     * Returns the way of a message.
     *
     * @param headers its headers
     * @return the way
     * @throws UndeliverableException                                           if there is none
     * @throws org.roundtrip.messaging.proxy.record.MalformedHeaderException if its routing information is wrong
     */
    Way of(Headers headers) {
        Header header = headers.lastHeader(HeaderNames.ROUTING);
        if (header == null || header.value() == null) {
            throw new UndeliverableException(EMPTY_REASON);
        }
        if (isOutdated) {
            isOutdated = false;
            way = Optional.empty();
        }
        byte[] bytes = header.value();
        if (way.isEmpty() || !Arrays.equals(bytes, routing)) {
            way = Optional.of(onward.way(RoutingInformation.parse(bytes)));
            routing = bytes;
        }
        return way.orElseThrow();
    }
}
