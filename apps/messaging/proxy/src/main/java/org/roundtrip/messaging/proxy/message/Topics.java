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

import java.util.concurrent.CompletableFuture;

/**
 * The topics of a storage server.
 */
interface Topics {

    /**
     * Makes a topic if there is none of its name.
     *
     * @param topic      its name
     * @param partitions how many partitions it gets then
     * @return completes when it is there; fails as Kafka does, and is tried again the next time
     */
    CompletableFuture<Void> ensure(String topic, int partitions);

    /**
     * Forgets that a topic is there.
     *
     * @param topic its name
     */
    void forget(String topic);
}
