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
package org.roundtrip.clock.cli;

import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.MockedStatic;
import org.mockito.Mockito;
import org.onosproject.cli.AbstractChoicesCompleter;
import org.onosproject.cli.AbstractShellCommand;
import org.onosproject.net.DefaultDevice;
import org.onosproject.net.DefaultPort;
import org.onosproject.net.Device;
import org.onosproject.net.Host;
import org.onosproject.net.PortNumber;
import org.onosproject.net.device.DeviceService;
import org.onosproject.net.host.HostService;
import org.onosproject.net.link.LinkService;
import org.onosproject.net.provider.ProviderId;
import org.roundtrip.clock.ClockPolicyService;
import org.roundtrip.clock.ClockSessionService;
import org.roundtrip.clock.SessionExamples;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;
import static org.roundtrip.clock.Sessions.host;
import static org.roundtrip.clock.Sessions.ip;
import static org.roundtrip.clock.Sessions.port;

/**
 * What the commands offer while a user types.
 */
class CompletersTest {

    private MockedStatic<AbstractShellCommand> services;

    @BeforeEach
    void findServices() {
        services = Mockito.mockStatic(AbstractShellCommand.class);
        hosts();
    }

    @AfterEach
    void close() {
        services.close();
    }

    @Test
    void offerNoAddressWhereNoHostIsKnown() {
        assertThat(offeredBy(new HostAddressCompleter())).isEmpty();
    }

    @Test
    void offerAllAddressesOfHosts() {
        hosts(host(1, port(1), ip(1), ip(11)), host(2, port(2)), host(3, port(3), ip(3)));

        assertThat(offeredBy(new HostAddressCompleter()))
                .containsExactlyInAnyOrder("10.0.0.1", "10.0.0.11", "10.0.0.3");
    }

    @Test
    void offerClocksByTheirIdsTheirAddressesAndTheirPorts() {
        hosts(host(1, port(1), ip(1)));
        Device device = new DefaultDevice(new ProviderId("of", "test"), port(1).deviceId(), Device.Type.SWITCH,
                                          "", "", "", "", null);
        DeviceService devices = provide(DeviceService.class);
        when(devices.getDevices()).thenReturn(List.of(device));
        when(devices.getPorts(device.id())).thenReturn(
                List.of(new DefaultPort(device, PortNumber.portNumber(7), true)));
        provide(LinkService.class);

        assertThat(offeredBy(new ClockReferenceCompleter())).containsExactlyInAnyOrder(
                "00:00:00:00:00:01/None", "10.0.0.1", device.id() + "/7");
    }

    @Test
    void offerTheNamesOfPolicies() {
        when(provide(ClockPolicyService.class).policies()).thenReturn(SessionExamples.policies());

        assertThat(offeredBy(new PolicyNameCompleter())).containsExactly("laboratory", "towers");
    }

    @Test
    void offerTheNamesOfSessions() {
        when(provide(ClockSessionService.class).sessions()).thenReturn(
                List.of(SessionExamples.cellSite(), SessionExamples.substation()));

        assertThat(offeredBy(new SessionNameCompleter())).containsExactly("cell-site-7", "substation");
    }

    private void hosts(Host... known) {
        when(provide(HostService.class).getHosts()).thenReturn(List.of(known));
    }

    private <T> T provide(Class<T> type) {
        T service = mock(type);
        services.when(() -> AbstractShellCommand.get(type)).thenReturn(service);
        return service;
    }

    private static List<String> offeredBy(AbstractChoicesCompleter completer) {
        CommandLine line = mock(CommandLine.class);
        when(line.getCursorArgument()).thenReturn("");
        List<String> offered = new ArrayList<>();
        completer.complete(mock(Session.class), line, offered);
        return offered.stream().map(String::trim).collect(Collectors.toList());
    }
}
