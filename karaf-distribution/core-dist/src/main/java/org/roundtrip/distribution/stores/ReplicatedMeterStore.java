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

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.concurrent.Executors.newSingleThreadExecutor;
import static java.util.stream.Collectors.toUnmodifiableList;
import static org.onlab.util.Tools.groupedThreads;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.onlab.util.KryoNamespace;
import org.onosproject.core.ApplicationId;
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
import org.onosproject.net.meter.MeterFeaturesFlag;
import org.onosproject.net.meter.MeterId;
import org.onosproject.net.meter.MeterKey;
import org.onosproject.net.meter.MeterOperation;
import org.onosproject.net.meter.MeterScope;
import org.onosproject.net.meter.MeterState;
import org.onosproject.net.meter.MeterStore;
import org.onosproject.net.meter.MeterStoreDelegate;
import org.onosproject.net.meter.MeterStoreResult;
import org.onosproject.net.meter.MeterTableKey;
import org.onosproject.net.pi.model.PiMeterId;
import org.onosproject.net.pi.runtime.PiMeterCellId;
import org.onosproject.store.AbstractStore;
import org.onosproject.store.serializers.KryoNamespaces;
import org.onosproject.store.service.ConsistentMap;
import org.onosproject.store.service.EventuallyConsistentMap;
import org.onosproject.store.service.MapEvent;
import org.onosproject.store.service.MapEventListener;
import org.onosproject.store.service.Serializer;
import org.onosproject.store.service.StorageException;
import org.onosproject.store.service.StorageService;
import org.onosproject.store.service.Versioned;
import org.onosproject.store.service.WallClockTimestamp;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The meter store for ONOS 2.5, whose {@code MeterStore} has little in common with that of ONOS 2.4.
 *
 * <p>Meters and the ids that are taken live in consistent maps, so all nodes agree on them and they survive restarts.
 * What a device says of its meter tables is volatile: each device says it again when it connects.
 *
 * <p>An operation is done when the device reports its effect. Until then its future is open; it completes
 * <ul>
 *   <li>with success when a meter is reported as added, or is purged after its removal;
 *   <li>with the reason when the device refuses; the meter keeps its state, and is tried again at the next report that
 *       lacks it;
 *   <li>with {@link MeterFailReason#UNKNOWN} when a later operation on the same meter takes its place, or this node
 *       stops;
 *   <li>exceptionally, with a {@link StorageException}, when the map can't be written.
 * </ul>
 *
 * <p>Thread-safe. The delegate and whoever waits for a future are called from one thread of this store.
 */
public class ReplicatedMeterStore extends AbstractStore<MeterEvent, MeterStoreDelegate> implements MeterStore {

    // OpenFlow 1.3.5, 5.7: meter ids start at 1. Only for devices that say no more than how many meters they have.
    private static final long FIRST_OPENFLOW_METER = 1;

    private static final KryoNamespace.Builder TYPES = KryoNamespace.newBuilder()
            .register(KryoNamespaces.API)
            .nextId(KryoNamespaces.BEGIN_USER_CUSTOM_ID)
            .register(MeterKey.class, MeterTableKey.class, MeterScope.class, MeterIds.class, MeterRecord.class)
            .register(DefaultMeter.class, DefaultBand.class, Band.Type.class, Meter.Unit.class)
            .register(MeterState.class, MeterFailReason.class)
            .register(DefaultMeterFeatures.class, MeterFeaturesFlag.class);

    private final Logger log = LoggerFactory.getLogger(getClass());

    /** Where the maps come from. Set by the component runtime. */
    protected StorageService storageService;

    /** Knows how many meters a device has that does not report it. Set by the component runtime. */
    protected DriverService driverService;

    private final Map<MeterKey, CompletableFuture<MeterStoreResult>> open = new ConcurrentHashMap<>();
    // Hands over at once: the thread that brings the event is one of the map's own.
    private final MapEventListener<MeterKey, MeterRecord> listener = event -> this.events.execute(() -> changed(event));

    private ConsistentMap<MeterKey, MeterRecord> meters;
    private ConsistentMap<MeterTableKey, MeterIds> ids;
    private EventuallyConsistentMap<MeterTableKey, MeterFeatures> features;
    private ExecutorService events;
    private volatile boolean userDefinedIndex;

    /** Opens the maps. */
    protected void activate() {
        Serializer serializer = Serializer.using(TYPES.build("roundtrip-meters"));
        events = newSingleThreadExecutor(groupedThreads("onos/meter", "store", log));
        meters = storageService.<MeterKey, MeterRecord>consistentMapBuilder()
                .withName("roundtrip-meters")
                .withSerializer(serializer)
                .build();
        ids = storageService.<MeterTableKey, MeterIds>consistentMapBuilder()
                .withName("roundtrip-meter-ids")
                .withSerializer(serializer)
                .build();
        features = storageService.<MeterTableKey, MeterFeatures>eventuallyConsistentMapBuilder()
                .withName("roundtrip-meter-features")
                .withSerializer(TYPES)
                .withTimestampProvider((table, value) -> new WallClockTimestamp())
                .build();
        meters.addListener(listener);
        log.info("Started");
    }

    /** Closes what {@link #activate} opened, and completes the operations that are still open. */
    protected void deactivate() {
        meters.removeListener(listener);
        features.destroy();
        events.shutdown();
        open.keySet().forEach(meter -> complete(meter, MeterStoreResult.fail(MeterFailReason.UNKNOWN)));
        log.info("Stopped");
    }

    @Override
    public CompletableFuture<MeterStoreResult> addOrUpdateMeter(Meter meter) {
        checkIndex(meter);
        MeterKey key = keyOf(meter);
        CompletableFuture<MeterStoreResult> result = begin(key);
        try {
            meters.put(key, MeterRecord.of(meter));
        } catch (StorageException e) {
            abort(key, result, e);
        }
        return result;
    }

    @Override
    public CompletableFuture<MeterStoreResult> deleteMeter(Meter meter) {
        MeterKey key = keyOf(meter);
        CompletableFuture<MeterStoreResult> result = begin(key);
        try {
            Versioned<MeterRecord> stored =
                    meters.computeIfPresent(key, (k, record) -> record.withState(MeterState.PENDING_REMOVE));
            if (stored == null) {
                complete(key, MeterStoreResult.success());
            }
        } catch (StorageException e) {
            abort(key, result, e);
        }
        return result;
    }

    @Override
    public Meter updateMeterState(Meter reported) {
        Versioned<MeterRecord> stored =
                meters.computeIfPresent(keyOf(reported), (k, record) -> record.withReport(reported));
        return stored == null ? null : stored.value().meter();
    }

    @Override
    public void failedMeter(MeterOperation operation, MeterFailReason reason) {
        meters.computeIfPresent(keyOf(operation.meter()), (k, record) -> record.withFailure(reason));
    }

    @Override
    public Meter getMeter(MeterKey key) {
        Versioned<MeterRecord> stored = meters.get(key);
        return stored == null ? null : stored.value().meter();
    }

    @Override
    public Collection<Meter> getAllMeters() {
        return metersThat(meter -> true);
    }

    @Override
    public Collection<Meter> getAllMeters(DeviceId deviceId) {
        return metersThat(meter -> meter.deviceId().equals(deviceId));
    }

    @Override
    public Collection<Meter> getAllMeters(DeviceId deviceId, MeterScope scope) {
        return metersThat(meter -> meter.deviceId().equals(deviceId) && scopeOf(meter.meterCellId()).equals(scope));
    }

    @Override
    public void purgeMeter(Meter meter) {
        if (meters.remove(keyOf(meter)) != null) {
            free(meter.deviceId(), meter.meterCellId());
        }
    }

    @Override
    public void purgeMeters(DeviceId deviceId) {
        getAllMeters(deviceId).forEach(this::purgeMeter);
    }

    @Override
    public void purgeMeters(DeviceId deviceId, ApplicationId appId) {
        metersThat(meter -> meter.deviceId().equals(deviceId) && appId.equals(meter.appId())).forEach(this::purgeMeter);
    }

    @Override
    public MeterCellId allocateMeterId(DeviceId deviceId, MeterScope scope) {
        if (userDefinedIndex) {
            log.warn("No meter id for {}: in user defined index mode the application names it", deviceId);
            return null;
        }
        MeterTableKey table = MeterTableKey.key(deviceId, scope);
        OptionalLong id = featuresOf(table)
                .map(known -> take(table, known.startIndex(), known.endIndex()))
                .orElseGet(() -> take(table, FIRST_OPENFLOW_METER, meterCountByDriver(deviceId)));
        return id.isPresent() ? cellId(scope, id.getAsLong()) : null;
    }

    /**
     * {@inheritDoc}
     *
     * <p>The id of a meter that is in the store is not free, and stays taken.
     */
    @Deprecated
    @Override
    public void freeMeterId(DeviceId deviceId, MeterId meterId) {
        if (!meters.containsKey(MeterKey.key(deviceId, meterId))) {
            free(deviceId, meterId);
        }
    }

    @Override
    public MeterStoreResult storeMeterFeatures(MeterFeatures meterFeatures) {
        features.put(MeterTableKey.key(meterFeatures.deviceId(), meterFeatures.scope()), meterFeatures);
        return MeterStoreResult.success();
    }

    @Override
    public MeterStoreResult storeMeterFeatures(Collection<MeterFeatures> meterFeatures) {
        meterFeatures.forEach(this::storeMeterFeatures);
        return MeterStoreResult.success();
    }

    @Override
    public MeterStoreResult deleteMeterFeatures(DeviceId deviceId) {
        features.keySet().stream()
                .filter(table -> table.deviceId().equals(deviceId))
                .collect(toUnmodifiableList())
                .forEach(features::remove);
        return MeterStoreResult.success();
    }

    @Override
    public MeterStoreResult deleteMeterFeatures(Collection<MeterFeatures> meterFeatures) {
        meterFeatures.forEach(known -> features.remove(MeterTableKey.key(known.deviceId(), known.scope())));
        return MeterStoreResult.success();
    }

    @Override
    public boolean userDefinedIndexMode(boolean enable) {
        if (enable != userDefinedIndex) {
            if (meters.isEmpty() && ids.values().stream().map(Versioned::value).allMatch(MeterIds::isEmpty)) {
                userDefinedIndex = enable;
            } else {
                log.warn("User defined index mode stays {}: there are meters or ids from before; remove them first",
                        userDefinedIndex ? "on" : "off");
            }
        }
        return userDefinedIndex;
    }

    private List<Meter> metersThat(Predicate<Meter> condition) {
        List<Meter> found = new ArrayList<>();
        meters.values().forEach(stored -> {
            Meter meter = stored.value().meter();
            if (condition.test(meter)) {
                found.add(meter);
            }
        });
        return List.copyOf(found);
    }

    private OptionalLong take(MeterTableKey table, long first, long last) {
        AtomicReference<OptionalLong> id = new AtomicReference<>(OptionalLong.empty());
        // May run again when another node was faster; the last run is the one that counts.
        ids.compute(table, (k, stored) -> {
            MeterIds taken = stored == null ? MeterIds.NONE : stored;
            id.set(taken.lowestFree(first, last));
            return id.get().isPresent() ? taken.with(id.get().getAsLong()) : taken;
        });
        return id.get();
    }

    private void free(DeviceId deviceId, MeterCellId cell) {
        ids.computeIfPresent(MeterTableKey.key(deviceId, scopeOf(cell)), (k, taken) -> taken.without(indexOf(cell)));
    }

    private Optional<MeterFeatures> featuresOf(MeterTableKey table) {
        return Optional.ofNullable(features.get(table));
    }

    private long meterCountByDriver(DeviceId deviceId) {
        DriverHandler handler = driverService.createHandler(deviceId);
        return handler != null && handler.hasBehaviour(MeterQuery.class)
                ? handler.behaviour(MeterQuery.class).getMaxMeters()
                : 0;
    }

    private void checkIndex(Meter meter) {
        MeterCellId cell = meter.meterCellId();
        featuresOf(MeterTableKey.key(meter.deviceId(), scopeOf(cell))).ifPresent(known ->
                checkArgument(indexOf(cell) >= known.startIndex() && indexOf(cell) <= known.endIndex(),
                        "Meter %s is not one that %s has; use %s to %s",
                        indexOf(cell), meter.deviceId(), known.startIndex(), known.endIndex()));
    }

    private CompletableFuture<MeterStoreResult> begin(MeterKey key) {
        CompletableFuture<MeterStoreResult> result = new CompletableFuture<>();
        CompletableFuture<MeterStoreResult> replaced = open.put(key, result);
        if (replaced != null) {
            replaced.complete(MeterStoreResult.fail(MeterFailReason.UNKNOWN));
        }
        return result;
    }

    private void abort(MeterKey key, CompletableFuture<MeterStoreResult> result, StorageException cause) {
        open.remove(key, result);
        result.completeExceptionally(cause);
    }

    private void complete(MeterKey key, MeterStoreResult outcome) {
        CompletableFuture<MeterStoreResult> result = open.remove(key);
        if (result != null) {
            result.complete(outcome);
        }
    }

    private void changed(MapEvent<MeterKey, MeterRecord> event) {
        if (event.type() == MapEvent.Type.REMOVE) {
            complete(event.key(), MeterStoreResult.success());
            notifyDelegate(new MeterEvent(MeterEvent.Type.METER_REMOVED, event.oldValue().value().meter()));
        } else {
            stored(event.key(), Optional.ofNullable(Versioned.valueOrNull(event.oldValue())), event.newValue().value());
        }
    }

    private void stored(MeterKey key, Optional<MeterRecord> before, MeterRecord now) {
        if (now.failure().isPresent()) {
            complete(key, MeterStoreResult.fail(now.failure().get()));
        } else if (now.state() == MeterState.PENDING_ADD) {
            notifyDelegate(new MeterEvent(MeterEvent.Type.METER_ADD_REQ, now.meter()));
        } else if (now.state() == MeterState.PENDING_REMOVE) {
            // Also when the device reports it again: it did not get the first request, or refused it.
            notifyDelegate(new MeterEvent(MeterEvent.Type.METER_REM_REQ, now.meter()));
        } else if (now.state() == MeterState.ADDED) {
            added(key, before, now.meter());
        }
    }

    private void added(MeterKey key, Optional<MeterRecord> before, Meter meter) {
        if (before.map(MeterRecord::state).orElse(null) == MeterState.PENDING_ADD) {
            complete(key, MeterStoreResult.success());
            notifyDelegate(new MeterEvent(MeterEvent.Type.METER_ADDED, meter));
        } else if (meter.referenceCount() == 0 && meter.meterCellId().type() == MeterCellId.MeterCellType.INDEX) {
            notifyDelegate(new MeterEvent(MeterEvent.Type.METER_REFERENCE_COUNT_ZERO, meter));
        }
    }

    private static MeterKey keyOf(Meter meter) {
        return MeterKey.key(meter.deviceId(), meter.meterCellId());
    }

    private static MeterCellId cellId(MeterScope scope, long index) {
        return scope.isGlobal() ? MeterId.meterId(index) : PiMeterCellId.ofIndirect(PiMeterId.of(scope.id()), index);
    }

    private static MeterScope scopeOf(MeterCellId cell) {
        return cell instanceof PiMeterCellId
                ? MeterScope.of(((PiMeterCellId) cell).meterId().id())
                : MeterScope.globalScope();
    }

    private static long indexOf(MeterCellId cell) {
        return cell instanceof PiMeterCellId ? ((PiMeterCellId) cell).index() : ((MeterId) cell).id();
    }
}
