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
package org.roundtrip.openflow.link.compute;

import org.junit.jupiter.api.Test;
import org.onosproject.net.ConnectPoint;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

class ReplayGuardTest {

    private static final ConnectPoint A1 = ConnectPoint.deviceConnectPoint("of:a/1");
    private static final ConnectPoint A2 = ConnectPoint.deviceConnectPoint("of:a/2");

    private final ReplayGuard guard = new ReplayGuard(Duration.ofNanos(100));

    @Test
    void probeCountsOnce() {
        assertThat(guard.isFirst(Probe.of(A1, 5), 0)).isTrue();
        assertThat(guard.isFirst(Probe.of(A1, 5), 1)).isFalse();
        assertThat(guard.isFirst(Probe.of(A1, 5), 200)).isFalse();
    }

    @Test
    void otherPortsAndTimesAreOtherProbes() {
        assertThat(guard.isFirst(Probe.of(A1, 5), 0)).isTrue();
        assertThat(guard.isFirst(Probe.of(A2, 5), 0)).isTrue();
        assertThat(guard.isFirst(Probe.of(A1, 6), 0)).isTrue();
    }

    @Test
    void wallClockThatIsSetBackDoesNotStopDiscovery() {
        assertThat(guard.isFirst(Probe.of(A1, 1_000_000), 0)).isTrue();
        assertThat(guard.isFirst(Probe.of(A1, 5), 1)).isTrue();
    }

    @Test
    void whatIsTooOldToBeBelievedIsForgotten() {
        guard.isFirst(Probe.of(A1, 5), 0);
        assertThat(guard.isFirst(Probe.of(A1, 5), 201)).isTrue();
    }
}
