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
package org.roundtrip.benchmark.messaging;

import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Where messages are given, and where they arrive.
 */
interface MessageEnds extends AutoCloseable {

    /**
     * Sends a message.
     *
     * @param payload the message
     * @return done when it is stored
     */
    CompletionStage<?> send(Payload payload);

    /**
     * Begins to receive, from the first message on.
     *
     * @param listener gets the messages, from one thread at a time
     */
    void receive(Consumer<byte[]> listener);

    @Override
    void close();
}
