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
package org.roundtrip.clock.impl.negotiation;

import org.junit.jupiter.api.Test;
import org.onlab.packet.MacAddress;
import org.roundtrip.clock.compute.negotiation.UdpFrame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.roundtrip.clock.Sessions.ip;
import static org.roundtrip.clock.Sessions.port;

class InboxTest {

    @Test
    void dropsAndCountsWhatItHasNoRoomFor() {
        Inbox inbox = new Inbox(2);

        assertThat(inbox.offer(frame(1))).isTrue();
        assertThat(inbox.offer(frame(2))).isTrue();
        assertThat(inbox.offer(frame(3))).isFalse();
        assertThat(inbox.dropped()).isEqualTo(1);
        assertThat(inbox.take(1)).hasSize(1).allMatch(frame -> frame.port().equals(port(1)));
        assertThat(inbox.offer(frame(4))).isTrue();
        assertThat(inbox.take(9)).extracting(ReceivedFrame::port).containsExactly(port(2), port(4));
        assertThat(inbox.isEmpty()).isTrue();
    }

    private static ReceivedFrame frame(int n) {
        return new ReceivedFrame(port(n), UdpFrame.of(MacAddress.valueOf(n), MacAddress.valueOf(9), ip(n), ip(9), 320));
    }
}
