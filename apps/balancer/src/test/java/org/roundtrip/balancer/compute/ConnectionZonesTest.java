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
package org.roundtrip.balancer.compute;

import org.junit.jupiter.api.Test;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

class ConnectionZonesTest {

    @Test
    void theLowestFreeOneIsNext() {
        assertThat(ConnectionZones.free(Set.of())).hasValue(ConnectionZones.FIRST);
        assertThat(ConnectionZones.free(Set.of(ConnectionZones.FIRST, ConnectionZones.FIRST + 2)))
                .hasValue(ConnectionZones.FIRST + 1);
    }

    @Test
    void thereIsAnEnd() {
        Set<Integer> allButTheLast = IntStream.range(ConnectionZones.FIRST, ConnectionZones.LAST).boxed()
                .collect(Collectors.toSet());
        assertThat(ConnectionZones.free(allButTheLast)).hasValue(ConnectionZones.LAST);
        allButTheLast.add(ConnectionZones.LAST);
        assertThat(ConnectionZones.free(allButTheLast)).isEmpty();
    }
}
