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

/**
 * The place where a message was accepted first; within its queue no other message has it, as long as nobody makes the
 * topic anew. As text: {@code DATA-CENTRE:PARTITION:OFFSET}.
 *
 * @param dataCentre the data centre of its sender's proxy
 * @param partition  the partition of the topic there, at least 0
 * @param offset     the offset in the partition, at least 0
 */
public record MessageId(String dataCentre, int partition, long offset) {

    @Override
    public String toString() {
        return dataCentre + ":" + partition + ":" + offset;
    }
}
