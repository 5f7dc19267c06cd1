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
import org.onlab.packet.IpAddress;
import org.onlab.packet.MacAddress;
import org.onlab.packet.VlanId;
import org.onosproject.net.HostId;
import org.onosproject.net.flow.FlowRule;
import org.roundtrip.balancer.AccessSwitchState;
import org.roundtrip.balancer.AccessSwitchStatus;
import org.roundtrip.balancer.Member;
import org.roundtrip.balancer.MemberChange;
import org.roundtrip.balancer.MemberCondition;
import org.roundtrip.balancer.MemberId;
import org.roundtrip.balancer.MemberOperation;
import org.roundtrip.balancer.MemberState;
import org.roundtrip.balancer.MemberStatus;
import org.roundtrip.balancer.PortRange;
import org.roundtrip.balancer.TransportProtocol;
import org.roundtrip.balancer.VirtualServer;
import org.roundtrip.balancer.VirtualServerEvent;
import org.roundtrip.balancer.VirtualServerRequest;
import org.roundtrip.balancer.VirtualServerState;
import org.roundtrip.balancer.compute.Pipeline;
import org.roundtrip.base.ConflictException;
import org.roundtrip.base.InvalidRequestException;
import org.roundtrip.base.NotFoundException;
import org.roundtrip.base.UnavailableException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.roundtrip.balancer.impl.EmulatedBalancer.address;
import static org.roundtrip.balancer.impl.EmulatedBalancer.host;
import static org.roundtrip.balancer.impl.EmulatedBalancer.place;
import static org.roundtrip.balancer.impl.EmulatedBalancer.request;
import static org.roundtrip.balancer.impl.FakeSwitches.device;
import static org.roundtrip.balancer.impl.FakeSwitches.port;

/** The access switches are 1 and 2; of the members 1 and 2 are at the switch 3, 3 and 4 at the switch 4. */
class VirtualServerManagerTest {

    private static final int SLOTS = 10;
    private static final int HAND_OVER = 12;
    private static final int NEW_CONNECTIONS = 13;
    private static final Duration DRAIN_TIME = Duration.ofSeconds(300);

    private final EmulatedBalancer emulated = new EmulatedBalancer();

    @BeforeEach
    void start() {
        emulated.start();
        learnHosts();
        emulated.switches.connect(1, 2, 3, 4);
        emulated.switches.link(1, 3);
        emulated.switches.link(2, 4);
        emulated.switches.link(1, 2);
    }

    private void learnHosts() {
        for (int n = 1; n <= 4; n++) {
            emulated.hosts.learn(host(n, place(n)));
        }
    }

    @AfterEach
    void stop() {
        emulated.manager.deactivate();
        assertThat(emulated.hosts.listenerCount()).isZero();
        assertThat(emulated.switches.listenerCount()).isZero();
    }

    /** The controller is killed and comes back; hosts are not known before they are seen again. */
    private void restart() {
        emulated.kill(1, 2, 3, 4);
        emulated.start();
        emulated.switches.connect(1, 2, 3, 4);
    }

    @Test
    void sendsRulesAndTellsHowItFares() {
        VirtualServer added = emulated.manager.add(request("web", 1, 2));

        assertThat(added.status().state()).isEqualTo(VirtualServerState.INSTALLING);
        assertThat(added.memberStatus()).extracting(MemberStatus::slots).containsExactly(128, 128);
        assertThat(added.memberStatus().get(0).location()).contains(place(1));
        assertThat(added.memberStatus().get(0).mac()).contains(MacAddress.valueOf(1));
        awaitState("web", VirtualServerState.UP);
        VirtualServer up = emulated.server("web");
        assertThat(up.accessSwitchStatus()).extracting(each -> each.status().state())
                .containsExactly(AccessSwitchState.READY, AccessSwitchState.READY);
        assertThat(up.status().reason()).isEqualTo("2 of 2 members serve; 2 of 2 access switches take requests");
        assertThat(emulated.rules(1, SLOTS)).hasSize(256);
        assertThat(emulated.rules(2, SLOTS)).hasSize(256);
        assertThat(emulated.manager.vips()).hasSize(1);
        assertThat(emulated.manager.vips().get(0).readyAccessSwitches())
                .containsExactlyInAnyOrder(device(1), device(2));
        assertThat(emulated.manager.network().switches()).hasSize(4);
        assertThat(emulated.events.get(0).type()).isEqualTo(VirtualServerEvent.Type.ADDED);
    }

    @Test
    void canBeAskedForAgainOnlyWithPut() {
        emulated.manager.put(request("web", 1));
        awaitState("web", VirtualServerState.UP);
        int before = emulated.framework.history().size();

        emulated.manager.put(request("web", 1));
        assertThatThrownBy(() -> emulated.manager.add(request("web", 1))).isInstanceOf(ConflictException.class)
                .hasMessageStartingWith("name: ").hasMessageContaining("another name");

        assertThat(emulated.manager.servers()).containsExactly(emulated.server("web"));
        assertThat(emulated.framework.history()).hasSize(before);
    }

    @Test
    void keepsWhatCannotBeChanged() {
        emulated.manager.add(request("web", 1));

        assertThatThrownBy(() -> emulated.manager.put(VirtualServerRequest.builder().from(request("web", 1))
                .vip(IpAddress.valueOf("198.51.100.2")).build()))
                .isInstanceOf(ConflictException.class).hasMessageStartingWith("vip: ");
        assertThatThrownBy(() -> emulated.manager.put(VirtualServerRequest.builder().from(request("web", 1))
                .protocol(TransportProtocol.UDP).build()))
                .isInstanceOf(ConflictException.class).hasMessageStartingWith("protocol: ");
        assertThat(emulated.server("web").request()).isEqualTo(request("web", 1));
    }

    @Test
    void refusesWhatIsNotThere() {
        assertThatThrownBy(() -> emulated.manager.remove("web")).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> emulated.manager.changeMembers("web", List.of()))
                .isInstanceOf(NotFoundException.class).hasMessageContaining("'web'");
        assertThat(emulated.manager.server("web")).isEmpty();
    }

    @Test
    void refusesAnAddressOfAnotherHostAndChangesNothing() {
        emulated.hosts.learn(host(9, port(3, 9), 0, VlanId.NONE, IpAddress.valueOf("198.51.100.1")));

        assertThatThrownBy(() -> emulated.manager.add(request("web", 1))).isInstanceOf(ConflictException.class)
                .hasMessageStartingWith("vip: ").hasMessageContaining("00:00:00:00:00:09");

        assertThat(emulated.manager.servers()).isEmpty();
        emulated.hosts.forget(HostId.hostId(MacAddress.valueOf(9)));
        emulated.hosts.learn(host(1, place(1), 0, VlanId.NONE, address(1), IpAddress.valueOf("198.51.100.1")));
        emulated.manager.add(request("web", 1));
        awaitState("web", VirtualServerState.UP);
    }

    @Test
    void refusesRequestsWhileAnotherNodeLeads() {
        emulated.manager.add(request("web", 1));
        emulated.lead(EmulatedBalancer.OTHER);

        assertThatThrownBy(() -> emulated.manager.add(request("www", 1))).isInstanceOf(UnavailableException.class);
        assertThat(emulated.manager.server("web")).isPresent();
    }

    @Test
    void changesNothingIfTheStoreDoesNotAnswer() {
        emulated.manager.add(request("web", 1));
        awaitState("web", VirtualServerState.UP);
        emulated.storage.breakDown();

        assertThatThrownBy(() -> emulated.manager.changeMembers("web", List.of(merge(2))))
                .isInstanceOf(UnavailableException.class);
        assertThat(emulated.server("web").memberStatus()).hasSize(1);
        assertThat(destinations(1)).containsOnlyKeys(MacAddress.valueOf(1));

        emulated.storage.repair();
        emulated.manager.changeMembers("web", List.of(merge(2)));
        await().untilAsserted(() -> assertThat(destinations(1)).containsOnlyKeys(
                MacAddress.valueOf(1), MacAddress.valueOf(2)));
    }

    @Test
    void changesMembersAllOrNone() {
        emulated.manager.add(request("web", 1, 2));

        assertThatThrownBy(() -> emulated.manager.changeMembers("web", List.of(merge(3), merge(3))))
                .isInstanceOf(InvalidRequestException.class).hasMessageStartingWith("members[1]: ");
        assertThatThrownBy(() -> emulated.manager.changeMembers("web", List.of(merge(3), removal(4))))
                .isInstanceOf(NotFoundException.class).hasMessageStartingWith("members[1]: ");
        assertThat(emulated.server("web").memberStatus()).hasSize(2);

        emulated.manager.changeMembers("web", List.of(merge(3), removal(2), MemberChange.builder()
                .address(address(1)).weight(50).build()));
        assertThat(emulated.server("web").request().members()).containsExactly(
                Member.builder().address(address(1)).weight(50).build(),
                Member.builder().address(address(3)).build());
    }

    @Test
    void touchesOnlyTheSlotsThatMove() {
        emulated.manager.add(request("web", 1, 2, 3));
        awaitState("web", VirtualServerState.UP);
        List<FlowRule> before = emulated.rules(1, SLOTS);
        int asked = emulated.framework.history().size();

        emulated.manager.changeMembers("web", List.of(merge(4)));
        await().untilAsserted(() -> assertThat(destinations(1).get(MacAddress.valueOf(4))).isEqualTo(64L));

        List<FlowRule> after = new ArrayList<>(emulated.rules(1, SLOTS));
        after.removeIf(rule -> before.stream().anyMatch(rule::exactMatch));
        assertThat(after).hasSize(64);
        assertThat(emulated.framework.history().subList(asked, emulated.framework.history().size()))
                .noneMatch(request -> request.contains("/requests/"));
    }

    @Test
    void tellsMembersSwitchesBeforeAccessSwitches() {
        emulated.manager.add(request("web", 1));
        awaitState("web", VirtualServerState.UP);
        emulated.framework.slowDown(device(4));

        emulated.manager.changeMembers("web", List.of(merge(3)));
        await().until(() -> emulated.framework.history().contains("apply " + device(4)));
        for (int look = 0; look < 3; look++) {
            emulated.look();
            emulated.manager.put(emulated.server("web").request());
        }
        assertThat(destinations(1)).containsOnlyKeys(MacAddress.valueOf(1));
        assertThat(destinations(2)).containsOnlyKeys(MacAddress.valueOf(1));

        answerAll(4, () -> destinations(1).containsKey(MacAddress.valueOf(3))
                && destinations(2).containsKey(MacAddress.valueOf(3)));
    }

    @Test
    void keepsFormerMembersUntilTheDrainTimeEnds() {
        emulated.manager.add(request("web", 1, 3));
        awaitState("web", VirtualServerState.UP);

        emulated.manager.changeMembers("web", List.of(removal(1)));

        await().untilAsserted(() -> assertThat(emulated.rules(4, HAND_OVER)).hasSize(128));
        await().untilAsserted(() -> assertThat(destinations(1)).containsOnlyKeys(MacAddress.valueOf(3)));
        MemberStatus gone = emulated.server("web").memberStatus().get(0);
        assertThat(gone.configured()).isFalse();
        assertThat(gone.slots()).isZero();
        assertThat(gone.drainsUntil()).contains(emulated.now().plus(DRAIN_TIME));
        assertThat(gone.status().state()).isEqualTo(MemberCondition.DRAINING);

        emulated.pass(DRAIN_TIME.minusSeconds(1));
        assertThat(emulated.rules(4, HAND_OVER)).hasSize(128);
        emulated.pass(Duration.ofSeconds(1));

        await().untilAsserted(() -> assertThat(emulated.server("web").memberStatus()).hasSize(1));
        await().untilAsserted(() -> assertThat(emulated.rules(4, HAND_OVER)).isEmpty());
        await().untilAsserted(() -> assertThat(emulated.rules(3, NEW_CONNECTIONS)).isEmpty());
    }

    @Test
    void measuresDrainTimesWhateverTheClockSays() {
        emulated.manager.add(request("web", 1, 3));
        emulated.manager.changeMembers("web", List.of(removal(1)));

        emulated.setClock(Duration.ofDays(1));
        await().untilAsserted(() -> assertThat(emulated.server("web").memberStatus().get(0).drainsUntil())
                .contains(emulated.now().plus(DRAIN_TIME)));
        emulated.setClock(Duration.ofDays(-2));
        await().untilAsserted(() -> assertThat(emulated.server("web").memberStatus().get(0).drainsUntil())
                .contains(emulated.now().plus(DRAIN_TIME)));

        emulated.pass(DRAIN_TIME);
        await().untilAsserted(() -> assertThat(emulated.server("web").memberStatus()).hasSize(1));
    }

    @Test
    void drainsNoLongerThanAskedForIfTheClockWasSetBackWhileItWasAway() {
        emulated.manager.add(request("web", 1, 3));
        emulated.manager.changeMembers("web", List.of(removal(1)));
        emulated.manager.deactivate();
        emulated.setClock(Duration.ofDays(-1));

        emulated.start();

        await().untilAsserted(() -> assertThat(emulated.manager.servers()).hasSize(1));
        assertThat(emulated.server("web").memberStatus().get(0).drainsUntil())
                .contains(emulated.now().plus(DRAIN_TIME));
    }

    @Test
    void cutsTheConnectionsOfDisabledMembers() {
        emulated.manager.add(request("web", 1, 3));
        awaitState("web", VirtualServerState.UP);

        emulated.manager.changeMembers("web", List.of(state(1, MemberState.DISABLED)));

        await().untilAsserted(() -> assertThat(destinations(1)).containsOnlyKeys(MacAddress.valueOf(3)));
        await().untilAsserted(() -> assertThat(emulated.rules(3, NEW_CONNECTIONS)).isEmpty());
        assertThat(emulated.rules(4, HAND_OVER)).isEmpty();
        assertThat(emulated.server("web").memberStatus().get(0).status().state()).isEqualTo(MemberCondition.DISABLED);
        assertThat(emulated.server("web").status().state()).isEqualTo(VirtualServerState.UP);
    }

    @Test
    void waitsForHosts() {
        emulated.manager.add(request("web", 5));
        assertThat(emulated.server("web").memberStatus().get(0).status().state())
                .isEqualTo(MemberCondition.WAITING_FOR_HOST);
        awaitState("web", VirtualServerState.WAITING);
        emulated.manager.changeMembers("web", List.of(merge(1)));
        awaitState("web", VirtualServerState.DEGRADED);
        await().untilAsserted(() -> assertThat(destinations(1)).containsOnlyKeys(MacAddress.valueOf(1)));

        emulated.hosts.learn(host(5, port(3, 5)));

        awaitState("web", VirtualServerState.UP);
        await().untilAsserted(() -> assertThat(destinations(1)).containsEntry(MacAddress.valueOf(5), 128L));
    }

    @Test
    void doesNotUseAHostInAVlan() {
        emulated.hosts.learn(host(5, port(3, 5), 0, VlanId.vlanId((short) 7), address(5)));

        MemberStatus member = emulated.manager.add(request("web", 5)).memberStatus().get(0);

        assertThat(member.status().state()).isEqualTo(MemberCondition.WAITING_FOR_HOST);
        assertThat(member.status().reason()).contains("VLAN");
    }

    @Test
    void followsAMemberThatMovesOrChangesItsMacAddress() {
        emulated.manager.add(request("web", 1));
        awaitState("web", VirtualServerState.UP);

        emulated.hosts.learn(host(1, port(4, 7), 1));
        await().untilAsserted(() -> assertThat(emulated.server("web").memberStatus().get(0).location())
                .contains(port(4, 7)));
        await().untilAsserted(() -> assertThat(emulated.rules(4, NEW_CONNECTIONS)).hasSize(1));
        await().untilAsserted(() -> assertThat(emulated.rules(3, NEW_CONNECTIONS)).isEmpty());

        emulated.hosts.learn(host(8, port(4, 7), 2, VlanId.NONE, address(1)));
        await().untilAsserted(() -> assertThat(destinations(1)).containsOnlyKeys(MacAddress.valueOf(8)));
    }

    @Test
    void takesAMemberOutWhosePortIsDown() {
        emulated.manager.add(request("web", 1, 3));
        awaitState("web", VirtualServerState.UP);

        emulated.switches.disable(place(1));
        awaitState("web", VirtualServerState.DEGRADED);
        await().untilAsserted(() -> assertThat(destinations(1)).containsOnlyKeys(MacAddress.valueOf(3)));
        // As ONOS does for hosts at ports that are down.
        emulated.hosts.forget(HostId.hostId(MacAddress.valueOf(1)));
        emulated.look();
        assertThat(emulated.server("web").memberStatus().get(0).status().state()).isEqualTo(MemberCondition.PORT_DOWN);

        emulated.switches.enable(place(1));
        await().untilAsserted(() -> assertThat(emulated.server("web").memberStatus().get(0).status().state())
                .isEqualTo(MemberCondition.WAITING_FOR_HOST));
        emulated.hosts.learn(host(1, place(1)));
        awaitState("web", VirtualServerState.UP);
        await().untilAsserted(() -> assertThat(destinations(1)).containsEntry(MacAddress.valueOf(1), 128L));
    }

    @Test
    void takesNoPortForOneThatIsDownBeforeItsSwitchHasToldOfIt() {
        emulated.manager.add(request("web", 1, 3));
        awaitState("web", VirtualServerState.UP);

        emulated.switches.silence(3);
        emulated.look();
        assertThat(destinations(1)).containsOnlyKeys(MacAddress.valueOf(1), MacAddress.valueOf(3));

        emulated.switches.disable(place(1));
        emulated.switches.speak(3);
        await().untilAsserted(() -> assertThat(destinations(1)).containsOnlyKeys(MacAddress.valueOf(3)));
    }

    @Test
    void goesAroundASwitchThatIsLost() {
        emulated.manager.add(request("web", 1, 3));
        awaitState("web", VirtualServerState.UP);

        emulated.switches.disconnect(3);
        await().untilAsserted(() -> assertThat(destinations(1)).containsOnlyKeys(MacAddress.valueOf(3)));
        await().untilAsserted(() -> assertThat(emulated.server("web").memberStatus().get(0).status().reason())
                .contains("does not reach"));

        // Nobody is left: whoever has slots keeps them, it may be the controller that is cut off.
        emulated.switches.disconnect(4);
        emulated.look();
        assertThat(destinations(1)).isNotEmpty();
    }

    @Test
    void sendsRequestsOnlyToAccessSwitchesThatAreThere() {
        emulated.manager.add(request("web", 1));
        awaitState("web", VirtualServerState.UP);

        emulated.switches.disconnect(2);
        awaitState("web", VirtualServerState.DEGRADED);
        assertThat(emulated.manager.vips().get(0).readyAccessSwitches()).containsExactly(device(1));
        emulated.switches.disconnect(1);
        awaitState("web", VirtualServerState.DOWN);
        assertThat(emulated.server("web").accessSwitchStatus()).extracting(each -> each.status().state())
                .containsOnly(AccessSwitchState.UNAVAILABLE);

        emulated.framework.slowDown(device(1));
        emulated.switches.connect(1);
        await().untilAsserted(() -> assertThat(emulated.server("web").accessSwitchStatus().get(0).status().state())
                .isEqualTo(AccessSwitchState.INSTALLING));
        assertThat(emulated.manager.vips().get(0).readyAccessSwitches()).isEmpty();
        answerAll(1, () -> emulated.server("web").accessSwitchStatus().get(0).status().state()
                == AccessSwitchState.READY);
    }

    @Test
    void triesAgainWhatASwitchRefuses() {
        emulated.framework.refuse(rule -> rule.deviceId().equals(device(2)) && rule.tableId() == SLOTS);
        emulated.manager.add(request("web", 1));
        awaitState("web", VirtualServerState.DEGRADED);
        await().untilAsserted(() -> assertThat(emulated.server("web").status().reason())
                .contains(device(2) + " has not confirmed rules"));

        emulated.framework.refuse(rule -> false);
        awaitState("web", VirtualServerState.UP);
        assertThat(emulated.rules(2, SLOTS)).hasSize(256);
    }

    @Test
    void triesAgainAtOnceWhenTheFacilitiesOfSwitchesMayHaveChanged() {
        emulated.retry = Duration.ofHours(1);
        restart();
        learnHosts();
        emulated.framework.refuse(rule -> rule.deviceId().equals(device(2)) && rule.tableId() == SLOTS);
        emulated.manager.add(request("web", 1));
        awaitState("web", VirtualServerState.DEGRADED);
        await().untilAsserted(() -> assertThat(emulated.server("web").status().reason())
                .contains(device(2) + " has not confirmed rules"));

        emulated.framework.refuse(rule -> false);
        emulated.switches.tellThatFacilitiesMayHaveChanged();

        awaitState("web", VirtualServerState.UP);
        assertThat(emulated.rules(2, SLOTS)).hasSize(256);
    }

    @Test
    void takesTheRulesAwayAndThenTheServer() {
        emulated.manager.add(request("web", 1, 3));
        awaitState("web", VirtualServerState.UP);
        emulated.framework.hold();

        assertThat(emulated.manager.remove("web").status().state()).isEqualTo(VirtualServerState.REMOVING);
        assertThatThrownBy(() -> emulated.manager.put(request("web", 1)))
                .isInstanceOf(ConflictException.class).hasMessageContaining("being removed");
        assertThat(emulated.manager.server("web")).isPresent();
        emulated.framework.release();

        await().untilAsserted(() -> assertThat(emulated.manager.servers()).isEmpty());
        assertThat(emulated.framework.rules()).isEmpty();
        assertThat(emulated.framework.size()).isZero();
        assertThat(emulated.manager.vips()).isEmpty();
        assertThat(emulated.events.get(emulated.events.size() - 1).type())
                .isEqualTo(VirtualServerEvent.Type.REMOVED);
        emulated.manager.add(request("web", 1));
        awaitState("web", VirtualServerState.UP);
    }

    @Test
    void isGoneAlsoIfASwitchNeverComesBack() {
        emulated.manager.add(request("web", 1, 3));
        awaitState("web", VirtualServerState.UP);
        emulated.switches.disconnect(3);
        emulated.framework.disconnect(device(3));

        emulated.manager.remove("web");

        await().untilAsserted(() -> assertThat(emulated.manager.servers()).isEmpty());
        assertThat(emulated.framework.rules()).extracting(FlowRule::deviceId).containsOnly(device(3));
    }

    @Test
    void sharesAnAddressWithAnotherServer() {
        emulated.manager.add(request("web", 1));
        VirtualServerRequest tls = VirtualServerRequest.builder().from(request("tls", 3))
                .ports(Set.of(PortRange.of(443, 443))).build();
        emulated.manager.add(tls);
        awaitState("tls", VirtualServerState.UP);
        assertThat(emulated.manager.vips()).hasSize(1);
        assertThat(emulated.manager.vips().get(0).servers()).hasSize(2);

        emulated.manager.remove("web");
        await().untilAsserted(() -> assertThat(emulated.manager.servers()).hasSize(1));
        awaitState("tls", VirtualServerState.UP);
        assertThat(emulated.manager.vips().get(0).servers()).hasSize(1);
        assertThat(emulated.rules(1, SLOTS)).hasSize(256);
    }

    @Test
    void comesBackBeforeHostsAreKnownAgainAndChangesNoRule() {
        emulated.manager.add(request("web", 1, 3));
        emulated.manager.changeMembers("web", List.of(removal(1), merge(2)));
        awaitState("web", VirtualServerState.UP);
        await().until(() -> destinations(1).containsKey(MacAddress.valueOf(2)));
        emulated.look();
        Set<FlowRule> before = new HashSet<>(emulated.framework.rules());
        VirtualServer present = emulated.server("web");

        restart();

        awaitState("web", VirtualServerState.UP);
        assertThat(emulated.server("web").request()).isEqualTo(present.request());
        assertThat(emulated.server("web").memberStatus()).extracting(MemberStatus::slots)
                .isEqualTo(present.memberStatus().stream().map(MemberStatus::slots).collect(Collectors.toList()));
        assertThat(emulated.server("web").memberStatus().get(1).status().reason())
                .contains("taken to be at " + place(2));
        await().untilAsserted(() -> {
            emulated.framework.removeExtraneous();
            assertThat(new HashSet<>(emulated.framework.rules())).isEqualTo(before);
        });
        learnHosts();
        await().untilAsserted(() -> assertThat(emulated.server("web").memberStatus().get(1).status().reason())
                .doesNotContain("taken to be"));
    }

    @Test
    void finishesAMembershipChangeThatWasCutOff() {
        emulated.manager.add(request("web", 1));
        awaitState("web", VirtualServerState.UP);
        emulated.framework.slowDown(device(4));
        emulated.manager.changeMembers("web", List.of(merge(3)));
        await().until(() -> emulated.framework.history().contains("apply " + device(4)));

        emulated.kill(1, 2, 3, 4);
        emulated.framework.slowDown(device(4));
        emulated.start();
        emulated.switches.connect(1, 2, 3, 4);

        answerAll(4, () -> destinations(1).getOrDefault(MacAddress.valueOf(3), 0L) == 128);
        awaitState("web", VirtualServerState.UP);
    }

    @Test
    void finishesARemovalThatWasCutOff() {
        emulated.manager.add(request("web", 1));
        awaitState("web", VirtualServerState.UP);
        emulated.framework.hold();
        emulated.manager.remove("web");

        emulated.kill(1, 2, 3, 4);
        emulated.framework.release();
        emulated.start();
        emulated.switches.connect(1, 2, 3, 4);

        await().untilAsserted(() -> assertThat(emulated.manager.servers()).isEmpty());
        emulated.framework.removeExtraneous();
        assertThat(emulated.framework.rules()).isEmpty();
    }

    @Test
    void withdrawsWhatAnEarlierLeaderHasLeft() {
        emulated.manager.add(request("web", 1));
        awaitState("web", VirtualServerState.UP);
        emulated.manager.deactivate();
        emulated.storage.<String, String>consistentMapBuilder().withName("roundtrip-balancer-servers").build()
                .remove("web");

        emulated.start();

        await().untilAsserted(() -> assertThat(emulated.framework.rules()).isEmpty());
    }

    @Test
    void watchesAsLongAsAnotherNodeLeads() {
        emulated.manager.add(request("web", 1));
        awaitState("web", VirtualServerState.UP);
        emulated.manager.deactivate();
        emulated.lead(EmulatedBalancer.OTHER);
        int before = emulated.framework.history().size();

        emulated.start();

        awaitState("web", VirtualServerState.UP);
        assertThat(emulated.manager.vips()).hasSize(1);
        assertThat(emulated.framework.history()).hasSize(before);
        emulated.lead(EmulatedBalancer.SELF);
        emulated.manager.changeMembers("web", List.of(merge(3)));
        await().untilAsserted(() -> assertThat(destinations(1)).containsKey(MacAddress.valueOf(3)));
    }

    @Test
    void takesRacingChangesOneAfterTheOther() {
        emulated.manager.add(request("web"));
        List<CompletableFuture<Void>> changes = IntStream.rangeClosed(1, 4).mapToObj(n -> CompletableFuture.runAsync(
                () -> {
                    for (int round = 0; round < 10; round++) {
                        emulated.manager.changeMembers("web", List.of(merge(n)));
                        emulated.manager.changeMembers("web", List.of(removal(n)));
                    }
                    emulated.manager.changeMembers("web", List.of(merge(n)));
                })).collect(Collectors.toList());
        changes.forEach(CompletableFuture::join);

        awaitState("web", VirtualServerState.UP);
        await().untilAsserted(() -> assertThat(destinations(1)).hasSize(4)
                .allSatisfy((mac, slots) -> assertThat(slots).isEqualTo(64)));
        assertThat(destinations(2)).isEqualTo(destinations(1));
    }

    @Test
    void usesAnInterfaceOnlyOnceForAPort() {
        emulated.hosts.learn(host(1, place(1), 0, VlanId.NONE, address(1), address(5)));

        emulated.manager.add(request("web", 1, 5));

        awaitState("web", VirtualServerState.DEGRADED);
        assertThat(emulated.server("web").memberStatus().get(1).status().reason())
                .contains("it is at the interface of " + MemberId.of(address(1), 0));
    }

    @Test
    void changesAccessSwitches() {
        emulated.manager.add(request("web", 1));
        awaitState("web", VirtualServerState.UP);

        emulated.manager.put(VirtualServerRequest.builder().from(request("web", 1))
                                     .accessSwitches(Set.of(device(2), device(4))).build());

        await().untilAsserted(() -> assertThat(emulated.server("web").accessSwitchStatus())
                .extracting(AccessSwitchStatus::device).containsExactly(device(2), device(4)));
        awaitState("web", VirtualServerState.UP);
        await().untilAsserted(() -> assertThat(emulated.rules(1, SLOTS)).isEmpty());
        assertThat(emulated.rules(4, SLOTS)).hasSize(256);
        await().untilAsserted(() -> assertThat(emulated.rules(1, Pipeline.SLOT_HALVES)).isEmpty());
        assertThat(emulated.rules(4, Pipeline.SLOT_HALVES)).hasSize(512);
    }

    /** To which MAC addresses an access switch sends how many slots. */
    private Map<MacAddress, Long> destinations(int device) {
        return emulated.rules(device, SLOTS).stream().collect(Collectors.groupingBy(
                EmulatedBalancer::destination, Collectors.counting()));
    }

    /** Lets a slow switch answer until something has come true. */
    private void answerAll(int device, Callable<Boolean> condition) {
        await().until(() -> {
            emulated.framework.answerIfAsked(device(device));
            return condition.call();
        });
    }

    private void awaitState(String name, VirtualServerState state) {
        await().untilAsserted(() -> assertThat(emulated.manager.server(name).map(VirtualServer::status))
                .hasValueSatisfying(status -> assertThat(status.state()).as(status::toString).isEqualTo(state)));
    }

    private static MemberChange merge(int member) {
        return MemberChange.builder().address(address(member)).build();
    }

    private static MemberChange state(int member, MemberState state) {
        return MemberChange.builder().address(address(member)).state(state).build();
    }

    private static MemberChange removal(int member) {
        return MemberChange.builder().address(address(member)).operation(MemberOperation.REMOVE).build();
    }
}
