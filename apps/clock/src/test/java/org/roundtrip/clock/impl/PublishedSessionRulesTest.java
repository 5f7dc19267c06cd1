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
package org.roundtrip.clock.impl;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;
import org.onlab.util.ItemNotFoundException;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.CoreServiceAdapter;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.net.Device;
import org.onosproject.net.DeviceId;
import org.onosproject.net.behaviour.ExtensionTreatmentResolver;
import org.onosproject.net.device.DeviceEvent;
import org.onosproject.net.device.DeviceListener;
import org.onosproject.net.device.DeviceService;
import org.onosproject.net.driver.Driver;
import org.onosproject.net.driver.DriverHandler;
import org.onosproject.net.driver.DriverService;
import org.onosproject.net.flow.AbstractExtension;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.instructions.ExtensionTreatment;
import org.onosproject.net.flow.instructions.ExtensionTreatmentType;
import org.roundtrip.base.intent.InMemoryIntentFramework;
import org.roundtrip.clock.ClockSessionRequest;
import org.roundtrip.clock.compute.ClockSessionRecord;
import org.roundtrip.clock.compute.RuleText;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;
import static org.roundtrip.clock.Sessions.port;
import static org.roundtrip.clock.Sessions.request;
import static org.roundtrip.clock.Sessions.session;

class PublishedSessionRulesTest {

    private static final ApplicationId CLOCK = new DefaultApplicationId(1, "org.roundtrip.clock");
    private static final DeviceId SWITCH = port(1).deviceId();

    private final InMemoryIntentFramework framework = new InMemoryIntentFramework();
    private final DriverService drivers = mock(DriverService.class);
    private final Driver driver = mock(Driver.class);
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final Map<String, ClockSessionRecord> sessions = new HashMap<>();
    private final DeviceService devices = mock(DeviceService.class);
    private Duration adoption = Duration.ofMinutes(1);
    private PublishedSessionRules rules;

    @BeforeEach
    void start() {
        when(driver.hasBehaviour(ExtensionTreatmentResolver.class)).thenReturn(true);
        ExtensionTreatmentResolver resolver = mock(ExtensionTreatmentResolver.class);
        when(resolver.getExtensionInstruction(
                ExtensionTreatmentType.ExtensionTreatmentTypes.NICIRA_RESUBMIT_TABLE.type()))
                .thenAnswer(call -> new Resubmit());
        DriverHandler handler = mock(DriverHandler.class);
        when(handler.behaviour(ExtensionTreatmentResolver.class)).thenReturn(resolver);
        doReturn(driver).when(drivers).getDriver(any(DeviceId.class));
        doReturn(handler).when(drivers).createHandler(any());
        when(devices.isAvailable(any())).thenReturn(true);
        rules = started();
    }

    private PublishedSessionRules started() {
        PublishedSessionRules made = new PublishedSessionRules(Duration.ofMillis(20), adoption);
        made.coreService = new CoreServiceAdapter() {
            @Override
            public ApplicationId registerApplication(String name) {
                assertThat(name).isEqualTo(CLOCK.name());
                return CLOCK;
            }
        };
        made.intentService = framework;
        made.flowRuleService = framework.flowRules();
        made.driverService = drivers;
        made.deviceService = devices;
        made.activate();
        made.watch(told::add);
        return made;
    }

    @AfterEach
    void stop() {
        rules.deactivate();
    }

    @Test
    void guardsThePairAsLongAsASessionOfItIsStrict() {
        change(session("a", 1, 2));
        change(session("b", 1, 2));
        assertThat(framework.rules()).hasSize(20);

        remove("a");
        assertThat(framework.rules()).hasSize(20);

        remove("b");
        assertThat(framework.rules()).isEmpty();
        assertThat(framework.size()).isZero();
    }

    @Test
    void waitsForASwitchThatHasNotConnectedSinceTheStart() {
        when(devices.isAvailable(SWITCH)).thenReturn(false);
        ArgumentCaptor<DeviceListener> listener = ArgumentCaptor.forClass(DeviceListener.class);
        verify(devices).addListener(listener.capture());
        change(session("a", 1, 2));
        assertThat(framework.rules()).isEmpty();
        assertThat(rules.defect("a")).hasValueSatisfying(defect -> assertThat(defect).contains("has not connected"));

        when(devices.isAvailable(SWITCH)).thenReturn(true);
        listener.getValue().event(new DeviceEvent(DeviceEvent.Type.DEVICE_AVAILABILITY_CHANGED, mock(Device.class)));

        await().untilAsserted(() -> assertThat(framework.rules()).hasSize(20));
        assertThat(rules.defect("a")).isEmpty();
    }

    @Test
    void doesNotWaitForASwitchForEver() {
        when(devices.isAvailable(SWITCH)).thenReturn(false);
        rules.deactivate();
        adoption = Duration.ofMillis(50);
        rules = started();

        change(session("a", 1, 2));

        await().untilAsserted(() -> assertThat(framework.rules()).hasSize(20));
    }

    @Test
    void touchesOnlyWhatIsDifferent() {
        change(session("a", 1, 2));
        int before = framework.history().size();

        change(session("b", 1, 3));

        assertThat(framework.history().subList(before, framework.history().size())).containsExactly(
                "submit guard/multicast/00:00:00:00:00:03",
                "submit guard/pair/00:00:00:00:00:01/00:00:00:00:00:03");
        rules.publish(Map.copyOf(sessions), Set.of());
        assertThat(framework.history()).hasSize(before + 2);
    }

    @Test
    void copiesMulticastToAllSessionsOfAClock() {
        change(free("a", 2).withTunnelIds(Optional.of(1L), Optional.empty()));
        change(free("b", 3).withTunnelIds(Optional.of(2L), Optional.empty()));
        assertThat(RuleText.of(framework.rules())).hasSize(2).allMatch(
                line -> line.endsWith("-> TUNNEL_ID:1 RESUBMIT TUNNEL_ID:2 RESUBMIT"));
        assertThat(told).contains("a", "b");

        remove("a");
        assertThat(RuleText.of(framework.rules())).hasSize(2).allMatch(
                line -> line.endsWith("-> TUNNEL_ID:2 RESUBMIT"));

        remove("b");
        assertThat(framework.rules()).isEmpty();
        assertThat(framework.size()).isZero();
    }

    @Test
    void resubmitsToTheFirstTable() throws Exception {
        change(free("a", 2).withTunnelIds(Optional.of(1L), Optional.empty()));

        ExtensionTreatment resubmit = new DriverResubmit(drivers).of(SWITCH).orElseThrow();
        assertThat(resubmit.<Short>getPropertyValue("table")).isEqualTo((short) 0);
        assertThat(rules.canCopy(SWITCH)).isTrue();
    }

    @Test
    void saysWhatASwitchLacksAndTriesAgain() {
        when(drivers.getDriver(any(DeviceId.class))).thenThrow(new ItemNotFoundException("no driver"));
        assertThat(rules.canCopy(SWITCH)).isFalse();
        change(free("a", 2).withTunnelIds(Optional.of(1L), Optional.empty()));
        assertThat(rules.defect("a").orElseThrow()).contains(SWITCH.toString()).contains("resubmit");
        assertThat(framework.rules()).isEmpty();

        doReturn(driver).when(drivers).getDriver(any(DeviceId.class));
        await().untilAsserted(() -> assertThat(rules.defect("a")).isEmpty());
        await().untilAsserted(() -> assertThat(told).contains("a"));
        assertThat(framework.rules()).hasSize(2);
    }

    @Test
    void saysWhichSwitchHasNotConfirmedAndTellsWhenItHas() {
        framework.disconnect(SWITCH);
        change(session("a", 1, 2));
        assertThat(rules.defect("a").orElseThrow()).contains(SWITCH.toString()).contains("not confirmed");
        assertThat(rules.defect("another")).isEmpty();

        told.clear();
        framework.reconnect(SWITCH);
        framework.cleanUp();
        await().untilAsserted(() -> assertThat(rules.defect("a")).isEmpty());
        assertThat(told).contains("a");
        assertThat(framework.rules()).hasSize(20);
    }

    @Test
    void findsAfterARestartWhatIsNoLongerNeeded() {
        change(session("a", 1, 2));
        change(session("b", 3, 4));
        Set<FlowRule> before = Set.copyOf(framework.rules());
        rules.deactivate();
        sessions.remove("a");

        rules = started();
        rules.publish(Map.copyOf(sessions), Set.of("b"));

        assertThat(framework.rules()).hasSize(20).allMatch(before::contains);
        assertThat(framework.size()).isEqualTo(3);
    }

    @Test
    void forgetsWhatIsNoLongerThereWhenItIsToldOfAll() {
        change(session("a", 1, 2));
        change(session("b", 3, 4));
        sessions.remove("a");

        rules.publish(Map.copyOf(sessions), Set.of("b"));

        assertThat(framework.rules()).hasSize(20);
        assertThat(rules.defect("a")).isEmpty();
    }

    @Test
    void countsWhatTheRulesOfASessionHaveDropped() {
        change(session("a", 1, 2));
        assertThat(rules.droppedPackets("a")).isZero();
        framework.rules().stream().limit(3).forEach(rule -> framework.count(rule, 5));

        assertThat(rules.droppedPackets("a")).isEqualTo(15);
        assertThat(rules.droppedPackets("another")).isZero();
    }

    private static ClockSessionRecord free(String name, int client) {
        ClockSessionRequest request = ClockSessionRequest.builder().from(request(name, 1, client)).strict(false)
                .build();
        return session(request, 1, client);
    }

    private void change(ClockSessionRecord session) {
        sessions.put(session.request().name(), session);
        rules.publish(Map.copyOf(sessions), Set.of(session.request().name()));
    }

    private void remove(String name) {
        sessions.remove(name);
        rules.publish(Map.copyOf(sessions), Set.of(name));
    }

    /** As a driver has it. */
    private static final class Resubmit extends AbstractExtension implements ExtensionTreatment {

        // Set by its name.
        @SuppressWarnings("UnusedVariable")
        private short table = -1;

        @Override
        public ExtensionTreatmentType type() {
            return ExtensionTreatmentType.ExtensionTreatmentTypes.NICIRA_RESUBMIT_TABLE.type();
        }

        @Override
        public byte[] serialize() {
            return new byte[0];
        }

        @Override
        public void deserialize(byte[] data) {
            // Nothing is written.
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Resubmit && ((Resubmit) other).table == table;
        }

        @Override
        public int hashCode() {
            return table;
        }
    }
}
