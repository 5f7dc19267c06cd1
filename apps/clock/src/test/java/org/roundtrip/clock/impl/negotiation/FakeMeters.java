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

import org.onosproject.net.DeviceId;
import org.onosproject.net.meter.DefaultMeter;
import org.onosproject.net.meter.Meter;
import org.onosproject.net.meter.MeterFailReason;
import org.onosproject.net.meter.MeterId;
import org.onosproject.net.meter.MeterRequest;
import org.onosproject.net.meter.MeterServiceAdapter;
import org.onosproject.net.meter.MeterState;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The meters of a test, which wait for their switch until they are {@linkplain #confirm confirmed}. */
final class FakeMeters extends MeterServiceAdapter {

    private final Map<Long, DefaultMeter> meters = new TreeMap<>();
    private final List<MeterRequest> requests = new ArrayList<>();
    private long next = 1;
    private boolean exhausted;

    void exhaust() {
        exhausted = true;
    }

    void confirm() {
        meters.values().forEach(meter -> meter.setState(MeterState.ADDED));
        requests.forEach(request -> request.context().ifPresent(context -> context.onSuccess(request)));
        requests.clear();
    }

    void refuse(MeterFailReason reason) {
        requests.forEach(request -> request.context().ifPresent(context -> context.onError(request, reason)));
        requests.clear();
    }

    List<Meter> all() {
        return new ArrayList<>(meters.values());
    }

    @Override
    public Meter submit(MeterRequest request) {
        if (exhausted) {
            throw new NullPointerException("Must provide meter id");
        }
        DefaultMeter meter = (DefaultMeter) DefaultMeter.builder().withAnnotations(request.annotations())
                .forDevice(request.deviceId()).fromApp(request.appId()).withUnit(request.unit())
                .withBands(request.bands()).withCellId(MeterId.meterId(next)).build();
        meter.setState(MeterState.PENDING_ADD);
        meters.put(next++, meter);
        requests.add(request);
        return meter;
    }

    @Override
    public void withdraw(MeterRequest request, MeterId meterId) {
        meters.remove(meterId.id());
    }

    @Override
    public Collection<Meter> getMeters(DeviceId deviceId) {
        return meters.values().stream().filter(meter -> meter.deviceId().equals(deviceId))
                .collect(Collectors.toList());
    }
}
