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
package org.roundtrip.messaging.configuration.compute;

import org.roundtrip.messaging.configuration.DataCentre;
import org.roundtrip.messaging.configuration.MessageQueue;

/**
 * What the topics of storage servers are called.
 */
public final class TopicNames {

    private static final String PRIVATE = "roundtrip.private.";
    private static final String PUBLIC = "roundtrip.public.";
    private static final String DEAD_LETTERS = "roundtrip.dead-letters.";
    private static final String DEAD_LETTERS_TO = DEAD_LETTERS + "to-";

    private TopicNames() {
    }

    /**
     * Returns where a queue waits in the private area of the data centre that processes it.
     *
     * @param queue the queue
     * @return the name of a topic
     */
    public static String privateTopic(MessageQueue queue) {
        return queue.privateTopic().orElse(PRIVATE + queue.name());
    }

    /**
     * Returns where messages for a data centre wait in the public areas of the others.
     *
     * @param dataCentre the data centre that processes them
     * @return the name of a topic
     */
    public static String publicTopic(DataCentre dataCentre) {
        return dataCentre.publicTopic().orElse(PUBLIC + dataCentre.name());
    }

    /**
     * Returns where messages go that their processor could not process, in its data centre.
     *
     * @param queue the queue
     * @return the name of a topic
     */
    public static String deadLetters(MessageQueue queue) {
        return DEAD_LETTERS + queue.name();
    }

    /**
     * Returns where messages go that can't be sent on to a data centre, in the one that they should have left.
     *
     * @param dataCentre the data centre that would process them
     * @return the name of a topic
     */
    public static String deadLettersTo(DataCentre dataCentre) {
        return DEAD_LETTERS_TO + dataCentre.name();
    }

    /**
     * Returns what two names of topics have in common that one storage server can't tell apart: Kafka names metrics
     * after topics with '_' for '.', and refuses a topic whose metrics would be those of another.
     *
     * @param topic the name of a topic
     * @return equal for names that can't be in one storage server
     */
    static String collision(String topic) {
        return topic.replace('.', '_');
    }
}
