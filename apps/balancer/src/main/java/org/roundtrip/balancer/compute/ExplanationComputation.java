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
package org.roundtrip.balancer.compute;

import org.onosproject.core.ApplicationId;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowRule;
import org.roundtrip.balancer.ExplainedRule;
import org.roundtrip.balancer.Explanation;
import org.roundtrip.balancer.ExplanationQuery;
import org.roundtrip.balancer.PinState;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Says where a connection goes and why, by the rules of the switches and by what only they know of it: first
 * {@linkplain #slotSwitch where its slot is chosen}, then {@linkplain #memberSwitches who may know it}, then
 * {@linkplain #explain everything}. Immutable and thread-safe.
 */
public final class ExplanationComputation {

    private static final String FORWARDING = "forward as any packet";

    private final ServedConnection connection;
    private final Surroundings surroundings;
    private final PacketTracer tracer;

    /**
     * Creates a computation.
     *
     * @param application  whose rules they are
     * @param network      the network
     * @param connection   the connection
     * @param surroundings what is around it
     */
    public ExplanationComputation(ApplicationId application, NetworkView network, ServedConnection connection,
                                  Surroundings surroundings) {
        this.connection = connection;
        this.surroundings = surroundings;
        List<TracedRule> rules = new ArrayList<>(new TracedRules(application).of(network, connection.vip()));
        rules.addAll(TracedRules.ofOthers(surroundings.forwarding()));
        tracer = new PacketTracer(rules, network.links(), surroundings.stations());
    }

    /**
     * Returns which switches have to be asked whether they know the connection.
     *
     * @return the switches of the present member of its slot and of the former ones
     */
    public Set<DeviceId> memberSwitches() {
        return request(ConnectionFacts.NOTHING).flatMap(PacketTrace::slot).stream()
                .flatMap(slot -> connection.server().chain(slot).stream())
                .map(place -> place.port().deviceId()).collect(Collectors.toSet());
    }

    /**
     * Returns the switches whose counters an explanation shows.
     *
     * @param facts what the switches know of the connection
     * @return the switches of both ways
     */
    public Set<DeviceId> switches(ConnectionFacts facts) {
        Optional<PacketTrace> request = request(facts);
        return Stream.of(request, request.flatMap(this::member).map(this::reply)).flatMap(Optional::stream)
                .flatMap(trace -> trace.rules().stream()).map(rule -> rule.installed().deviceId())
                .collect(Collectors.toSet());
    }

    /**
     * Explains.
     *
     * @param facts   what the switches know of the connection
     * @param entries says what a switch has of a rule
     * @return the explanation
     */
    public Explanation explain(ConnectionFacts facts, Function<FlowRule, Optional<FlowEntry>> entries) {
        Explanation.Builder explanation = Explanation.builder();
        explanation.server(connection.server().request().name()).query(connection.query());
        Optional<PacketTrace> request = request(facts);
        if (request.isEmpty()) {
            return explanation.pin(PinState.UNKNOWN)
                    .reason(ExplanationWords.noAccessSwitch(connection.server().request().accessSwitches())).build();
        }
        PacketTrace trace = request.get();
        Optional<Integer> slot = trace.slot();
        Optional<MemberPlace> member = member(trace);
        PinState pin = pin(trace, slot, facts);
        return explanation.accessSwitch(accessSwitch(trace)).slot(slot)
                .member(member.map(MemberPlace::member)).pin(pin)
                .slotMember(slot.flatMap(connection.server().table()::member)).drop(trace.drop())
                .reason(new ExplanationWords(connection, trace, slot, pin, surroundings.client().isPresent())
                                .reason(member.map(MemberPlace::member)))
                .request(explained(trace.rules(), entries))
                .reply(member.map(this::reply).map(way -> explained(way.rules(), entries)).orElse(List.of()))
                .build();
    }

    /** Returns the way of a request; empty if neither the client's switch nor an access switch is known. */
    private Optional<PacketTrace> request(ConnectionFacts facts) {
        ExplanationQuery query = connection.query();
        TracedPacket.Builder packet = TracedPacket.builder().source(query.client()).destination(query.vip())
                .protocol(query.protocol()).sourcePort(query.clientPort()).destinationPort(connection.port())
                .ethSource(surroundings.client()).ethDestination(VipMac.of(query.vip()));
        Optional<ConnectPoint> client = surroundings.client().map(surroundings.stations()::get);
        if (client.isPresent()) {
            packet.inPort(client.get().port());
        }
        return client.map(ConnectPoint::deviceId).or(this::anyAccessSwitch)
                .map(device -> tracer.follow(device, packet.build(), facts));
    }

    private Optional<DeviceId> anyAccessSwitch() {
        return connection.vip().readyAccessSwitches().stream().min(Comparator.comparing(DeviceId::toString));
    }

    /** Returns the way of a reply, which is for the client itself as long as no router is between. */
    private PacketTrace reply(MemberPlace place) {
        ExplanationQuery query = connection.query();
        TracedPacket packet = TracedPacket.builder().source(query.vip()).destination(query.client())
                .protocol(query.protocol()).destinationPort(query.clientPort())
                .sourcePort(place.member().port() == 0 ? connection.port() : place.member().port())
                .ethSource(place.mac()).ethDestination(surroundings.client()).inPort(place.port().port()).build();
        return tracer.follow(place.port().deviceId(), packet, ConnectionFacts.NOTHING);
    }

    private static Optional<DeviceId> accessSwitch(PacketTrace trace) {
        return trace.rules().stream().filter(rule -> isFor(rule, RulePurpose.REQUEST))
                .map(rule -> rule.installed().deviceId()).findFirst();
    }

    private static boolean isFor(TracedRule rule, RulePurpose purpose) {
        return rule.purpose().filter(purpose::equals).isPresent();
    }

    private Optional<MemberPlace> member(PacketTrace trace) {
        return trace.exit().flatMap(exit -> connection.server().places().values().stream()
                .filter(place -> place.port().equals(exit)
                        && trace.packet().ethDestination().filter(place.mac()::equals).isPresent()
                        && (place.member().port() == 0 || place.member().port() == trace.packet().destinationPort()))
                .findFirst());
    }

    private PinState pin(PacketTrace trace, Optional<Integer> slot, ConnectionFacts facts) {
        if (trace.rules().stream().anyMatch(rule -> isFor(rule, RulePurpose.KNOWN))) {
            return PinState.PINNED;
        }
        return slot.isPresent() && facts.marks().keySet().containsAll(memberSwitches())
                ? PinState.NOT_PINNED : PinState.UNKNOWN;
    }

    private static List<ExplainedRule> explained(Collection<TracedRule> rules,
                                                 Function<FlowRule, Optional<FlowEntry>> entries) {
        return rules.stream().map(rule -> {
            FlowRule described = rule.described();
            Optional<FlowEntry> entry = entries.apply(rule.installed());
            return ExplainedRule.builder().device(described.deviceId()).table(described.tableId())
                    .priority(described.priority()).purpose(rule.purpose().map(RulePurpose::words).orElse(FORWARDING))
                    .match(RuleText.match(described.selector())).action(RuleText.action(described.treatment()))
                    .packets(entry.map(FlowEntry::packets)).bytes(entry.map(FlowEntry::bytes)).build();
        }).collect(Collectors.toList());
    }
}
