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
package org.roundtrip.messaging.proxy.message;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What an application sends.
 *
 * @param sender    the application that sends it
 * @param processor the application that it is for
 * @param key       messages of one key stay in order, or empty if any order will do
 * @param payload   what it says; may be empty; not to be changed afterwards
 * @param headers   what else it says
 * @param whenFull  what happens to it if too much waits on its way
 * @param deadline  how long it may take until it is stored; positive
 */
@SuppressWarnings("ArrayRecordComponent") // Copied neither from nor to Kafka.
public record OutgoingMessage(String sender, String processor, Optional<String> key, byte[] payload,
                              List<MessageHeader> headers, WhenFull whenFull, Duration deadline) {

    /** How long a message may take that does not say so. */
    public static final Duration USUAL_DEADLINE = Duration.ofSeconds(30);

    /** What happens to a message if too much waits on its way. */
    public enum WhenFull {
        /** It waits, up to its deadline. */
        BLOCK,
        /** It is refused. */
        REFUSE
    }

    /**
     * Creates a message without headers that waits when it has to.
     *
     * @param sender    the application that sends it
     * @param processor the application that it is for
     * @param key       its key
     * @param payload   what it says
     * @return the message
     */
    public static OutgoingMessage of(String sender, String processor, String key, byte[] payload) {
        return new OutgoingMessage(sender, processor, Optional.of(key), payload, List.of(), WhenFull.BLOCK,
                                   USUAL_DEADLINE);
    }
}
