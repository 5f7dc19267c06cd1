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

package org.roundtrip.distribution.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.behaviour.MeterQuery;
import org.onosproject.net.driver.DriverHandler;
import org.onosproject.net.driver.DriverService;
import org.onosproject.net.meter.Band;
import org.onosproject.net.meter.DefaultBand;
import org.onosproject.net.meter.DefaultMeter;
import org.onosproject.net.meter.DefaultMeterFeatures;
import org.onosproject.net.meter.Meter;
import org.onosproject.net.meter.MeterCellId;
import org.onosproject.net.meter.MeterEvent;
import org.onosproject.net.meter.MeterFailReason;
import org.onosproject.net.meter.MeterFeatures;
import org.onosproject.net.meter.MeterId;
import org.onosproject.net.meter.MeterKey;
import org.onosproject.net.meter.MeterOperation;
import org.onosproject.net.meter.MeterScope;
import org.onosproject.net.meter.MeterState;
import org.onosproject.net.meter.MeterStoreResult;
import org.onosproject.net.pi.runtime.PiMeterCellId;
import org.onosproject.store.service.TestStorageService;

class ReplicatedMeterStoreTest {

    private static final DeviceId SWITCH = DeviceId.deviceId("of:0000000000000001");
    private static final DeviceId OTHER_SWITCH = DeviceId.deviceId("of:0000000000000002");
    private static final ApplicationId APP = new DefaultApplicationId(1, "org.roundtrip.one");
    private static final ApplicationId OTHER_APP = new DefaultApplicationId(2, "org.roundtrip.two");
    private static final MeterScope GLOBAL = MeterScope.globalScope();

    private final List<MeterEvent.Type> events = new CopyOnWriteArrayList<>();
    private final DriverService drivers = mock(DriverService.class);
    private final ReplicatedMeterStore store = new ReplicatedMeterStore();

    @BeforeEach
    void start() {
        store.storageService = new TestStorageService();
        store.driverService = drivers;
        store.activate();
        store.setDelegate(event -> events.add(event.type()));
    }

    @AfterEach
    void stop() {
        store.deactivate();
    }

    @Test
    void addsAMeterWhenTheDeviceReportsIt() {
        CompletableFuture<MeterStoreResult> result = store.addOrUpdateMeter(meter(SWITCH, 1, APP));

        await().until(() -> events.contains(MeterEvent.Type.METER_ADD_REQ));
        assertThat(result).isNotDone();

        store.updateMeterState(reported(SWITCH, 1, 42));

        await().until(result::isDone);
        assertThat(result.join().type()).isEqualTo(MeterStoreResult.Type.SUCCESS);
        await().until(() -> events.contains(MeterEvent.Type.METER_ADDED));
        assertThat(stored(SWITCH, 1).state()).isEqualTo(MeterState.ADDED);
        assertThat(stored(SWITCH, 1).packetsSeen()).isEqualTo(42);
    }

    @Test
    void completesWithTheReasonWhenTheDeviceRefuses() {
        Meter meter = meter(SWITCH, 1, APP);
        CompletableFuture<MeterStoreResult> result = store.addOrUpdateMeter(meter);

        store.failedMeter(new MeterOperation(meter, MeterOperation.Type.ADD), MeterFailReason.BAD_RATE);

        await().until(result::isDone);
        assertThat(result.join().reason()).contains(MeterFailReason.BAD_RATE);
        assertThat(stored(SWITCH, 1).state()).isEqualTo(MeterState.PENDING_ADD);
    }

    @Test
    void removesAMeterWhenItIsPurged() {
        added(SWITCH, 1, APP);
        CompletableFuture<MeterStoreResult> result = store.deleteMeter(withState(meter(SWITCH, 1, APP),
                MeterState.PENDING_REMOVE));

        await().until(() -> events.contains(MeterEvent.Type.METER_REM_REQ));
        assertThat(result).isNotDone();
        assertThat(stored(SWITCH, 1).state()).isEqualTo(MeterState.PENDING_REMOVE);

        store.purgeMeter(stored(SWITCH, 1));

        await().until(result::isDone);
        assertThat(result.join().type()).isEqualTo(MeterStoreResult.Type.SUCCESS);
        await().until(() -> events.contains(MeterEvent.Type.METER_REMOVED));
        assertThat(stored(SWITCH, 1)).isNull();
    }

    @Test
    void asksAgainForARemovalThatTheDeviceDidNotSee() {
        added(SWITCH, 1, APP);
        store.deleteMeter(withState(meter(SWITCH, 1, APP), MeterState.PENDING_REMOVE));
        await().until(() -> events.contains(MeterEvent.Type.METER_REM_REQ));
        events.clear();

        store.updateMeterState(reported(SWITCH, 1, 5));

        await().until(() -> events.contains(MeterEvent.Type.METER_REM_REQ));
        assertThat(stored(SWITCH, 1).state()).isEqualTo(MeterState.PENDING_REMOVE);
    }

    @Test
    void removesAtOnceWhatItDoesNotHave() {
        assertThat(store.deleteMeter(meter(SWITCH, 9, APP)).join().type()).isEqualTo(MeterStoreResult.Type.SUCCESS);
    }

    @Test
    void completesAnOperationThatALaterOneReplaces() {
        CompletableFuture<MeterStoreResult> add = store.addOrUpdateMeter(meter(SWITCH, 1, APP));

        store.deleteMeter(withState(meter(SWITCH, 1, APP), MeterState.PENDING_REMOVE));

        assertThat(add.join().reason()).contains(MeterFailReason.UNKNOWN);
    }

    @Test
    void completesOpenOperationsWhenItStops() {
        CompletableFuture<MeterStoreResult> add = store.addOrUpdateMeter(meter(SWITCH, 1, APP));

        store.deactivate();

        assertThat(add.join().reason()).contains(MeterFailReason.UNKNOWN);
        store.activate();
    }

    @Test
    void ignoresAReportOfAMeterItDoesNotHave() {
        assertThat(store.updateMeterState(reported(SWITCH, 1, 1))).isNull();
        assertThat(store.getAllMeters()).isEmpty();
    }

    @Test
    void tellsOfAMeterThatNoRuleUses() {
        added(SWITCH, 1, APP);

        store.updateMeterState(reported(SWITCH, 1, 7));

        await().until(() -> events.contains(MeterEvent.Type.METER_REFERENCE_COUNT_ZERO));
    }

    @Test
    void givesIdsFromWhatTheDeviceHasUntilThereAreNone() {
        store.storeMeterFeatures(features(SWITCH, 1, 2));

        assertThat(store.allocateMeterId(SWITCH, GLOBAL)).isEqualTo(MeterId.meterId(1));
        assertThat(store.allocateMeterId(SWITCH, GLOBAL)).isEqualTo(MeterId.meterId(2));
        assertThat(store.allocateMeterId(SWITCH, GLOBAL)).isNull();
    }

    @Test
    void countsTheIdsOfEachDeviceAndScopeForItself() {
        MeterScope table = MeterScope.of("ingress.meters");
        store.storeMeterFeatures(List.of(features(SWITCH, 1, 9), features(OTHER_SWITCH, 1, 9),
                DefaultMeterFeatures.builder().forDevice(SWITCH).withScope(table)
                        .withStartIndex(0).withEndIndex(9).withMaxMeters(10).build()));

        assertThat(store.allocateMeterId(SWITCH, GLOBAL)).isEqualTo(MeterId.meterId(1));
        assertThat(store.allocateMeterId(OTHER_SWITCH, GLOBAL)).isEqualTo(MeterId.meterId(1));
        MeterCellId cell = store.allocateMeterId(SWITCH, table);
        assertThat(((PiMeterCellId) cell).index()).isZero();
    }

    @Test
    void usesTheIdOfAPurgedMeterAgain() {
        store.storeMeterFeatures(features(SWITCH, 1, 1));
        MeterCellId id = store.allocateMeterId(SWITCH, GLOBAL);
        added(SWITCH, ((MeterId) id).id(), APP);
        assertThat(store.allocateMeterId(SWITCH, GLOBAL)).isNull();

        store.purgeMeter(stored(SWITCH, 1));

        assertThat(store.allocateMeterId(SWITCH, GLOBAL)).isEqualTo(id);
    }

    @Test
    @SuppressWarnings("deprecation")
    void keepsTheIdOfAMeterThatIsThere() {
        store.storeMeterFeatures(features(SWITCH, 1, 1));
        store.allocateMeterId(SWITCH, GLOBAL);
        added(SWITCH, 1, APP);

        store.freeMeterId(SWITCH, MeterId.meterId(1));
        assertThat(store.allocateMeterId(SWITCH, GLOBAL)).isNull();
    }

    @Test
    @SuppressWarnings("deprecation")
    void takesBackAnIdThatWasNotUsed() {
        store.storeMeterFeatures(features(SWITCH, 1, 1));
        store.allocateMeterId(SWITCH, GLOBAL);

        store.freeMeterId(SWITCH, MeterId.meterId(1));

        assertThat(store.allocateMeterId(SWITCH, GLOBAL)).isEqualTo(MeterId.meterId(1));
    }

    @Test
    void asksTheDriverOfADeviceThatDoesNotReportItsMeters() {
        DriverHandler handler = mock(DriverHandler.class);
        MeterQuery query = mock(MeterQuery.class);
        when(drivers.createHandler(SWITCH)).thenReturn(handler);
        when(handler.hasBehaviour(MeterQuery.class)).thenReturn(true);
        when(handler.behaviour(MeterQuery.class)).thenReturn(query);
        when(query.getMaxMeters()).thenReturn(1L);

        assertThat(store.allocateMeterId(SWITCH, GLOBAL)).isEqualTo(MeterId.meterId(1));
        assertThat(store.allocateMeterId(SWITCH, GLOBAL)).isNull();
    }

    @Test
    void givesNoIdOnADeviceWithoutMeters() {
        assertThat(store.allocateMeterId(SWITCH, GLOBAL)).isNull();
    }

    @Test
    void refusesAMeterThatTheDeviceDoesNotHave() {
        store.storeMeterFeatures(features(SWITCH, 1, 4));

        assertThatIllegalArgumentException().isThrownBy(() -> store.addOrUpdateMeter(meter(SWITCH, 5, APP)))
                .withMessageContaining("5").withMessageContaining("1 to 4");
        assertThat(store.getAllMeters()).isEmpty();
    }

    @Test
    void forgetsWhatADeviceHad() {
        store.storeMeterFeatures(features(SWITCH, 1, 4));

        store.deleteMeterFeatures(SWITCH);

        assertThat(store.allocateMeterId(SWITCH, GLOBAL)).isNull();
    }

    @Test
    void purgesTheMetersOfOneApplicationInOneDevice() {
        added(SWITCH, 1, APP);
        added(SWITCH, 2, OTHER_APP);
        added(OTHER_SWITCH, 1, APP);

        store.purgeMeters(SWITCH, APP);

        assertThat(store.getAllMeters()).extracting(Meter::deviceId, Meter::appId).containsExactlyInAnyOrder(
                tuple(SWITCH, OTHER_APP),
                tuple(OTHER_SWITCH, APP));
    }

    @Test
    void purgesTheMetersOfADevice() {
        added(SWITCH, 1, APP);
        added(OTHER_SWITCH, 1, APP);

        store.purgeMeters(SWITCH);

        assertThat(store.getAllMeters(SWITCH)).isEmpty();
        assertThat(store.getAllMeters(OTHER_SWITCH)).hasSize(1);
        assertThat(store.getAllMeters(OTHER_SWITCH, GLOBAL)).hasSize(1);
        assertThat(store.getAllMeters(OTHER_SWITCH, MeterScope.of("other"))).isEmpty();
    }

    @Test
    void switchesToUserDefinedIdsOnlyBeforeAnyIsUsed() {
        store.storeMeterFeatures(features(SWITCH, 1, 4));
        assertThat(store.userDefinedIndexMode(true)).isTrue();
        assertThat(store.allocateMeterId(SWITCH, GLOBAL)).isNull();
        assertThat(store.userDefinedIndexMode(false)).isFalse();

        store.allocateMeterId(SWITCH, GLOBAL);

        assertThat(store.userDefinedIndexMode(true)).isFalse();
    }

    @Test
    void handsOutCopiesThatDoNotReachTheStore() {
        added(SWITCH, 1, APP);

        ((DefaultMeter) stored(SWITCH, 1)).setState(MeterState.PENDING_REMOVE);

        assertThat(stored(SWITCH, 1).state()).isEqualTo(MeterState.ADDED);
    }

    private void added(DeviceId device, long id, ApplicationId app) {
        CompletableFuture<MeterStoreResult> result = store.addOrUpdateMeter(meter(device, id, app));
        store.updateMeterState(reported(device, id, 1));
        await().until(result::isDone);
    }

    private Meter stored(DeviceId device, long id) {
        return store.getMeter(MeterKey.key(device, MeterId.meterId(id)));
    }

    private static Meter meter(DeviceId device, long id, ApplicationId app) {
        return withState((DefaultMeter) DefaultMeter.builder().forDevice(device).withCellId(MeterId.meterId(id))
                .fromApp(app).withUnit(Meter.Unit.KB_PER_SEC).withBands(List.of(band())).build(),
                MeterState.PENDING_ADD);
    }

    private static Meter withState(Meter meter, MeterState state) {
        ((DefaultMeter) meter).setState(state);
        return meter;
    }

    private static Meter reported(DeviceId device, long id, long packets) {
        DefaultMeter meter = (DefaultMeter) meter(device, id, null);
        meter.setState(MeterState.ADDED);
        meter.setProcessedPackets(packets);
        return meter;
    }

    private static Band band() {
        return DefaultBand.builder().ofType(Band.Type.DROP).withRate(500).build();
    }

    private static MeterFeatures features(DeviceId device, long first, long last) {
        return DefaultMeterFeatures.builder().forDevice(device)
                .withStartIndex(first).withEndIndex(last).withMaxMeters(last - first + 1).build();
    }
}
