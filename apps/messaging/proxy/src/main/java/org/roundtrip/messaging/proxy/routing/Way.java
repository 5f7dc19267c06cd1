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

/**
 * The queue in the next data centre into which a message goes.
 *
 * @param topic      the identifier of the queue there: the name of a Kafka topic
 * @param partitions how many partitions the topic gets if it does not exist
 * @param area       in which area it is
 */
public record Way(String topic, int partitions, Area area) {

    /** The parts of a storage server. */
    public enum Area {
        /** What is processed there. */
        PRIVATE,
        /** What is processed elsewhere: the message is in transit. */
        PUBLIC
    }
}
