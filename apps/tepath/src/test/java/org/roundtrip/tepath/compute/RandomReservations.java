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
package org.roundtrip.tepath.compute;

import java.util.List;
import java.util.Optional;
import java.util.Random;

/** What some paths hold of a random network. */
final class RandomReservations {

    private RandomReservations() {
    }

    static Reservations in(RandomNetwork network, long seed) {
        Random random = new Random(seed);
        Reservations held = new Reservations();
        TeDatabase database = new TeDatabase(network.topology(), held);
        int paths = random.nextInt(4);
        for (int path = 0; path < paths; path++) {
            String name = "held" + path;
            long bandwidth = 5L * random.nextInt(4);
            PathQuery query = PathQuery.builder().from(RandomQuery.in(network, random.nextLong()))
                    .protection(Optional.empty()).build();
            new CoRoutedPathComputation(database).compute(query).path()
                    .flatMap(found -> new LabelAllocation(database.topology(), held)
                            .allocate(found.active(), 1, bandwidth, bandwidth))
                    .ifPresent(placement -> held.put(
                            Reservation.of(name, random.nextInt(8), List.of(placement))));
        }
        return held;
    }
}
