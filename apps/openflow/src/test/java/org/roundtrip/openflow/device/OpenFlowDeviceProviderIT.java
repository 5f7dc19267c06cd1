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
package org.roundtrip.openflow.device;

import com.google.common.collect.Streams;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mockito.ArgumentCaptor;
import org.mockito.Mockito;
import org.onosproject.cfg.ComponentConfigAdapter;
import org.onosproject.net.AnnotationKeys;
import org.onosproject.net.DeviceId;
import org.onosproject.net.MastershipRole;
import org.onosproject.net.PortNumber;
import org.onosproject.net.device.DeviceDescription;
import org.onosproject.net.device.DeviceProviderRegistry;
import org.onosproject.net.device.DeviceProviderService;
import org.onosproject.net.device.PortDescription;
import org.onosproject.net.device.PortStatistics;
import org.projectfloodlight.openflow.protocol.OFPortConfig;
import org.projectfloodlight.openflow.protocol.OFPortMod;
import org.projectfloodlight.openflow.protocol.OFPortState;
import org.projectfloodlight.openflow.types.OFPort;
import org.roundtrip.openflow.device.compute.PortDescriptions;
import org.roundtrip.openflow.testing.Components;
import org.roundtrip.openflow.testing.OpenFlowSession;
import org.roundtrip.openflow.testing.OpenVswitch;
import org.roundtrip.openflow.testing.SessionController;
import org.roundtrip.openflow.testing.SessionController.SessionSwitch;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.atLeastOnce;
import static org.mockito.Mockito.verify;

/** A real switch and its ports as ONOS hears of them. */
class OpenFlowDeviceProviderIT {

    @RegisterExtension
    static final OpenVswitch OPEN_VSWITCH = new OpenVswitch();

    private static final DeviceId DEVICE = DeviceId.deviceId("of:0000000000000001");

    private final SessionController controller = new SessionController();
    private final DeviceProviderService core = Mockito.mock(DeviceProviderService.class);
    private final OpenFlowDeviceProvider provider = new OpenFlowDeviceProvider();
    private OpenFlowSession session;

    @BeforeEach
    void connect() {
        OPEN_VSWITCH.addBridge("br0", 1);
        OPEN_VSWITCH.addPort("br0", "p1", 1);
        OPEN_VSWITCH.addPort("br0", "p2", 2);
        session = OPEN_VSWITCH.connect("br0");
        DeviceProviderRegistry registry = Mockito.mock(DeviceProviderRegistry.class);
        Mockito.when(registry.register(provider)).thenReturn(core);
        provider.registry = registry;
        provider.controller = controller;
        provider.configuration = new ComponentConfigAdapter();
    }

    @AfterEach
    void stop() {
        provider.deactivate();
        OPEN_VSWITCH.vsctl("del-br", "br0");
    }

    @Test
    void switchThatWasThereBeforeIsReportedWithItsPorts() {
        controller.connect(session);
        activate();
        ArgumentCaptor<DeviceDescription> description = ArgumentCaptor.forClass(DeviceDescription.class);
        await().untilAsserted(() -> verify(core).deviceConnected(eq(DEVICE), description.capture()));
        assertThat(description.getValue().manufacturer()).isEqualTo("Nicira, Inc.");
        assertThat(description.getValue().chassisId().value()).isEqualTo(1);
        assertThat(description.getValue().annotations().value(AnnotationKeys.PROTOCOL)).isEqualTo("OF_13");
        List<PortDescription> ports = reportedPorts();
        assertThat(ports).extracting(PortDescription::portNumber).containsExactlyInAnyOrder(
                PortNumber.portNumber(1), PortNumber.portNumber(2), PortNumber.LOCAL);
        assertThat(ports).filteredOn(port -> !port.portNumber().isLogical()).allMatch(PortDescription::isEnabled)
                .extracting(port -> port.annotations().value(AnnotationKeys.PORT_NAME))
                .containsExactlyInAnyOrder("p1", "p2");
    }

    @Test
    void switchThatComesLaterAndGoesIsReported() {
        activate();
        SessionSwitch bridge = controller.connect(session);
        await().untilAsserted(() -> verify(core).deviceConnected(eq(DEVICE), any()));
        assertThat(provider.isReachable(DEVICE)).isTrue();
        controller.disconnect(bridge);
        await().untilAsserted(() -> verify(core).deviceDisconnected(DEVICE));
        assertThat(provider.isReachable(DEVICE)).isFalse();
    }

    @Test
    void portIsReportedAsSoonAsItChanges() {
        activate();
        controller.connect(session);
        OPEN_VSWITCH.appctl("netdev-dummy/set-admin-state", "p1", "down");
        await().untilAsserted(() -> verify(core, atLeastOnce()).portStatusChanged(
                eq(DEVICE), argThat(port -> port.portNumber().toLong() == 1 && !port.isEnabled())));
        OPEN_VSWITCH.addPort("br0", "p3", 3);
        await().untilAsserted(() -> verify(core, atLeastOnce()).portStatusChanged(
                eq(DEVICE), argThat(port -> port.portNumber().toLong() == 3)));
        OPEN_VSWITCH.vsctl("del-port", "br0", "p2");
        await().untilAsserted(() -> verify(core).deletePort(
                eq(DEVICE), argThat(port -> port.portNumber().toLong() == 2)));
    }

    @Test
    void portWhoseBfdSessionIsDownIsNotEnabledThoughItHasACarrier() {
        activate();
        controller.connect(session);
        OPEN_VSWITCH.vsctl("set", "interface", "p1", "bfd:enable=true");
        OPEN_VSWITCH.appctl("bfd/set-forwarding", "p1", "true");
        await().untilAsserted(() -> assertThat(lastReportOnPort(1).isEnabled()).isTrue());
        OPEN_VSWITCH.appctl("bfd/set-forwarding", "p1", "false");
        await().untilAsserted(() -> assertThat(lastReportOnPort(1).isEnabled()).isFalse());
        assertThat(lastReportOnPort(1).annotations().value(PortDescriptions.LIVE)).isEqualTo("false");
        assertThat(session.ports()).filteredOn(port -> port.getPortNo().equals(OFPort.of(1)))
                .allSatisfy(port -> assertThat(port.getState()).doesNotContain(OFPortState.LINK_DOWN));
        OPEN_VSWITCH.vsctl("set", "interface", "p1", "bfd:enable=false");
        await().untilAsserted(() -> assertThat(lastReportOnPort(1).isEnabled()).isTrue());
    }

    @Test
    void portThatWasNotLiveWhenTheSwitchConnectedIsNotEnabled() {
        OPEN_VSWITCH.vsctl("set", "interface", "p1", "bfd:enable=true");
        controller.connect(OPEN_VSWITCH.connect("br0"));
        activate();
        assertThat(reportedPorts()).filteredOn(port -> !port.portNumber().isLogical())
                .extracting(port -> port.portNumber().toLong(), PortDescription::isEnabled)
                .containsExactlyInAnyOrder(tuple(1L, false), tuple(2L, true));
    }

    @Test
    void portIsTakenDownAndUpAgain() {
        activate();
        controller.connect(session);
        provider.changePortState(DEVICE, PortNumber.portNumber(1), false);
        await().until(() -> isAdministrativelyDown(1));
        assertThat(isAdministrativelyDown(2)).isFalse();
        await().untilAsserted(() -> verify(core, atLeastOnce()).portStatusChanged(
                eq(DEVICE), argThat(port -> port.portNumber().toLong() == 1 && !port.isEnabled()
                        && "disabled".equals(port.annotations().value(AnnotationKeys.ADMIN_STATE)))));
        provider.changePortState(DEVICE, PortNumber.portNumber(1), true);
        await().until(() -> !isAdministrativelyDown(1));
    }

    @Test
    void portThatIsNotThereIsLeftAlone() {
        activate();
        SessionSwitch bridge = controller.connect(session);
        provider.changePortState(DEVICE, PortNumber.portNumber(77), false);
        provider.changePortState(DeviceId.deviceId("of:0000000000000009"), PortNumber.portNumber(1), false);
        assertThat(bridge.sent(OFPortMod.class)).isEmpty();
    }

    @Test
    void countersAreThoseOfTheSwitch() {
        activate();
        controller.connect(session);
        OPEN_VSWITCH.appctl("netdev-dummy/receive", "p1",
                            "in_port(1),eth(src=02:00:00:00:00:01,dst=02:00:00:00:00:02),eth_type(0x1234)");
        await().untilAsserted(() -> {
            ArgumentCaptor<Collection<PortStatistics>> statistics = ArgumentCaptor.captor();
            verify(core, atLeastOnce()).updatePortStatistics(eq(DEVICE), statistics.capture());
            assertThat(statistics.getValue()).extracting(PortStatistics::portNumber)
                    .containsExactlyInAnyOrder(PortNumber.portNumber(1), PortNumber.portNumber(2));
            assertThat(statistics.getValue()).filteredOn(port -> port.portNumber().toLong() == 1)
                    .singleElement().satisfies(port -> assertThat(port.packetsReceived()).isEqualTo(1));
        });
    }

    @Test
    void roleIsAskedForAndItsAnswerReported() {
        activate();
        controller.connect(session);
        provider.roleChanged(DEVICE, MastershipRole.STANDBY);
        await().untilAsserted(() -> verify(core).receivedRoleReply(DEVICE, MastershipRole.STANDBY,
                                                                   MastershipRole.STANDBY));
    }

    @Test
    void onosThatRefusesAReportHearsTheNext() {
        Mockito.doThrow(new IllegalStateException("no")).when(core).deviceConnected(any(), any());
        activate();
        SessionSwitch bridge = controller.connect(session);
        await().untilAsserted(() -> verify(core).deviceConnected(eq(DEVICE), any()));
        controller.disconnect(bridge);
        await().untilAsserted(() -> verify(core).deviceDisconnected(DEVICE));
    }

    private void activate() {
        provider.activate(Components.context(Map.of(OsgiPropertyConstants.PORT_STATISTICS_PERIOD, 1)));
    }

    private List<PortDescription> reportedPorts() {
        ArgumentCaptor<List<PortDescription>> ports = ArgumentCaptor.captor();
        await().untilAsserted(() -> verify(core, atLeastOnce()).updatePorts(eq(DEVICE), ports.capture()));
        return ports.getValue();
    }

    private PortDescription lastReportOnPort(int number) {
        ArgumentCaptor<PortDescription> reports = ArgumentCaptor.captor();
        verify(core, atLeastOnce()).portStatusChanged(eq(DEVICE), reports.capture());
        return Streams.findLast(reports.getAllValues().stream().filter(
                port -> port.portNumber().toLong() == number)).orElseThrow(AssertionError::new);
    }

    private boolean isAdministrativelyDown(int number) {
        return session.ports().stream().filter(port -> port.getPortNo().equals(OFPort.of(number)))
                .anyMatch(port -> port.getConfig().contains(OFPortConfig.PORT_DOWN));
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(10)).pollInterval(Duration.ofMillis(20));
    }
}
