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

import org.onosproject.core.ApplicationId;
import org.onosproject.net.DefaultAnnotations;
import org.onosproject.net.DeviceId;
import org.onosproject.net.PortNumber;
import org.onosproject.net.meter.Band;
import org.onosproject.net.meter.DefaultBand;
import org.onosproject.net.meter.DefaultMeterRequest;
import org.onosproject.net.meter.Meter;
import org.onosproject.net.meter.MeterContext;
import org.onosproject.net.meter.MeterFailReason;
import org.onosproject.net.meter.MeterId;
import org.onosproject.net.meter.MeterRequest;
import org.onosproject.net.meter.MeterService;
import org.onosproject.net.meter.MeterState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The meters through which signalling reaches the controller: one for each edge port, so that a port that floods takes
 * nothing from the others. ONOS keeps them, with the port beside each, so they are found again after a restart; and it
 * gives them back to a switch that has lost them.
 * <p>
 * Used on one thread; the meter service answers on others.
 */
final class PortMeters {

    private static final Logger log = LoggerFactory.getLogger(PortMeters.class);
    private static final String PORT = "roundtripPort";

    private final ApplicationId application;
    private final MeterService meters;
    private final Map<DeviceId, String> refusals = new ConcurrentHashMap<>();

    PortMeters(ApplicationId application, MeterService meters) {
        this.application = application;
        this.meters = meters;
    }

    /**
     * Makes sure that each port has a meter of its own with the rate, and that there are no others.
     *
     * @param device the switch
     * @param ports  the ports
     * @param rate   packets a second
     * @return the meters that the switch has confirmed, by port; the others follow, or are missing because the switch
     *         has no meters, or no more of them
     */
    Map<PortNumber, MeterId> keep(DeviceId device, Set<PortNumber> ports, int rate) {
        Map<PortNumber, MeterId> confirmed = new HashMap<>();
        Map<PortNumber, Meter> present = new HashMap<>();
        for (Meter meter : own(device)) {
            Optional<PortNumber> port = port(meter).filter(ports::contains).filter(known -> hasRate(meter, rate));
            if (port.isEmpty() || present.putIfAbsent(port.get(), meter) != null) {
                meters.withdraw(request(device).remove(), (MeterId) meter.meterCellId());
            } else if (meter.state() == MeterState.ADDED) {
                confirmed.put(port.get(), (MeterId) meter.meterCellId());
            }
        }
        ports.stream().filter(port -> !present.containsKey(port)).forEach(port -> add(device, port, rate));
        return confirmed;
    }

    private void add(DeviceId device, PortNumber port, int rate) {
        Band band = DefaultBand.builder().ofType(Band.Type.DROP).withRate(rate).build();
        try {
            meters.submit(request(device).withUnit(Meter.Unit.PKTS_PER_SEC).withBands(List.of(band))
                                  .withAnnotations(DefaultAnnotations.builder().set(PORT, port.toString()).build())
                                  .withContext(new Answer(device)).add());
        } catch (RuntimeException noId) {
            // ONOS has no id to give: the switch has not said that it has meters, or they are all taken.
            refuse(device, "it has none left, or none at all");
        }
    }

    private MeterRequest.Builder request(DeviceId device) {
        return DefaultMeterRequest.builder().forDevice(device).fromApp(application);
    }

    private List<Meter> own(DeviceId device) {
        List<Meter> own = new ArrayList<>();
        meters.getMeters(device).stream()
                .filter(meter -> meter.appId().equals(application) && meter.meterCellId() instanceof MeterId
                        && (meter.state() == MeterState.ADDED || meter.state() == MeterState.PENDING_ADD))
                .sorted(Comparator.comparing(meter -> ((MeterId) meter.meterCellId()).id()))
                .forEach(own::add);
        return own;
    }

    private static Optional<PortNumber> port(Meter meter) {
        return Optional.ofNullable(meter.annotations().value(PORT)).map(PortNumber::fromString);
    }

    private static boolean hasRate(Meter meter, int rate) {
        return meter.bands().stream().allMatch(band -> band.rate() == rate);
    }

    /**
     * Returns why a switch has refused a meter.
     *
     * @param device the switch
     * @return the reason in words, or empty if it has refused none
     */
    Optional<String> refusal(DeviceId device) {
        return Optional.ofNullable(refusals.get(device));
    }

    private void refuse(DeviceId device, String reason) {
        if (refusals.put(device, reason) == null) {
            log.warn("{} gives no meters ({}): PTP signalling that comes in there is dropped, because it could flood "
                             + "the controller, so clients there can't negotiate", device, reason);
        }
    }

    private final class Answer implements MeterContext {

        private final DeviceId device;

        private Answer(DeviceId device) {
            this.device = device;
        }

        @Override
        public void onSuccess(MeterRequest request) {
            if (refusals.remove(device) != null) {
                log.info("{} gives meters now", device);
            }
        }

        @Override
        public void onError(MeterRequest request, MeterFailReason reason) {
            refuse(device, reason.toString());
        }
    }
}
