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
import org.onosproject.net.AnnotationKeys;
import org.onosproject.net.PortNumber;
import org.onosproject.net.device.PortDescription;
import org.projectfloodlight.openflow.protocol.OFFactories;
import org.projectfloodlight.openflow.protocol.OFFactory;
import org.projectfloodlight.openflow.protocol.OFPortConfig;
import org.projectfloodlight.openflow.protocol.OFPortDesc;
import org.projectfloodlight.openflow.protocol.OFPortFeatures;
import org.projectfloodlight.openflow.protocol.OFPortState;
import org.projectfloodlight.openflow.protocol.OFVersion;
import org.projectfloodlight.openflow.types.MacAddress;
import org.projectfloodlight.openflow.types.OFPort;

import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

class PortDescriptionsTest {

    private static final OFFactory OF13 = OFFactories.getFactory(OFVersion.OF_13);

    @Test
    void portHasNameAddressAndState() {
        PortDescription description = PortDescriptions.of(port().build(), true);
        assertThat(description.portNumber()).isEqualTo(PortNumber.portNumber(3));
        assertThat(description.isEnabled()).isTrue();
        assertThat(description.annotations().value(AnnotationKeys.PORT_NAME)).isEqualTo("s1-eth3");
        assertThat(description.annotations().value(AnnotationKeys.PORT_MAC)).isEqualTo("02:00:00:00:00:03");
        assertThat(description.annotations().value(AnnotationKeys.ADMIN_STATE)).isEqualTo("enabled");
    }

    @Test
    void portWithoutCarrierIsNotEnabled() {
        OFPortDesc port = port().setState(Set.of(OFPortState.LINK_DOWN)).build();
        assertThat(PortDescriptions.of(port, true).isEnabled()).isFalse();
    }

    @Test
    void portWithoutLivenessIsNotEnabledAndSaysWhy() {
        PortDescription description = PortDescriptions.of(port().build(), false);
        assertThat(description.isEnabled()).isFalse();
        assertThat(description.annotations().value(AnnotationKeys.ADMIN_STATE)).isEqualTo("enabled");
        assertThat(description.annotations().value(PortDescriptions.LIVE)).isEqualTo("false");
    }

    @Test
    void portTakenDownIsNotEnabledAndSaysWhy() {
        OFPortDesc port = port().setConfig(Set.of(OFPortConfig.PORT_DOWN)).build();
        PortDescription description = PortDescriptions.of(port, true);
        assertThat(description.isEnabled()).isFalse();
        assertThat(description.annotations().value(AnnotationKeys.ADMIN_STATE)).isEqualTo("disabled");
    }

    @Test
    void speedIsInMegabitsPerSecond() {
        assertThat(PortDescriptions.of(port().setCurrSpeed(2_500_000).build(), true).portSpeed()).isEqualTo(2_500);
    }

    @Test
    void speedThatIsNotSaidIsThatOfTheBestCurrentFeature() {
        OFPortDesc port = port().setCurr(Set.of(OFPortFeatures.PF_10GB_FD, OFPortFeatures.PF_COPPER)).build();
        assertThat(PortDescriptions.of(port, true).portSpeed()).isEqualTo(10_000);
        assertThat(PortDescriptions.of(port().build(), true).portSpeed()).isZero();
    }

    @Test
    void localPortIsLogical() {
        PortDescription description = PortDescriptions.of(port().setPortNo(OFPort.LOCAL).build(), true);
        assertThat(description.portNumber()).isEqualTo(PortNumber.LOCAL);
        assertThat(description.portNumber().isLogical()).isTrue();
    }

    private static OFPortDesc.Builder port() {
        return OF13.buildPortDesc()
                .setPortNo(OFPort.of(3)).setName("s1-eth3").setHwAddr(MacAddress.of("02:00:00:00:00:03"));
    }
}
