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

import java.util.Objects;
import java.util.Optional;
import org.onosproject.net.meter.DefaultMeter;
import org.onosproject.net.meter.Meter;
import org.onosproject.net.meter.MeterFailReason;
import org.onosproject.net.meter.MeterState;

/**
 * What the store keeps of a meter: the meter, and why the last operation on it failed.
 *
 * <p>Immutable, although {@link DefaultMeter} is not: meters are copied on the way in and on the way out.
 */
final class MeterRecord {

    private final DefaultMeter meter;
    // Not Optional: this is the form that is written to the other nodes and to the disk.
    private final MeterFailReason failure;

    private MeterRecord(DefaultMeter meter, MeterFailReason failure) {
        this.meter = meter;
        this.failure = failure;
    }

    /**
     * A record of a meter as it is, with no failure.
     *
     * @param meter the meter
     * @return its record
     */
    static MeterRecord of(Meter meter) {
        return new MeterRecord(copyOf(meter), null);
    }

    /**
     * The meter.
     *
     * @return a copy of it
     */
    Meter meter() {
        return copyOf(meter);
    }

    /**
     * The state of the meter.
     *
     * @return its state
     */
    MeterState state() {
        return meter.state();
    }

    /**
     * Why the last operation failed.
     *
     * @return the reason, or nothing when it did not fail or is not done yet
     */
    Optional<MeterFailReason> failure() {
        return Optional.ofNullable(failure);
    }

    /**
     * The same meter in another state, with no failure.
     *
     * @param state the state
     * @return the record
     */
    MeterRecord withState(MeterState state) {
        DefaultMeter changed = copyOf(meter);
        changed.setState(state);
        return new MeterRecord(changed, null);
    }

    /**
     * The same meter in the same state, with a failure.
     *
     * @param reason why an operation on it failed
     * @return the record
     */
    MeterRecord withFailure(MeterFailReason reason) {
        return new MeterRecord(meter, reason);
    }

    /**
     * The same meter with what the device reported of it. A meter that waits to be added takes the reported state; one
     * that waits to be removed keeps waiting, however long the device still reports it.
     *
     * @param reported the meter as the device reported it
     * @return the record, with no failure
     */
    MeterRecord withReport(Meter reported) {
        DefaultMeter changed = copyOf(meter);
        if (meter.state() == MeterState.PENDING_ADD) {
            changed.setState(reported.state());
        }
        setStatistics(changed, reported);
        return new MeterRecord(changed, null);
    }

    private static DefaultMeter copyOf(Meter meter) {
        DefaultMeter.Builder builder = DefaultMeter.builder().withAnnotations(meter.annotations());
        if (meter.isBurst()) {
            builder.burst();
        }
        DefaultMeter copy = (DefaultMeter) builder
                .forDevice(meter.deviceId())
                .withCellId(meter.meterCellId())
                .fromApp(meter.appId())
                .withUnit(meter.unit())
                .withBands(meter.bands())
                .build();
        copy.setState(meter.state());
        setStatistics(copy, meter);
        return copy;
    }

    private static void setStatistics(DefaultMeter target, Meter source) {
        target.setLife(source.life());
        target.setReferenceCount(source.referenceCount());
        target.setProcessedPackets(source.packetsSeen());
        target.setProcessedBytes(source.bytesSeen());
    }

    // Two meters are equal by what was asked for; two records also by what became of it, or maps would skip updates.
    @Override
    public boolean equals(Object other) {
        if (!(other instanceof MeterRecord)) {
            return false;
        }
        MeterRecord that = (MeterRecord) other;
        return meter.equals(that.meter)
                && meter.state() == that.meter.state()
                && meter.life() == that.meter.life()
                && meter.referenceCount() == that.meter.referenceCount()
                && meter.packetsSeen() == that.meter.packetsSeen()
                && meter.bytesSeen() == that.meter.bytesSeen()
                && meter.isBurst() == that.meter.isBurst()
                && meter.bands().equals(that.meter.bands())
                && failure == that.failure;
    }

    @Override
    public int hashCode() {
        return Objects.hash(meter, meter.state(), failure);
    }

    @Override
    public String toString() {
        return failure == null ? meter.toString() : meter + " failed: " + failure;
    }
}
