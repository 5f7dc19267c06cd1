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

import java.nio.ByteBuffer;
import java.util.Random;

/**
 * A payload of 1 KiB that says which message it is and when it was due to be sent. Otherwise it is random, and the same
 * in all messages. Immutable and thread-safe.
 *
 * @param number   the number of the message, from 0 on
 * @param due      when it was due, by {@link System#nanoTime()}
 */
record Payload(int number, long due) {

    /** How many bytes there are. */
    static final int SIZE = 1024;

    private static final byte[] RANDOM = new byte[SIZE];

    static {
        new Random(1).nextBytes(RANDOM);
    }

    byte[] bytes() {
        byte[] bytes = RANDOM.clone();
        ByteBuffer.wrap(bytes).putInt(number).putLong(due);
        return bytes;
    }

    static Payload parse(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new Payload(buffer.getInt(), buffer.getLong());
    }

    /** Returns the key of a message: there are a hundred. */
    String key() {
        return "key-" + number % 100;
    }
}
