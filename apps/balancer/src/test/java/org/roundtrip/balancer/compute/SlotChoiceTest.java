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

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.onlab.packet.IpAddress;
import org.onosproject.net.flow.FlowRule;
import org.roundtrip.balancer.TransportProtocol;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** Slots that packets get by the rules of a switch, as the tracer follows them. */
class SlotChoiceTest {

    private final ServerPlan tcp = TracedNetwork.plan(TracedNetwork.request().build(), TracedNetwork.member(1));

    @Property(tries = 200)
    void isAnExclusiveOrOfAddressAndPort(@ForAll int client, @ForAll @IntRange(min = 1, max = 65_535) int port) {
        assertThat(slot(tcp, IpAddress.valueOf(client), port)).contains((client ^ port >> 1) & 0xff);
    }

    @Property(tries = 50)
    void isTheSameForUdpAndIpv6(@ForAll @IntRange(max = 0xffff) int client,
                                @ForAll @IntRange(min = 1, max = 65_535) int port) {
        ServerPlan plan = TracedNetwork.plan(TracedNetwork.requestIpv6(TransportProtocol.UDP).build());

        assertThat(slot(plan, IpAddress.valueOf("2001:db8:3::" + Integer.toHexString(client)), port))
                .contains((client ^ port >> 1) & 0xff);
    }

    /** Linux takes every other port as long as there are any. */
    @Example
    void theConnectionsOfAClientTakeAllSlotsInTurn() {
        List<Integer> slots = IntStream.range(0, SlotTable.SLOTS).map(n -> 40_000 + 2 * n)
                .mapToObj(port -> slot(tcp, TracedNetwork.CLIENT, port).orElseThrow()).collect(Collectors.toList());

        assertThat(slots).doesNotHaveDuplicates();
    }

    /** Rules arrive in any order: a slot is whole or none. */
    @Property(tries = 100)
    void isNotWrongWhereRulesAreMissing(@ForAll @IntRange(min = 1, max = 65_535) int port,
                                        @ForAll @IntRange(max = 511) int missing) {
        List<FlowRule> halves = SlotChoice.halves(new PurposedRules(TracedNetwork.APPLICATION,
                                                                    TracedNetwork.device(2)));
        FlowRule absent = halves.get(missing);

        Optional<Integer> slot = slot(tcp, TracedNetwork.CLIENT, port, rule -> !rule.equals(absent));

        assertThat(slot.isEmpty() || slot.equals(slot(tcp, TracedNetwork.CLIENT, port))).isTrue();
    }

    private static Optional<Integer> slot(ServerPlan plan, IpAddress client, int port) {
        return slot(plan, client, port, rule -> true);
    }

    /** The slot whose rule takes a request, or nothing if it is dropped before. */
    private static Optional<Integer> slot(ServerPlan plan, IpAddress client, int port, Predicate<FlowRule> isThere) {
        List<TracedRule> rules = new TracedRules(TracedNetwork.APPLICATION)
                .of(TracedNetwork.network(), TracedNetwork.vip(plan)).stream()
                .filter(rule -> isThere.test(rule.described())).collect(Collectors.toList());
        TracedPacket request = TracedPacket.builder().source(client).destination(plan.request().vip())
                .ethDestination(VipMac.of(plan.request().vip())).protocol(plan.request().protocol())
                .sourcePort(port).destinationPort(plan.request().ports().first().first()).build();
        PacketTrace trace = new PacketTracer(rules, TracedNetwork.network().links(), TracedNetwork.surroundings()
                .stations()).follow(TracedNetwork.device(2), request, ConnectionFacts.NOTHING);
        return trace.slot();
    }
}
