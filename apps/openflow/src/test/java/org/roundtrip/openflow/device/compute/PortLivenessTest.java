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
package org.roundtrip.openflow.device.compute;

import org.junit.jupiter.api.Test;
import org.onosproject.openflow.controller.Dpid;
import org.projectfloodlight.openflow.protocol.OFFactories;
import org.projectfloodlight.openflow.protocol.OFPortDesc;
import org.projectfloodlight.openflow.protocol.OFPortState;
import org.projectfloodlight.openflow.protocol.OFVersion;
import org.projectfloodlight.openflow.types.OFPort;

import java.util.List;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

class PortLivenessTest {

    private static final Dpid ONE = Dpid.dpid(Dpid.uri(1));
    private static final Dpid OTHER = Dpid.dpid(Dpid.uri(2));

    private final PortLiveness liveness = new PortLiveness();

    @Test
    void portsOfASwitchThatDoesNotSpeakOfLivenessMayBeLive() {
        liveness.learn(ONE, List.of(port(1), port(2, OFPortState.LINK_DOWN)));
        assertThat(liveness.isLive(ONE, port(1))).isTrue();
    }

    @Test
    void onePortThatIsLiveTellsThatTheOthersAreNot() {
        liveness.learn(ONE, List.of(port(1), port(2, OFPortState.LIVE)));
        assertThat(liveness.isLive(ONE, port(1))).isFalse();
        assertThat(liveness.isLive(ONE, port(2, OFPortState.LIVE))).isTrue();
    }

    @Test
    void portThatWasLiveIsNoLonger() {
        liveness.learn(ONE, List.of(port(1, OFPortState.LIVE)));
        liveness.learn(ONE, List.of(port(1)));
        assertThat(liveness.isLive(ONE, port(1))).isFalse();
    }

    @Test
    void whatOneSwitchSaysIsNotSaidByAnother() {
        liveness.learn(ONE, List.of(port(1, OFPortState.LIVE)));
        assertThat(liveness.isLive(OTHER, port(1))).isTrue();
    }

    @Test
    void switchThatComesBackMayBeAnother() {
        liveness.learn(ONE, List.of(port(1, OFPortState.LIVE)));
        liveness.forget(ONE);
        assertThat(liveness.isLive(ONE, port(1))).isTrue();
    }

    private static OFPortDesc port(int number, OFPortState... state) {
        return OFFactories.getFactory(OFVersion.OF_13).buildPortDesc().setPortNo(OFPort.of(number))
                .setState(Set.of(state)).build();
    }
}
