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

import java.nio.charset.StandardCharsets;

/**
 * A header that an application gives a message.
 *
 * @param name  its name, not empty; names that begin with "roundtrip." are not for applications
 * @param value its value; not to be changed afterwards
 */
@SuppressWarnings("ArrayRecordComponent") // Copied neither from nor to Kafka.
public record MessageHeader(String name, byte[] value) {

    /**
     * Creates a header of text.
     *
     * @param name  its name
     * @param value its value, written in UTF-8
     * @return the header
     */
    public static MessageHeader of(String name, String value) {
        return new MessageHeader(name, value.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Returns its value as text.
     *
     * @return what its bytes are in UTF-8
     */
    public String text() {
        return new String(value, StandardCharsets.UTF_8);
    }
}
