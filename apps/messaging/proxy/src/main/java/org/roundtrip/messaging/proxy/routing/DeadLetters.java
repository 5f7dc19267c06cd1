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

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.roundtrip.messaging.proxy.record.Origin;

/**
 * Where messages go that can't be delivered.
 */
interface DeadLetters {

    /**
     * Writes a dead letter and waits until all replicas have it.
     *
     * @param message the message
     * @param origin  where it was accepted first
     * @param reason  why it can't be delivered
     * @throws RuntimeException if that is not possible now
     */
    void write(ConsumerRecord<byte[], byte[]> message, Origin origin, String reason);
}
