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
package org.roundtrip.balancer.impl;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.roundtrip.balancer.Member;
import org.roundtrip.balancer.MemberChange;
import org.roundtrip.balancer.MemberCondition;
import org.roundtrip.balancer.MemberState;
import org.roundtrip.balancer.MemberStatus;
import org.roundtrip.balancer.PortRange;
import org.roundtrip.balancer.ServerAlarm;
import org.roundtrip.balancer.ServerAlarmType;
import org.roundtrip.balancer.VirtualServer;
import org.roundtrip.balancer.VirtualServerRequest;
import org.roundtrip.balancer.VirtualServerState;
import org.roundtrip.base.Status;
import org.roundtrip.detection.CheckedMember;
import org.roundtrip.detection.HealthState;
import org.roundtrip.detection.MemberHealth;
import org.roundtrip.detection.ServiceCheck;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.roundtrip.balancer.impl.EmulatedBalancer.address;
import static org.roundtrip.balancer.impl.EmulatedBalancer.host;
import static org.roundtrip.balancer.impl.EmulatedBalancer.place;
import static org.roundtrip.balancer.impl.FakeSwitches.device;

/** Virtual servers whose members are probed: what detection is asked for, and what becomes of what it finds. */
class MemberDetectionTest {

    private static final String WEB = "balancer/web";

    private final EmulatedBalancer emulated = new EmulatedBalancer();

    @BeforeEach
    void start() {
        emulated.start();
        learnHosts();
    }

    private void learnHosts() {
        IntStream.rangeClosed(1, 4).forEach(n -> emulated.hosts.learn(host(n, place(n))));
        emulated.switches.connect(1, 2, 3, 4);
        emulated.switches.link(1, 3);
        emulated.switches.link(2, 4);
        emulated.switches.link(1, 2);
    }

    @AfterEach
    void stop() {
        emulated.manager.deactivate();
        assertThat(emulated.detection.listenerCount()).isZero();
        assertThat(emulated.detection.checks()).isEmpty();
    }

    @Test
    void asksOnceHoweverManyAccessSwitchesThereAre() {
        emulated.manager.add(request(1, 2).build());
        await().until(() -> !emulated.detection.calls.isEmpty());
        emulated.manager.put(request(1, 2).accessSwitches(
                List.of(device(1), device(2), device(3), device(4))).build());
        find(1, HealthState.UP, "it answers");
        awaitSlots(256, 0);
        emulated.look();

        assertThat(emulated.detection.calls).containsExactly("request " + WEB);
        assertThat(emulated.detection.checks()).isEqualTo(Map.of(WEB, ServiceCheck.builder().service(WEB)
                .profile("fast").address(request(1).build().vip())
                .addMembers(checked(1, 80), checked(2, 80)).build()));
    }

    @Test
    void asksForThePortsWhereMembersListen() {
        emulated.manager.add(request(1).ports(List.of(PortRange.of(80, 80)))
                .addMembers(Member.builder().address(address(2)).port(8080).build(),
                            Member.builder().address(address(3)).state(MemberState.DISABLED).build()).build());

        await().until(() -> emulated.detection.checks().containsKey(WEB));
        assertThat(emulated.detection.checks().get(WEB).members()).containsExactly(
                checked(1, 80), CheckedMember.builder().id("192.0.2.2:8080").address(address(2)).port(8080).build());
    }

    @Test
    void replacesAndWithdrawsWhatItAskedFor() {
        emulated.manager.add(request(1).build());
        await().until(() -> emulated.detection.checks().containsKey(WEB));

        emulated.manager.put(request(1, 2).detectionProfile("gentle").build());
        await().untilAsserted(() -> assertThat(emulated.detection.checks().get(WEB).members()).hasSize(2));
        assertThat(emulated.detection.checks().get(WEB).profile()).isEqualTo("gentle");
        emulated.manager.put(request(1, 2).detectionProfile(Optional.empty()).build());
        await().until(() -> emulated.detection.checks().isEmpty());
        awaitSlots(128, 128);

        emulated.manager.put(request(1, 2).build());
        await().until(() -> emulated.detection.checks().containsKey(WEB));
        emulated.manager.remove("web");
        await().until(() -> emulated.detection.checks().isEmpty());
    }

    @Test
    void whoIsDownLeavesAndWhoIsUpReturns() {
        emulated.manager.add(request(1, 2).build());
        findAll(HealthState.UP, "it answers", 1, 2);
        awaitSlots(128, 128);

        find(2, HealthState.DOWN, "connection refused");
        awaitSlots(256, 0);
        assertThat(status(2).state()).isEqualTo(MemberCondition.DOWN);
        assertThat(status(2).reason()).isEqualTo("it is down: connection refused");
        assertThat(emulated.server("web").status().reason()).contains("192.0.2.2 is down: connection refused");
        await().untilAsserted(() -> assertThat(emulated.server("web").status().state())
                .isEqualTo(VirtualServerState.DEGRADED));

        find(2, HealthState.UP, "it answers");
        awaitSlots(128, 128);
    }

    @Test
    void whoIsUnknownKeepsItsSlotsAndGetsNoMore() {
        emulated.manager.add(request(1, 2, 3).build());
        findAll(HealthState.UP, "it answers", 1, 2, 3);
        await().untilAsserted(() -> assertThat(slots()).hasSize(3).allMatch(count -> count >= 85));
        List<Integer> before = slots();

        find(1, HealthState.UNKNOWN, "lease of agent one ended");
        find(2, HealthState.DOWN, "timeout after 300 ms");

        awaitSlots(before.get(0), 0, 256 - before.get(0));
        assertThat(status(1).reason()).isEqualTo("it is of unknown health: lease of agent one ended; it keeps the slots"
                + " that it has");
    }

    @Test
    void whatTheOperatorWantsAlwaysWins() {
        emulated.manager.add(request(1, 2).panicThreshold(100).build());
        findAll(HealthState.UP, "it answers", 1, 2);
        awaitSlots(128, 128);

        emulated.manager.changeMembers("web", List.of(
                MemberChange.builder().address(address(1)).state(MemberState.DRAINING).build(),
                MemberChange.builder().address(address(2)).state(MemberState.DISABLED).build()));

        awaitSlots(0, 0);
        assertThat(status(1).state()).isEqualTo(MemberCondition.DRAINING);
        assertThat(status(2).state()).isEqualTo(MemberCondition.DISABLED);
        assertThat(emulated.server("web").alarms()).isEmpty();
    }

    @Test
    void aNewVirtualServerThatNobodyProbesServesNobodyAndSaysWhy() {
        emulated.manager.add(request(1, 2).build());
        await().until(() -> emulated.detection.checks().containsKey(WEB));

        await().untilAsserted(() -> assertThat(emulated.server("web").status().state())
                .isEqualTo(VirtualServerState.DOWN));
        assertThat(slots()).containsExactly(0, 0);
        assertThat(emulated.server("web").status().reason()).contains("no member serves")
                .contains("192.0.2.1, 192.0.2.2 are of unknown health: no detection agent on its switch");
        assertThat(status(1).reason()).isEqualTo("it is of unknown health: no detection agent on its switch; it gets no"
                + " new connections until it is known to be up");
        assertThat(alarms()).containsExactly(ServerAlarmType.NO_MEMBER);
    }

    @Test
    void aNewVirtualServerThatNobodyProbesServesAllIfThePanicThresholdSaysSo() {
        emulated.manager.add(request(1, 2).panicThreshold(1).build());

        awaitSlots(128, 128);
        await().untilAsserted(() -> assertThat(alarms()).containsExactly(ServerAlarmType.PANIC));
        assertThat(emulated.server("web").panic()).isTrue();
        assertThat(status(1).state()).isEqualTo(MemberCondition.PANIC);
        emulated.look();
        findAll(HealthState.UP, "it answers", 1, 2);
        await().untilAsserted(() -> assertThat(alarms()).isEmpty());
        assertThat(slots()).containsExactly(128, 128);
    }

    @Test
    void detectionThatBeginsTakesNothingFromWhoServes() {
        emulated.manager.add(request(1, 2).detectionProfile(Optional.empty()).panicThreshold(50).build());
        awaitSlots(128, 128);

        VirtualServer changed = emulated.manager.put(request(1, 2).panicThreshold(50).build());

        assertThat(changed.memberStatus()).extracting(MemberStatus::slots).containsExactly(128, 128);
        await().until(() -> emulated.detection.checks().containsKey(WEB));
        assertThat(changed.panic()).isFalse();
        assertThat(slots()).containsExactly(128, 128);
    }

    @Test
    void alarmsAreAsOldAsTheyAre() {
        emulated.manager.add(request(1, 2).panicThreshold(60).build());
        findAll(HealthState.UP, "it answers", 1, 2);
        awaitSlots(128, 128);
        // The panic of the beginning, when nothing was known.
        await().untilAsserted(() -> assertThat(alarms()).isEmpty());
        Instant begun = emulated.now();
        find(1, HealthState.DOWN, "HTTP 503");
        await().untilAsserted(() -> assertThat(alarms()).containsExactly(ServerAlarmType.PANIC));
        ServerAlarm alarm = emulated.server("web").alarms().get(0);
        assertThat(alarm.since()).isEqualTo(begun);
        assertThat(alarm.reason()).startsWith("1 of 2 members look usable, fewer than the 60 %");
        assertThat(status(1).reason()).isEqualTo("it is used although it looks unusable: HTTP 503");

        emulated.pass(Duration.ofMinutes(1));
        emulated.detection.find(MemberHealth.builder().service(WEB).member("192.0.2.1")
                                        .status(Status.of(HealthState.DOWN, "it changes too often", begun))
                                        .heldUntil(begun.plusSeconds(300)).build());
        await().untilAsserted(() -> assertThat(alarms()).containsExactly(
                ServerAlarmType.PANIC, ServerAlarmType.FLAPPING));
        assertThat(emulated.server("web").alarms().get(0)).isEqualTo(alarm);
        assertThat(emulated.server("web").alarms().get(1).since()).isEqualTo(emulated.now());
        assertThat(emulated.server("web").alarms().get(1).reason()).contains("192.0.2.1 until 2026-01-01T00:05:00Z");
    }

    /** It is killed after each change that detection makes, and knows nothing of members when it comes back. */
    @Test
    void aRestartMovesNoSlots() {
        emulated.manager.add(request(1, 2, 3).panicThreshold(50).slowStart(90).build());
        findAll(HealthState.UP, "it answers", 1, 2, 3);
        // Who is found a moment later than the others starts slowly.
        await().untilAsserted(() -> assertThat(slots()).hasSize(3).allMatch(count -> count > 0));
        emulated.pass(Duration.ofSeconds(90));
        await().untilAsserted(() -> assertThat(slots()).allMatch(count -> count >= 85));
        restartsWithoutAMove();

        findAll(HealthState.UP, "it answers", 1, 3);
        find(2, HealthState.DOWN, "connection refused");
        awaitSlots(128, 0, 128);
        restartsWithoutAMove();

        findAll(HealthState.UP, "it answers", 1, 2, 3);
        await().untilAsserted(() -> assertThat(slots().get(1)).isBetween(12, 13));
        restartsWithoutAMove();
        findAll(HealthState.UP, "it answers", 1, 2, 3);
        emulated.pass(Duration.ofSeconds(45));
        await().untilAsserted(() -> assertThat(slots().get(1)).isBetween(51, 52));
        restartsWithoutAMove();

        find(1, HealthState.UP, "it answers");
        find(3, HealthState.DOWN, "connection refused");
        find(2, HealthState.DOWN, "connection refused");
        await().untilAsserted(() -> assertThat(alarms()).containsExactly(ServerAlarmType.PANIC));
        await().untilAsserted(() -> assertThat(slots()).allMatch(count -> count >= 85));
        restartsWithoutAMove();
        await().untilAsserted(() -> assertThat(alarms()).containsExactly(ServerAlarmType.PANIC));
    }

    private void restartsWithoutAMove() {
        List<Integer> before = slots();
        emulated.kill(1, 2, 3, 4);
        emulated.start();
        await().until(() -> emulated.detection.checks().containsKey(WEB)
                && emulated.manager.server("web").isPresent());
        assertThat(slots()).isEqualTo(before);
        learnHosts();
        emulated.manager.put(emulated.server("web").request());
        assertThat(slots()).isEqualTo(before);
    }

    @Test
    void aMemberThatReturnsStartsSlowly() {
        emulated.manager.add(request(1, 2).slowStart(90).build());
        findAll(HealthState.UP, "it answers", 1, 2);
        awaitSlots(128, 128);
        find(2, HealthState.DOWN, "connection refused");
        awaitSlots(256, 0);
        emulated.pass(Duration.ofSeconds(90));

        find(2, HealthState.UP, "it answers");
        awaitSlots(233, 23);
        assertThat(status(2).reason()).isEqualTo("it gets 23 of 256 new connections; in its slow start with 10 % of its"
                + " weight");
        emulated.setClock(Duration.ofDays(-1));
        emulated.pass(Duration.ofSeconds(10));
        awaitSlots(214, 42);
        emulated.pass(Duration.ofSeconds(80));
        awaitSlots(128, 128);
        assertThat(status(2).reason()).isEqualTo("it gets 128 of 256 new connections");
    }

    private void findAll(HealthState state, String reason, int... members) {
        await().until(() -> emulated.detection.checks().containsKey(WEB));
        Arrays.stream(members).forEach(n -> find(n, state, reason));
    }

    private void find(int member, HealthState state, String reason) {
        emulated.detection.find(WEB, address(member).toString(), state, reason);
    }

    private void awaitSlots(Integer... expected) {
        await().untilAsserted(() -> assertThat(slots()).containsExactly(expected));
    }

    private List<Integer> slots() {
        return emulated.server("web").memberStatus().stream().map(MemberStatus::slots).collect(Collectors.toList());
    }

    private Status<MemberCondition> status(int member) {
        return emulated.server("web").memberStatus().get(member - 1).status();
    }

    private List<ServerAlarmType> alarms() {
        return emulated.server("web").alarms().stream().map(ServerAlarm::type).collect(Collectors.toList());
    }

    private static CheckedMember checked(int member, int port) {
        return CheckedMember.builder().id(address(member).toString()).address(address(member)).port(port).build();
    }

    private static VirtualServerRequest.Builder request(int... members) {
        return VirtualServerRequest.builder().from(EmulatedBalancer.request("web", members)).detectionProfile("fast");
    }
}
