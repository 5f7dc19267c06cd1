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
package org.roundtrip.openflow.link;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;
import org.onlab.packet.MacAddress;
import org.onosproject.cfg.ComponentConfigAdapter;
import org.onosproject.cluster.ClusterMetadataService;
import org.onosproject.cluster.NodeId;
import org.onosproject.core.CoreServiceAdapter;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.instructions.Instructions;
import org.onosproject.net.link.LinkProviderRegistry;
import org.onosproject.net.packet.OutboundPacket;
import org.onosproject.net.packet.PacketContext;
import org.roundtrip.openflow.testing.Components;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

import static org.assertj.core.api.Assertions.assertThat;

/** The whole of link discovery, over switches and cables in memory, with times a good deal shorter than usual. */
class LldpLinkProviderTest {

    private static final ConnectPoint A1 = ConnectPoint.deviceConnectPoint("of:000000000000000a/1");
    private static final ConnectPoint A2 = ConnectPoint.deviceConnectPoint("of:000000000000000a/2");
    private static final ConnectPoint B1 = ConnectPoint.deviceConnectPoint("of:000000000000000b/1");
    private static final ConnectPoint B2 = ConnectPoint.deviceConnectPoint("of:000000000000000b/2");
    private static final String A1_TO_B1 = A1 + " -> " + B1;
    private static final String B1_TO_A1 = B1 + " -> " + A1;

    private final CabledNetwork network = new CabledNetwork();
    private final List<String> roleChanges = new CopyOnWriteArrayList<>();
    private LldpLinkProvider provider;

    @BeforeEach
    void cable() {
        network.cable(A1, B1);
        network.cable(B1, A1);
        List.of(A1, A2, B1, B2).forEach(network::addPort);
        provider = start(Map.of("probePeriod", 100, "maxSilence", 400, "settling", 300));
    }

    @AfterEach
    void stop() {
        provider.deactivate();
        assertThat(network.isWatched()).as("what was added is removed").isFalse();
    }

    private LldpLinkProvider start(Map<String, Object> properties) {
        LldpLinkProvider started = new LldpLinkProvider();
        LinkProviderRegistry registry = Mockito.mock(LinkProviderRegistry.class);
        Mockito.doReturn(network.linkProviderService()).when(registry).register(started);
        started.registry = registry;
        started.links = network.linkService();
        started.devices = network.devices();
        started.mastership = network.mastership();
        started.packets = network.packets();
        started.coreService = new CoreServiceAdapter();
        started.cluster = Mockito.mock(ClusterMetadataService.class);
        started.configuration = new ComponentConfigAdapter();
        started.addListener((port, before, after) -> roleChanges.add(port + " " + before + " " + after));
        started.activate(Components.context(properties));
        return started;
    }

    @Test
    void bothDirectionsAreFoundAtOnce() {
        await().until(() -> network.links().equals(Set.of(A1_TO_B1, B1_TO_A1)));
    }

    @Test
    void cableThatWorksOneWayIsALinkOneWay() {
        network.cut(B1);
        await().until(() -> network.links().equals(Set.of(A1_TO_B1)));
    }

    @Test
    void portsAreEdgesOnlyAfterAWhileAndOnlyWithoutALink() {
        await().until(() -> provider.edgePorts().equals(Set.of(A2, B2)));
        assertThat(provider.roleOf(A1)).isEqualTo(PortRole.INFRASTRUCTURE);
        assertThat(roleChanges).contains(A2 + " DOWN UNSETTLED", A2 + " UNSETTLED EDGE",
                                         A1 + " UNSETTLED INFRASTRUCTURE");
        assertThat(roleChanges).noneMatch(change -> change.startsWith(A1 + " UNSETTLED EDGE"));
    }

    @Test
    void portThatGoesDownTakesBothDirectionsWithItAndComesBack() {
        bothDirectionsAreFoundAtOnce();
        network.setEnabled(A1, false);
        await().until(() -> network.links().isEmpty());
        assertThat(provider.roleOf(A1)).isEqualTo(PortRole.DOWN);
        network.setEnabled(A1, true);
        bothDirectionsAreFoundAtOnce();
    }

    @Test
    void portAndSwitchThatGoTakeTheirLinksWithThem() {
        bothDirectionsAreFoundAtOnce();
        network.removePort(B1);
        await().until(() -> network.links().isEmpty());
        network.addPort(B1);
        bothDirectionsAreFoundAtOnce();
        network.setAvailable(A1.deviceId(), false);
        await().until(() -> network.links().isEmpty());
        assertThat(provider.roleOf(A2)).isEqualTo(PortRole.DOWN);
        network.setAvailable(A1.deviceId(), true);
        bothDirectionsAreFoundAtOnce();
    }

    @Test
    void linksOfSwitchThatLostItsMasterBeforeItWasKnownToBeAwayAreLost() {
        bothDirectionsAreFoundAtOnce();
        network.setMaster(B1.deviceId(), Optional.empty());
        network.setMaster(A1.deviceId(), Optional.empty());
        network.setAvailable(B1.deviceId(), false);
        network.setAvailable(A1.deviceId(), false);
        await().until(() -> network.links().isEmpty());
    }

    @Test
    void linksToSwitchOfAnotherNodeAreLeftToThatNode() {
        bothDirectionsAreFoundAtOnce();
        network.setMaster(B1.deviceId(), Optional.of(NodeId.nodeId("elsewhere")));
        network.cut(B1);
        network.cut(A1);
        await().until(() -> network.links().equals(Set.of(A1_TO_B1)));
    }

    @Test
    void silentDirectionIsLostAloneAndItsPortsAreNoEdges() {
        bothDirectionsAreFoundAtOnce();
        network.cut(A1);
        await().until(() -> network.links().equals(Set.of(B1_TO_A1)));
        network.cut(B1);
        await().until(() -> network.links().isEmpty());
        await().until(() -> provider.roleOf(A2) == PortRole.EDGE);
        assertThat(provider.roleOf(A1)).isEqualTo(PortRole.INFRASTRUCTURE);
    }

    @Test
    void linkThatOnosForgotIsReportedAgain() {
        bothDirectionsAreFoundAtOnce();
        network.forgetLinks();
        bothDirectionsAreFoundAtOnce();
    }

    @Test
    void recordedProbeMakesNoLink() {
        await().until(() -> provider.roleOf(B2) == PortRole.EDGE);
        OutboundPacket probe = network.sent().stream()
                .filter(packet -> packet.sendThrough().equals(A1.deviceId()))
                .filter(packet -> packet.treatment().immediate().contains(Instructions.createOutput(A1.port())))
                .findFirst().orElseThrow();
        PacketContext context = network.arrive(probe.data().array(), B2);
        // It is a probe of ours all the same, so no one else is to make anything of it.
        Mockito.verify(context).block();
        network.setEnabled(A1, false);
        await().until(() -> network.links().isEmpty());
        assertThat(roleChanges).noneMatch(change -> change.startsWith(B2 + " EDGE"));
    }

    @Test
    void probeThatCameWhereNoLinkCanBeIsUsedUp() {
        await().until(() -> provider.roleOf(B2) == PortRole.EDGE);
        OutboundPacket probe = network.sent().stream()
                .filter(packet -> packet.sendThrough().equals(A2.deviceId()))
                .filter(packet -> packet.treatment().immediate().contains(Instructions.createOutput(A2.port())))
                .reduce((earlier, later) -> later).orElseThrow();
        network.arrive(probe.data().array(), new ConnectPoint(B2.deviceId(), PortNumber.portNumber(9)));
        network.arrive(probe.data().array(), B2);
        network.setEnabled(A1, false);
        await().until(() -> network.links().isEmpty());
        assertThat(roleChanges).noneMatch(change -> change.startsWith(B2 + " EDGE"));
    }

    @Test
    void forgedAndForeignAndMalformedFramesMakeNoLink() {
        await().until(() -> provider.roleOf(B2) == PortRole.EDGE);
        byte[] frame = network.sent().get(0).data().array().clone();
        frame[frame.length - 20] ^= 1;
        byte[] foreign = network.sent().get(0).data().array().clone();
        System.arraycopy(MacAddress.valueOf("02:eb:99:99:99:99").toBytes(), 0, foreign, 6, 6);
        for (byte[] bad : List.of(frame, foreign, new byte[14], new byte[3])) {
            Mockito.verify(network.arrive(bad, B2), Mockito.never()).block();
        }
        bothDirectionsAreFoundAtOnce();
        assertThat(provider.roleOf(B2)).isEqualTo(PortRole.EDGE);
    }

    @Test
    void plugThatReturnsWhatIsSentIsNoLink() {
        network.cable(B2, B2);
        bothDirectionsAreFoundAtOnce();
        await().until(() -> provider.roleOf(B2) == PortRole.EDGE);
        assertThat(network.links()).hasSize(2);
    }

    @Test
    void absurdPropertiesAreRefusedAndDiscoveryGoesOn() {
        provider.modified(Components.context(Map.of("probePeriod", 0)));
        provider.modified(Components.context(Map.of("maxSilence", -1)));
        bothDirectionsAreFoundAtOnce();
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(10)).pollInterval(Duration.ofMillis(5));
    }
}
