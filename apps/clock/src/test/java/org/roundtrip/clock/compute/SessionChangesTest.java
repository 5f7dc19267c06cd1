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
import org.roundtrip.base.ConflictException;
import org.roundtrip.base.FieldError;
import org.roundtrip.clock.ClockSessionRequest;
import org.roundtrip.clock.MonitoringSettings;
import org.roundtrip.clock.PtpDelivery;
import org.roundtrip.clock.PtpTransport;
import org.roundtrip.clock.TunnelSettings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.roundtrip.clock.Sessions.request;

class SessionChangesTest {

    @Test
    void allowsWhatLeavesTheTrafficAsItIs() {
        ClockSessionRequest before = request("s", 1, 2);

        SessionChanges.requireSameTraffic(before, ClockSessionRequest.builder().from(before).domain(3).priority(1)
                .strict(false).tunnel(TunnelSettings.builder().bandwidth(5).build())
                .monitoring(MonitoringSettings.builder().errorTolerance(5).build()).build());
    }

    @Test
    void namesAllFieldsThatMakeAnotherSession() {
        ConflictException refusal = catchThrowableOfType(() -> SessionChanges.requireSameTraffic(
                request("s", 1, 2), request("s", 3, 4, PtpTransport.ETHERNET, PtpDelivery.UNICAST)),
                                                         ConflictException.class);

        assertThat(refusal.errors()).extracting(FieldError::field)
                .containsExactly("server", "client", "transport", "delivery");
        assertThat(refusal.errors()).allMatch(error -> error.detail().contains("remove the session"));
    }
}
