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

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.onosproject.net.DeviceId;

import java.util.Optional;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;

class WidestPathTest {

    /** The width of the widest path is the greatest width for which links of that width still join the ends. */
    @Property(tries = 2000)
    void isTheGreatestWidthThatStillJoinsTheEnds(@ForAll long seed) {
        RandomNetwork random = new RandomNetwork(seed);
        TeTopology topology = random.topology();
        DeviceId from = RandomNetwork.device(0);
        DeviceId to = RandomNetwork.device(random.size - 1);

        Optional<Long> width = WidestPath.width(from, to, topology::links, link -> true, topology::capacity);

        Optional<Long> expected = LongStream.of(30, 20, 10)
                .filter(candidate -> ShortestPath.find(from, to, topology::links,
                                                       link -> topology.capacity(link) >= candidate).isPresent())
                .boxed().findFirst();
        assertThat(width).isEqualTo(expected);
    }
}
