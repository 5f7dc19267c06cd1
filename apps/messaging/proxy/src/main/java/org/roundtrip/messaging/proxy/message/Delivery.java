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

import org.roundtrip.messaging.proxy.message.compute.Position;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A message as an application receives it. It settles it by acknowledging or refusing it, once; what is not settled
 * comes again, with the same identifier, when the application or the proxy has died. Thread-safe.
 */
public final class Delivery {

    private final ReceivedMessage message;
    private final int attempt;
    private final long settledBelow;
    private final Consumer<Optional<String>> settlement;

    Delivery(ReceivedMessage message, int attempt, long settledBelow, Consumer<Optional<String>> settlement) {
        this.message = message;
        this.attempt = attempt;
        this.settledBelow = settledBelow;
        this.settlement = settlement;
    }

    /**
     * Returns by what it is known.
     *
     * @return as its sender was told
     */
    public MessageId id() {
        return message.id();
    }

    /**
     * Returns who sent it.
     *
     * @return the name of an application
     */
    public String sender() {
        return message.sender();
    }

    /**
     * Returns its key.
     *
     * @return the key, or empty if it has none
     */
    public Optional<String> key() {
        return message.key();
    }

    /**
     * Returns what it says.
     *
     * @return the payload, perhaps empty; not to be changed
     */
    public byte[] payload() {
        return message.payload();
    }

    /**
     * Returns what else it says.
     *
     * @return the headers that its sender gave it
     */
    public List<MessageHeader> headers() {
        return message.headers();
    }

    /**
     * Returns where it is in the private area: an application that stores this with its results can name it when it
     * comes back.
     *
     * @return the place
     */
    public Position position() {
        return message.position();
    }

    /**
     * Returns when a proxy accepted it.
     *
     * @return the time by the clock of its sender's proxy
     */
    public Instant accepted() {
        return message.accepted();
    }

    /**
     * Returns how often it was delivered since the proxy has taken it.
     *
     * @return 1 for the first time
     */
    public int attempt() {
        return attempt;
    }

    /**
     * Returns up to where its partition is settled: an application may forget positions below.
     *
     * @return an offset
     */
    public long settledBelow() {
        return settledBelow;
    }

    /** Says that it was processed. */
    public void acknowledge() {
        settlement.accept(Optional.empty());
    }

    /**
     * Says that it could not be processed: it comes again after a pause, and goes to the dead letters in the end.
     *
     * @param reason why not
     */
    public void refuse(String reason) {
        settlement.accept(Optional.of(reason));
    }
}
