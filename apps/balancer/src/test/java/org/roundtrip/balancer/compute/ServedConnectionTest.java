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
import org.onlab.packet.IpAddress;
import org.roundtrip.balancer.PortRange;
import org.roundtrip.balancer.TransportProtocol;
import org.roundtrip.balancer.VirtualServerRequest;
import org.roundtrip.base.InvalidRequestException;
import org.roundtrip.base.NotFoundException;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ServedConnectionTest {

    @Test
    void thePortMayBeLeftOutWhereThereIsOneOnly() {
        ServedConnection connection = ServedConnection.of(List.of(vip(request(PortRange.of(80, 80)))),
                                                          TracedNetwork.query().build());

        assertThat(connection.port()).isEqualTo(80);
        assertThat(connection.query().port()).contains(80);
        assertThat(connection.server().request().name()).isEqualTo("web");
    }

    @Test
    void thePortTellsVirtualServersOfOneAddressApart() {
        VipPlan vip = vip(request(PortRange.of(80, 80)),
                          VirtualServerRequest.builder().from(request(PortRange.of(8000, 8079))).name("more").build());

        assertThat(ServedConnection.of(List.of(vip), TracedNetwork.query().port(8079).build()).server().request()
                           .name()).isEqualTo("more");
        assertThatThrownBy(() -> ServedConnection.of(List.of(vip), TracedNetwork.query().build()))
                .isInstanceOf(InvalidRequestException.class).hasMessageContaining("port")
                .hasMessageContaining("80, 8000-8079");
    }

    @Test
    void whatIsNotServedIsNotFound() {
        List<VipPlan> vips = List.of(vip(request(PortRange.of(80, 80))));

        assertThatThrownBy(() -> ServedConnection.of(vips, TracedNetwork.query().port(81).build()))
                .isInstanceOf(NotFoundException.class).hasMessageContaining("81");
        assertThatThrownBy(() -> ServedConnection.of(vips, TracedNetwork.query().protocol(TransportProtocol.UDP)
                .build())).isInstanceOf(NotFoundException.class).hasMessageContaining("UDP");
        assertThatThrownBy(() -> ServedConnection.of(vips, TracedNetwork.query().protocol(TransportProtocol.UDP)
                .port(80).build())).isInstanceOf(NotFoundException.class).hasMessageContaining("UDP");
        assertThatThrownBy(() -> ServedConnection.of(vips, TracedNetwork.query()
                .vip(IpAddress.valueOf("198.51.100.2")).build()))
                .isInstanceOf(NotFoundException.class).hasMessageContaining("198.51.100.2");
        assertThatThrownBy(() -> ServedConnection.of(List.of(), TracedNetwork.query().build()))
                .isInstanceOf(NotFoundException.class);
    }

    private static VirtualServerRequest request(PortRange ports) {
        return VirtualServerRequest.builder().from(TracedNetwork.request().build()).ports(List.of(ports)).build();
    }

    private static VipPlan vip(VirtualServerRequest... requests) {
        VipPlan.Builder vip = VipPlan.builder();
        for (VirtualServerRequest request : requests) {
            vip.addServers(TracedNetwork.plan(request));
        }
        return vip.build();
    }
}
