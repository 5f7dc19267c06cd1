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
package org.roundtrip.openflow.meter;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.meter.Band;
import org.onosproject.net.meter.DefaultBand;
import org.onosproject.net.meter.DefaultMeter;
import org.onosproject.net.meter.Meter;
import org.onosproject.net.meter.MeterFailReason;
import org.onosproject.net.meter.MeterFeatures;
import org.onosproject.net.meter.MeterId;
import org.onosproject.net.meter.MeterOperation;
import org.onosproject.net.meter.MeterProvider;
import org.onosproject.net.meter.MeterProviderService;
import org.onosproject.net.meter.MeterState;
import org.projectfloodlight.openflow.protocol.OFType;
import org.roundtrip.openflow.session.SwitchSessions;
import org.roundtrip.openflow.testing.OpenVswitch;
import org.roundtrip.openflow.testing.SessionController;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import static org.assertj.core.api.Assertions.assertThat;

/** Meters of ONOS in a real switch. */
class SwitchMetersIT {

    @RegisterExtension
    static final OpenVswitch OPEN_VSWITCH = new OpenVswitch();

    private static final DeviceId DEVICE = DeviceId.deviceId("of:0000000000000001");
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration NEVER = Duration.ofMinutes(10);

    private final Core core = new Core();
    private SwitchSessions<SwitchMeters> sessions;
    private SessionController controller;
    private SessionController.SessionSwitch bridge;

    /** Remembers what the provider tells ONOS. */
    private static final class Core implements MeterProviderService {
        private final List<List<Meter>> reports = new CopyOnWriteArrayList<>();
        private final Map<MeterOperation, MeterFailReason> failures = new ConcurrentHashMap<>();
        private final List<MeterFeatures> features = new CopyOnWriteArrayList<>();

        @Override
        public void meterOperationFailed(MeterOperation operation, MeterFailReason reason) {
            failures.put(operation, reason);
        }

        @Override
        public void pushMeterMetrics(DeviceId deviceId, Collection<Meter> meterEntries) {
            reports.add(List.copyOf(meterEntries));
        }

        @Override
        public void pushMeterFeatures(DeviceId deviceId, MeterFeatures meterFeatures) {
            features.add(meterFeatures);
        }

        @Override
        public void pushMeterFeatures(DeviceId deviceId, Collection<MeterFeatures> meterFeatures) {
            features.addAll(meterFeatures);
        }

        @Override
        public void deleteMeterFeatures(DeviceId deviceId) {
            features.clear();
        }

        @Override
        public MeterProvider provider() {
            throw new UnsupportedOperationException();
        }
    }

    @BeforeEach
    void connect() {
        OPEN_VSWITCH.addBridge("br0", 1);
        controller = new SessionController();
        bridge = controller.connect(OPEN_VSWITCH.connect("br0"));
        sessions = new SwitchSessions<>(controller, "test/openflow-meter",
                                        Set.of(OFType.ERROR, OFType.BARRIER_REPLY, OFType.STATS_REPLY),
                                        (connected, timer) -> new SwitchMeters(
                                                DEVICE, connected, new DefaultApplicationId(1, "test"), core, timer,
                                                NEVER, PATIENCE));
        sessions.open();
        Awaitility.await().atMost(PATIENCE).until(() -> !core.reports.isEmpty());
    }

    @AfterEach
    void stop() {
        sessions.close();
        OPEN_VSWITCH.vsctl("del-br", "br0");
    }

    @Test
    void metersComeBackAsTheyWere() {
        Meter kilobits = meter(1, Meter.Unit.KB_PER_SEC, band(1000));
        Meter packets = meter(2, Meter.Unit.PKTS_PER_SEC, band(50));
        Meter burst = DefaultMeter.builder().forDevice(DEVICE).withCellId(MeterId.meterId(3)).burst()
                .withUnit(Meter.Unit.KB_PER_SEC).withBands(List.of(
                        DefaultBand.builder().ofType(Band.Type.DROP).withRate(800).burstSize(64).build())).build();

        perform(MeterOperation.Type.ADD, kilobits, packets, burst);

        Awaitility.await().atMost(PATIENCE).until(() -> last().size() == 3);
        assertThat(core.failures).isEmpty();
        assertSame(found(1), kilobits);
        assertSame(found(2), packets);
        assertSame(found(3), burst);
        assertThat(last()).extracting(Meter::state).containsOnly(MeterState.ADDED);
    }

    @Test
    void metersAreModifiedAndRemoved() {
        perform(MeterOperation.Type.ADD, meter(1, Meter.Unit.KB_PER_SEC, band(1000)));
        Awaitility.await().atMost(PATIENCE).until(() -> !last().isEmpty());

        perform(MeterOperation.Type.MODIFY, meter(1, Meter.Unit.KB_PER_SEC, band(2000)));
        Awaitility.await().atMost(PATIENCE).until(() -> found(1).bands().iterator().next().rate() == 2000);

        perform(MeterOperation.Type.REMOVE, meter(1, Meter.Unit.KB_PER_SEC, band(2000)));
        Awaitility.await().atMost(PATIENCE).until(() -> last().isEmpty());
        assertThat(core.failures).isEmpty();
    }

    @Test
    void metersThatWereThereBeforeAreKnown() {
        Meter before = meter(5, Meter.Unit.PKTS_PER_SEC, band(30));
        perform(MeterOperation.Type.ADD, before);
        Awaitility.await().atMost(PATIENCE).until(() -> !last().isEmpty());
        controller.disconnect(bridge);
        core.reports.clear();

        controller.announce(bridge);

        Awaitility.await().atMost(PATIENCE).until(() -> !core.reports.isEmpty());
        assertSame(found(5), before);
    }

    @Test
    void refusalsComeBackToTheirOperations() {
        Meter first = meter(1, Meter.Unit.KB_PER_SEC, band(1000));
        Meter again = meter(1, Meter.Unit.PKTS_PER_SEC, band(7));
        Meter unknown = meter(4, Meter.Unit.PKTS_PER_SEC, band(7));
        Meter bytes = meter(2, Meter.Unit.BYTES_PER_SEC, band(7));
        Meter colours = meter(3, Meter.Unit.KB_PER_SEC,
                              DefaultBand.builder().ofType(Band.Type.MARK_RED).withRate(1).build());

        perform(MeterOperation.Type.ADD, first, again, bytes, colours);
        perform(MeterOperation.Type.MODIFY, unknown);

        Awaitility.await().atMost(PATIENCE).until(() -> core.failures.size() == 4);
        assertThat(core.failures).containsEntry(new MeterOperation(again, MeterOperation.Type.ADD),
                                                MeterFailReason.EXISTING_METER)
                .containsEntry(new MeterOperation(unknown, MeterOperation.Type.MODIFY),
                               MeterFailReason.INVALID_METER)
                .containsEntry(new MeterOperation(bytes, MeterOperation.Type.ADD), MeterFailReason.BAD_BAND)
                .containsEntry(new MeterOperation(colours, MeterOperation.Type.ADD), MeterFailReason.BAD_BAND);
    }

    @Test
    void featuresAreThoseOfTheSwitchWhileItIsThere() {
        assertThat(core.features).hasSize(1);
        MeterFeatures features = core.features.get(0);
        assertThat(features.startIndex()).isEqualTo(1);
        assertThat(features.endIndex()).isGreaterThan(1);
        assertThat(features.bandTypes()).contains(Band.Type.DROP);
        assertThat(features.unitTypes()).containsExactlyInAnyOrder(Meter.Unit.KB_PER_SEC, Meter.Unit.PKTS_PER_SEC);
        assertThat(features.isBurstSupported()).isTrue();
        assertThat(features.isStatsSupported()).isTrue();

        controller.disconnect(bridge);

        Awaitility.await().atMost(PATIENCE).until(core.features::isEmpty);
    }

    private void perform(MeterOperation.Type type, Meter... meters) {
        for (Meter meter : meters) {
            assertThat(sessions.execute(DEVICE, same -> same.perform(List.of(new MeterOperation(meter, type)))))
                    .isTrue();
        }
    }

    private List<Meter> last() {
        return core.reports.get(core.reports.size() - 1);
    }

    private Meter found(long id) {
        return last().stream().filter(meter -> meter.meterCellId().equals(MeterId.meterId(id))).findFirst()
                .orElseThrow();
    }

    private static void assertSame(Meter found, Meter wanted) {
        assertThat(found.unit()).isEqualTo(wanted.unit());
        assertThat(found.isBurst()).isEqualTo(wanted.isBurst());
        assertThat(found.bands()).usingRecursiveFieldByFieldElementComparatorIgnoringFields("packets", "bytes")
                .containsExactlyElementsOf(wanted.bands());
    }

    private static Meter meter(long id, Meter.Unit unit, Band band) {
        return DefaultMeter.builder().forDevice(DEVICE).withCellId(MeterId.meterId(id)).withUnit(unit)
                .fromApp(new DefaultApplicationId(1, "test")).withBands(List.of(band)).build();
    }

    private static Band band(long rate) {
        return DefaultBand.builder().ofType(Band.Type.DROP).withRate(rate).build();
    }
}
