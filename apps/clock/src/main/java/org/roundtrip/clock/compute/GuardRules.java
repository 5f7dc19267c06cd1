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
package org.roundtrip.clock.compute;

import org.onlab.packet.IPv4;
import org.onlab.packet.IpAddress;
import org.onlab.packet.MacAddress;
import org.onlab.packet.TpPort;
import org.onosproject.core.ApplicationId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.DefaultTrafficSelector;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.TrafficSelector;
import org.roundtrip.base.flow.IpCriteria;
import org.roundtrip.base.flow.SwitchRules;
import org.roundtrip.clock.ClockEndpoint;
import org.roundtrip.clock.PtpDelivery;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rules that drop PTP which no tunnel has taken, whatever carries it: UDP over IPv4 or IPv6, or Ethernet. They
 * stand below the admission of te-paths and know nothing of them, so they also hold where a session has no te-path.
 * <p>
 * Of a strict session they drop, at the switches of both clocks, what one clock sends to the other and all that either
 * sends to a group. Clocks are told by their MAC addresses at whichever port they are, so that one that has just been
 * moved is held back too. What is known of a clock that is named by its port is that port: there, at any other place
 * nothing of it can be told.
 * <p>
 * A rule is the same whichever session needs it. So the rules come in sets under keys, one for each pair and one for
 * the multicast of each clock, and what several sessions say of one key belongs together.
 * <p>
 * Immutable and thread-safe.
 */
public final class GuardRules {

    private static final MacAddress GROUP_BIT = MacAddress.valueOf("01:00:00:00:00:00");
    private static final MacAddress NO_GROUP = MacAddress.ZERO;

    private static final List<Consumer<TrafficSelector.Builder>> FORMS = List.of(
            udp(IpAddress.Version.INET, PtpTraffic.EVENT_PORT), udp(IpAddress.Version.INET, PtpTraffic.GENERAL_PORT),
            udp(IpAddress.Version.INET6, PtpTraffic.EVENT_PORT), udp(IpAddress.Version.INET6, PtpTraffic.GENERAL_PORT),
            selector -> selector.matchEthType(PtpTraffic.ETHER_TYPE));

    private final ApplicationId application;

    /**
     * Creates a compiler.
     *
     * @param application whose rules they are
     */
    public GuardRules(ApplicationId application) {
        this.application = application;
    }

    private static Consumer<TrafficSelector.Builder> udp(IpAddress.Version version, int port) {
        return selector -> selector.add(IpCriteria.version(version))
                .matchIPProtocol(IPv4.PROTOCOL_UDP).matchUdpDst(TpPort.tpPort(port));
    }

    /**
     * Returns the rules that a session needs.
     *
     * @param session the session
     * @return the rules by their keys; none if it is not strict, or is being removed
     */
    public Map<String, Set<FlowRule>> of(ClockSessionRecord session) {
        if (!session.request().strict() || session.removing()) {
            return Map.of();
        }
        ClockEndpoint server = session.server();
        ClockEndpoint client = session.client();
        PtpDelivery delivery = session.request().delivery();
        Set<DeviceId> devices = new LinkedHashSet<>(List.of(server.connectPoint().deviceId()));
        devices.add(client.connectPoint().deviceId());
        Map<String, Set<FlowRule>> sets = new TreeMap<>();
        sets.put("guard/pair/" + Stream.of(name(server), name(client)).sorted().collect(Collectors.joining("/")),
                 Stream.concat(unicast(server, client, delivery, devices), unicast(client, server, delivery, devices))
                         .collect(Collectors.toCollection(LinkedHashSet::new)));
        for (ClockEndpoint clock : List.of(server, client)) {
            sets.put("guard/multicast/" + name(clock),
                     guards(clock, devices, selector -> selector.matchEthDstMasked(GROUP_BIT, GROUP_BIT))
                             .collect(Collectors.toCollection(LinkedHashSet::new)));
        }
        return sets;
    }

    private Stream<FlowRule> unicast(ClockEndpoint from, ClockEndpoint to, PtpDelivery delivery,
                                     Set<DeviceId> devices) {
        Optional<Consumer<TrafficSelector.Builder>> destination = to.mac().map(mac -> selector ->
                selector.matchEthDst(mac));
        if (destination.isEmpty() && delivery == PtpDelivery.UNICAST) {
            // The session takes all that the clock sends by unicast, see PtpTraffic.
            destination = Optional.of(selector -> selector.matchEthDstMasked(NO_GROUP, GROUP_BIT));
        }
        return destination.stream().flatMap(end -> guards(from, devices, end));
    }

    private Stream<FlowRule> guards(ClockEndpoint from, Set<DeviceId> devices,
                                    Consumer<TrafficSelector.Builder> destination) {
        return from.mac().map(mac -> devices.stream().flatMap(device -> drops(
                        device, destination.andThen(selector -> selector.matchEthSrc(mac)))))
                .orElseGet(() -> drops(
                        from.connectPoint().deviceId(),
                        destination.andThen(selector -> selector.matchInPort(from.connectPoint().port()))));
    }

    private Stream<FlowRule> drops(DeviceId device, Consumer<TrafficSelector.Builder> ends) {
        SwitchRules rules = new SwitchRules(application, device);
        return FORMS.stream().map(form -> {
            TrafficSelector.Builder selector = DefaultTrafficSelector.builder();
            ends.andThen(form).accept(selector);
            return rules.rule(Pipeline.TABLE, Pipeline.GUARD_PRIORITY, selector.build(),
                              DefaultTrafficTreatment.builder().drop().build());
        });
    }

    private static String name(ClockEndpoint clock) {
        return clock.mac().map(MacAddress::toString).orElseGet(() -> clock.connectPoint().toString());
    }
}
