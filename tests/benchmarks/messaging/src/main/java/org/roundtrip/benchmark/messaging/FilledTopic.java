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

import org.apache.kafka.clients.producer.KafkaProducer;

/**
 * Makes a topic with records of 1 KiB for a data centre, as a message proxy makes them.
 *
 * <p>Arguments: the storage server, the topic, how many partitions, the data centre, how many records.
 */
public final class FilledTopic {

    private FilledTopic() {
    }

    /**
     * Fills the topic.
     *
     * @param arguments see above
     * @throws Exception if it can't
     */
    public static void main(String[] arguments) throws Exception {
        String servers = arguments[0];
        String topic = arguments[1];
        int records = Integer.parseInt(arguments[4]);
        KafkaEnds.makeTopic(servers, topic, Integer.parseInt(arguments[2]));
        try (KafkaProducer<byte[], byte[]> producer = KafkaEnds.producer(servers)) {
            for (int number = 0; number < records; number++) {
                producer.send(KafkaEnds.remote(topic, arguments[3], new Payload(number, System.nanoTime())));
            }
        }
        System.out.println("{\"records\": " + records + "}");
    }
}
