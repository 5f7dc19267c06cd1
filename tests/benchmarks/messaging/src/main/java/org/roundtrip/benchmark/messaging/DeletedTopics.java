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

import org.apache.kafka.clients.admin.Admin;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Deletes topics, so that their records take no more place.
 *
 * <p>Arguments: the storage server, the topics, of which some need not exist.
 */
public final class DeletedTopics {

    private DeletedTopics() {
    }

    /**
     * Deletes them.
     *
     * @param arguments see above
     * @throws Exception if it can't
     */
    public static void main(String[] arguments) throws Exception {
        try (Admin admin = KafkaEnds.admin(arguments[0])) {
            Set<String> there = admin.listTopics().names().get();
            List<String> deleted = Arrays.stream(arguments).skip(1).filter(there::contains).toList();
            admin.deleteTopics(deleted).all().get();
            System.out.println("{\"deleted\": " + deleted.size() + "}");
        }
    }
}
