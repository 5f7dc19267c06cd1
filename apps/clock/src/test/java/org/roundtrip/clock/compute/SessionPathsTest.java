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
package org.roundtrip.clock.compute;

import org.junit.jupiter.api.Test;
import org.roundtrip.clock.PtpDelivery;
import org.roundtrip.clock.PtpTransport;
import org.roundtrip.tepath.Payload;
import org.roundtrip.tepath.TePathRequest;

import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.roundtrip.clock.Sessions.endpoint;
import static org.roundtrip.clock.Sessions.port;
import static org.roundtrip.clock.Sessions.request;
import static org.roundtrip.clock.Sessions.session;

class SessionPathsTest {

    @Test
    void runsForwardFromTheServerToTheClient() {
        TePathRequest path = SessionPaths.of(session("s", 1, 2));

        assertThat(path.name()).isEqualTo("clock.s");
        assertThat(path.source()).isEqualTo(port(1));
        assertThat(path.destination()).isEqualTo(port(2));
        assertThat(path.bandwidth()).isEqualTo(1_000_000);
        assertThat(path.payload()).isEqualTo(Payload.IPV4);
        assertThat(path.forwardTraffic()).isEqualTo(PtpTraffic.between(
                endpoint(1), endpoint(2), PtpTransport.UDP_IPV4, PtpDelivery.MULTICAST, Optional.empty()));
        assertThat(path.reverseTraffic()).isEqualTo(PtpTraffic.between(
                endpoint(2), endpoint(1), PtpTransport.UDP_IPV4, PtpDelivery.MULTICAST, Optional.empty()));
    }

    @Test
    void leavesPtpNoOtherWay() {
        assertThat(SessionPaths.of(session("s", 1, 2)).exclusive()).isTrue();
        assertThat(SessionPaths.of(session("s", 1, 2)).quiesce()).isTrue();
    }

    @Test
    void hasANameForTheLongestSessionName() {
        String longest = "n".repeat(57);

        assertThat(SessionPaths.of(session(request(longest, 1, 2), 1, 2)).name()).hasSize(63);
    }
}
