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
package org.roundtrip.base.cli;

import org.junit.jupiter.api.Test;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DefaultDevice;
import org.onosproject.net.DefaultPort;
import org.onosproject.net.Device;
import org.onosproject.net.DeviceId;
import org.onosproject.net.Link;
import org.onosproject.net.PortNumber;
import org.onosproject.net.device.DeviceService;
import org.onosproject.net.link.LinkService;
import org.onosproject.net.provider.ProviderId;

import java.util.List;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

class EdgePortsTest {

    private final DeviceService devices = mock(DeviceService.class);
    private final LinkService links = mock(LinkService.class);

    @Test
    void areThePortsWithoutALink() {
        Device device = new DefaultDevice(new ProviderId("of", "test"), DeviceId.deviceId("of:0000000000000001"),
                                          Device.Type.SWITCH, "", "", "", "", null);
        when(devices.getDevices()).thenReturn(List.of(device));
        when(devices.getPorts(device.id())).thenReturn(List.of(
                new DefaultPort(device, PortNumber.portNumber(1), true),
                new DefaultPort(device, PortNumber.portNumber(2), true),
                new DefaultPort(device, PortNumber.LOCAL, true)));
        when(links.getLinks(new ConnectPoint(device.id(), PortNumber.portNumber(2))))
                .thenReturn(Set.of(mock(Link.class)));

        assertThat(EdgePorts.names(devices, links)).containsExactly("of:0000000000000001/1");
    }
}
