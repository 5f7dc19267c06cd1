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

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.onlab.packet.IpAddress;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.Device;
import org.onosproject.net.DeviceId;
import org.onosproject.net.PortNumber;
import org.onosproject.net.device.DeviceServiceAdapter;
import org.onosproject.net.edge.EdgePortServiceAdapter;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.meter.Meter;
import org.onosproject.net.meter.MeterFailReason;
import org.roundtrip.base.intent.InMemoryIntentFramework;
import org.roundtrip.base.intent.RulePublisher;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

class EdgeSignallingTest {

    private static final ApplicationId CLOCK = new DefaultApplicationId(1, "org.roundtrip.clock");
    private static final DeviceId SWITCH = DeviceId.deviceId("of:0000000000000001");
    private static final Set<IpAddress> SERVERS = Set.of(IpAddress.valueOf("10.0.0.1"));
    private static final int RATE = 50;

    private final Set<DeviceId> available = new HashSet<>(Set.of(SWITCH));
    private final Set<ConnectPoint> edge = new HashSet<>(Set.of(port(1), port(2)));
    private final FakeMeters meters = new FakeMeters();
    private final InMemoryIntentFramework framework = new InMemoryIntentFramework();
    private RulePublisher publisher;
    private PortMeters portMeters;
    private EdgeSignalling signalling;

    @BeforeEach
    void start() {
        publisher = new RulePublisher(CLOCK, framework, framework.flowRules(), key -> { });
        portMeters = new PortMeters(CLOCK, meters);
        signalling = new EdgeSignalling(CLOCK, new Devices(), new Edges(), publisher, portMeters);
    }

    @AfterEach
    void stop() {
        publisher.close();
    }

    @Test
    void guardsAtOnceAndLetsSignallingInWhenTheMetersAreThere() {
        assertThat(signalling.keep(SERVERS, RATE)).isFalse();
        assertThat(framework.rules(SWITCH)).hasSize(5);
        assertThat(punts()).isEmpty();

        meters.confirm();
        assertThat(signalling.keep(SERVERS, RATE)).isTrue();
        assertThat(punts()).hasSize(2);
        assertThat(punts().stream().map(rule -> rule.treatment().metered().meterId()).distinct()).hasSize(2);
    }

    @Test
    void followsPortsAndServers() {
        settle(SERVERS);
        edge.remove(port(2));
        edge.add(port(3));
        settle(SERVERS);

        assertThat(punts()).extracting(rule -> rule.selector().criteria().toString())
                .containsExactlyInAnyOrder("[IN_PORT:1]", "[IN_PORT:3]");
        assertThat(meters.all()).hasSize(2);

        settle(Set.of());
        assertThat(framework.rules()).isEmpty();
        assertThat(meters.all()).isEmpty();
    }

    @Test
    void letsNothingInWithoutAMeterAndSaysWhy() {
        meters.exhaust();
        assertThat(signalling.keep(SERVERS, RATE)).isFalse();
        assertThat(signalling.keep(SERVERS, RATE)).isFalse();

        assertThat(punts()).isEmpty();
        assertThat(framework.rules(SWITCH)).hasSize(5);
        assertThat(portMeters.refusal(SWITCH)).isPresent();
    }

    @Test
    void saysWhyTheSwitchRefusesAMeterUntilItGivesOne() {
        signalling.keep(SERVERS, RATE);
        meters.refuse(MeterFailReason.OUT_OF_METERS);
        assertThat(portMeters.refusal(SWITCH)).contains("OUT_OF_METERS");

        edge.add(port(3));
        signalling.keep(SERVERS, RATE);
        meters.confirm();
        assertThat(portMeters.refusal(SWITCH)).isEmpty();
    }

    @Test
    void changesTheRate() {
        settle(SERVERS);
        signalling.keep(SERVERS, 10);
        settle(SERVERS, 10);

        assertThat(meters.all()).hasSize(2).allSatisfy(meter -> assertThat(rate(meter)).isEqualTo(10));
        assertThat(punts()).hasSize(2);
    }

    @Test
    void findsItsMetersAndRulesAgainAfterARestart() {
        settle(SERVERS);
        List<FlowRule> before = framework.rules();
        List<Meter> metersBefore = meters.all();
        publisher.close();
        start();
        settle(SERVERS);

        assertThat(framework.rules()).containsExactlyInAnyOrderElementsOf(before);
        assertThat(meters.all()).isEqualTo(metersBefore);
    }

    @Test
    void takesAwayWhatAnotherNodeHasPublished() {
        settle(SERVERS);
        publisher.close();
        start();
        settle(Set.of());

        assertThat(framework.rules()).isEmpty();
    }

    @Test
    void leavesASwitchThatIsAwayAlone() {
        settle(SERVERS);
        available.clear();
        signalling.keep(Set.of(), RATE);

        assertThat(framework.rules(SWITCH)).isNotEmpty();
    }

    private void settle(Set<IpAddress> servers) {
        settle(servers, RATE);
    }

    private void settle(Set<IpAddress> servers, int rate) {
        signalling.keep(servers, rate);
        meters.confirm();
        signalling.keep(servers, rate);
    }

    private List<FlowRule> punts() {
        return framework.rules(SWITCH).stream().filter(rule -> rule.tableId() == 20).collect(Collectors.toList());
    }

    private static long rate(Meter meter) {
        return meter.bands().iterator().next().rate();
    }

    private static ConnectPoint port(int number) {
        return new ConnectPoint(SWITCH, PortNumber.portNumber(number));
    }

    private final class Devices extends DeviceServiceAdapter {

        @Override
        public Iterable<Device> getAvailableDevices() {
            return available.stream().map(id -> {
                Device device = mock(Device.class);
                when(device.id()).thenReturn(id);
                return device;
            }).collect(Collectors.toList());
        }

        @Override
        public boolean isAvailable(DeviceId id) {
            return available.contains(id);
        }
    }

    private final class Edges extends EdgePortServiceAdapter {

        @Override
        public Iterable<ConnectPoint> getEdgePoints(DeviceId device) {
            return edge;
        }
    }
}
