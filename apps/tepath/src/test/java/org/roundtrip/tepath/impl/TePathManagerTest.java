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
package org.roundtrip.tepath.impl;

import org.junit.jupiter.api.Test;
import org.onosproject.cluster.NodeId;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.instructions.Instructions;
import org.roundtrip.base.ConflictException;
import org.roundtrip.base.InvalidRequestException;
import org.roundtrip.base.NotFoundException;
import org.roundtrip.base.RequestException;
import org.roundtrip.base.UnavailableException;
import org.roundtrip.tepath.PathAudit;
import org.roundtrip.tepath.PathExplanation;
import org.roundtrip.tepath.PathMetrics;
import org.roundtrip.tepath.TePath;
import org.roundtrip.tepath.TePathEvent;
import org.roundtrip.tepath.TePathState;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.roundtrip.tepath.impl.EmulatedNetwork.device;
import static org.roundtrip.tepath.impl.EmulatedNetwork.port;

/**
 * What the service does with paths without protection.
 */
class TePathManagerTest extends EmulatedServiceTest {

    // Setting up and taking away

    @Test
    void setsUpTheShortestPath() {
        TePath path = manager.request(USER, request("a").build());
        assertThat(path.status().state()).isEqualTo(TePathState.INSTALLING);

        awaitState("a", TePathState.UP);
        assertThat(devices(path("a").forward())).containsExactly(device(1), device(2), device(4));
        assertThat(devices(path("a").reverse())).containsExactly(device(4), device(2), device(1));
        assertThat(network.framework.rules()).hasSize(6);
        assertThat(types()).startsWith(TePathEvent.Type.ADDED).contains(TePathEvent.Type.CHANGED);
    }

    @Test
    void leavesNothingBehind() {
        manager.request(USER, request("a").bandwidth(GIGABIT).build());
        awaitState("a", TePathState.UP);
        assertThat(manager.remove(USER, "a").status().state()).isEqualTo(TePathState.REMOVING);
        awaitGone("a");

        assertThat(network.framework.rules()).isEmpty();
        assertThat(network.framework.size()).isZero();
        assertThat(types()).last().isEqualTo(TePathEvent.Type.REMOVED);
        manager.request(USER, request("a").bandwidth(GIGABIT).build());
        awaitState("a", TePathState.UP);
        assertThat(path("a").forward().get(1).labelIn()).hasValue(100_000);
    }

    @Test
    void takesTheTrafficOutBeforeTheWay() {
        manager.request(USER, request("a").build());
        awaitState("a", TePathState.UP);
        manager.remove(USER, "a");
        awaitGone("a");

        List<String> withdrawals = network.framework.history().stream()
                .filter(request -> request.startsWith("withdraw")).collect(Collectors.toList());
        assertThat(withdrawals).hasSize(2);
        assertThat(withdrawals.get(0)).contains("admission");
        assertThat(withdrawals.get(1)).contains("transit");
    }

    @Test
    void repeatingARequestChangesNothing() {
        manager.request(USER, request("a").build());
        awaitState("a", TePathState.UP);
        TePath again = manager.request(USER, request("a").build());
        assertThat(again).isEqualTo(path("a"));
        assertThat(manager.paths()).hasSize(1);
    }

    @Test
    void joinsTwoPortsOfOneSwitchWithoutLabelsOrCapability() {
        network.configure(1, "");
        manager.request(USER, request("a").destination(port(1, 7)).build());
        awaitState("a", TePathState.UP);
        assertThat(path("a").forward()).singleElement().satisfies(hop -> {
            assertThat(hop.labelIn()).isEmpty();
            assertThat(hop.labelOut()).isEmpty();
        });
        assertThat(network.framework.rules()).hasSize(2);
    }

    // Bad requests

    @Test
    void refusesOtherEndsAndOtherOwnersUnderAUsedName() {
        manager.request(USER, request("a").build());
        refuses(ConflictException.class, request("a").source(port(1, 7)).build(), "source");
        refuses(ConflictException.class, request("a").destination(port(4, 7)).build(), "destination");
        assertThatThrownBy(() -> manager.request(OTHER, request("a").build()))
                .isInstanceOf(ConflictException.class).hasMessageContaining("org.roundtrip.user");
    }

    @Test
    void refusesToRemoveWhatIsNotThereOrBelongsToOthers() {
        assertThatThrownBy(() -> manager.remove(USER, "a")).isInstanceOf(NotFoundException.class);
        manager.request(USER, request("a").build());
        assertThatThrownBy(() -> manager.remove(OTHER, "a"))
                .isInstanceOf(ConflictException.class).hasMessageContaining("org.roundtrip.user");
    }

    @Test
    void refusesEndsThatAreNoEdgePorts() {
        refuses(InvalidRequestException.class, request("a").source(port(9, 1)).build(), "source");
        refuses(InvalidRequestException.class, request("a").source(port(1, 99)).build(), "source");
        refuses(InvalidRequestException.class, request("a").destination(port(4, 2)).build(), "destination");
        assertThat(network.framework.rules()).isEmpty();
    }

    @Test
    void refusesWhatTheNetworkDoesNotHave() {
        refuses(ConflictException.class, request("a").bandwidth(GIGABIT + 1).build(), "bandwidth");
        network.configure(1, "{\"mpls\":true}");
        refuses(ConflictException.class, request("a").build(), "source");
        network.disconnect(4);
        refuses(ConflictException.class, request("a").build(), "destination");
    }

    @Test
    void refusesTrafficOfAnotherPath() {
        manager.request(USER, request("a").build());
        RequestException refusal = refuses(ConflictException.class, request("b").build(), "forward-traffic[0]");
        assertThat(refusal.errors()).hasSize(2);
        assertThat(refusal).hasMessageContaining("path a");
    }

    @Test
    void refusesANameThatIsBeingRemoved() {
        manager.request(USER, request("a").build());
        awaitState("a", TePathState.UP);
        network.framework.hold();
        manager.remove(USER, "a");
        refuses(ConflictException.class, request("a").build(), "name");
        network.framework.release();
        awaitGone("a");
    }

    @Test
    void sendsRequestsToTheLeader() {
        leader = NodeId.nodeId("other");
        assertThatThrownBy(() -> manager.request(USER, request("a").build()))
                .isInstanceOf(UnavailableException.class).hasMessageContaining("other");
        assertThatThrownBy(() -> manager.remove(USER, "a")).isInstanceOf(UnavailableException.class);
    }

    @Test
    void changesNothingWhenTheStoreDoesNotAnswer() {
        storage.breakDown();
        assertThatThrownBy(() -> manager.request(USER, request("a").build())).isInstanceOf(UnavailableException.class);
        storage.repair();
        assertThat(manager.paths()).isEmpty();
        manager.request(USER, request("a").build());
        awaitState("a", TePathState.UP);
    }

    // Reservations

    @Test
    void givesTheLastBandwidthToExactlyOneOfTwo() throws Exception {
        network.loseLink(1, 3, 3, 1);
        ExecutorService users = Executors.newFixedThreadPool(2);
        try {
            List<Future<TePath>> answers = users.invokeAll(List.<Callable<TePath>>of(
                    () -> manager.request(USER, request("a").bandwidth(GIGABIT).build()),
                    () -> manager.request(USER, elsewhere("b").bandwidth(GIGABIT).build())));
            assertThat(answers.stream().filter(TePathManagerTest::isRefused)).hasSize(1);
            assertThat(manager.paths()).hasSize(1);
        } finally {
            users.shutdownNow();
        }
    }

    private static boolean isRefused(Future<TePath> answer) {
        try {
            answer.get();
            return false;
        } catch (Exception e) {
            assertThat(e.getCause()).isInstanceOf(ConflictException.class);
            return true;
        }
    }

    @Test
    void givesBackBandwidthAtOnceAndLabelsWithTheRules() {
        network.loseLink(1, 3, 3, 1);
        manager.request(USER, request("a").bandwidth(GIGABIT).build());
        awaitState("a", TePathState.UP);
        network.framework.hold();
        manager.remove(USER, "a");
        manager.request(USER, elsewhere("b").bandwidth(GIGABIT).build());
        assertThat(path("b").forward().get(1).labelIn()).hasValue(100_001);
        network.framework.release();
        awaitGone("a");
        awaitState("b", TePathState.UP);
    }

    @Test
    void goesRoundALinkThatIsFull() {
        manager.request(USER, request("a").bandwidth(GIGABIT).build());
        manager.request(USER, elsewhere("b").bandwidth(GIGABIT).build());
        awaitState("b", TePathState.UP);
        assertThat(devices(path("b").forward())).containsExactly(device(1), device(3), device(5), device(4));
    }

    @Test
    void givesEverythingBackWhenLabelsRunOutHalfWay() {
        network.configure(4, "{\"mpls\":true,\"te\":true,\"labelRange\":{\"min\":16,\"max\":16}}");
        network.loseLink(1, 3, 3, 1);
        manager.request(USER, request("a").build());
        RequestException refusal = refuses(ConflictException.class, elsewhere("b").bandwidth(1).build(), "");
        assertThat(refusal).hasMessageContaining("labels").hasMessageContaining(port(4, 2).toString());

        manager.remove(USER, "a");
        awaitGone("a");
        manager.request(USER, elsewhere("b").bandwidth(GIGABIT).build());
        awaitState("b", TePathState.UP);
        assertThat(path("b").forward().get(1).labelIn()).hasValue(100_000);
    }

    // Failures

    @Test
    void movesBothDirectionsWhenALinkFails() {
        manager.request(USER, request("a").build());
        awaitState("a", TePathState.UP);
        network.enable(2, 2, false);
        awaitPath("a", path -> path.status().state() == TePathState.UP && path.forward().size() == 4);

        assertThat(devices(path("a").reverse())).containsExactly(device(4), device(5), device(3), device(1));
        assertThat(path("a").status().lastError()).hasValueSatisfying(
                error -> assertThat(error).contains(port(2, 2).toString()));
        await().until(() -> network.framework.rules(device(2)).isEmpty());
        assertThat(network.framework.rules()).hasSize(8);
    }

    @Test
    void movesWhenOneDirectionOfALinkIsLost() {
        manager.request(USER, request("a").build());
        awaitState("a", TePathState.UP);
        network.loseDirection(4, 2, 2, 2);
        awaitPath("a", path -> path.status().state() == TePathState.UP && path.forward().size() == 4);
    }

    @Test
    void makesBeforeItBreaks() {
        manager.request(USER, request("a").build());
        awaitState("a", TePathState.UP);
        List<String> before = network.framework.history();
        network.loseLink(2, 2, 4, 2);
        awaitPath("a", path -> path.status().state() == TePathState.UP && path.forward().size() == 4);
        await().until(() -> network.framework.rules().size() == 8);

        List<String> steps = network.framework.history().subList(before.size(), network.framework.history().size());
        assertThat(steps).hasSize(5);
        assertThat(steps.get(0)).startsWith("submit").endsWith("transit/2");
        assertThat(steps.subList(1, 3)).as("both ends at once")
                .containsExactlyInAnyOrder("apply " + device(1), "apply " + device(4));
        assertThat(steps.get(3)).startsWith("submit").endsWith("admission");
        assertThat(steps.get(4)).startsWith("withdraw").endsWith("transit/1");
    }

    @Test
    void countsBandwidthOnceThatOldAndNewWayShare() {
        manager.request(USER, request("a").bandwidth(GIGABIT).build());
        awaitState("a", TePathState.UP);
        network.withLink(2, 3, 4, 4);
        network.loseLink(2, 2, 4, 2);
        network.loseLink(1, 3, 3, 1);
        awaitPath("a", path -> path.status().state() == TePathState.UP
                && path.forward().get(1).outPort().toLong() == 3);
    }

    @Test
    void givesTheTrafficToOtherForwardingWhileThereIsNoWay() {
        manager.request(USER, request("a").build());
        awaitState("a", TePathState.UP);
        network.loseLink(1, 3, 3, 1);
        network.loseLink(2, 2, 4, 2);
        awaitState("a", TePathState.DOWN);
        assertThat(path("a").status().reason()).contains("no links join");
        assertThat(path("a").status().lastError()).hasValueSatisfying(error -> assertThat(error).contains("lost"));
        assertThat(path("a").forward()).isEmpty();
        await().until(() -> network.framework.rules().isEmpty());

        network.withLink(2, 2, 4, 2);
        awaitState("a", TePathState.UP);
    }

    @Test
    void dropsTheTrafficOfAnExclusivePathWhileThereIsNoWay() {
        manager.request(USER, request("a").exclusive(true).build());
        awaitState("a", TePathState.UP);
        network.loseLink(1, 3, 3, 1);
        network.loseLink(2, 2, 4, 2);
        awaitState("a", TePathState.DOWN);
        await().until(() -> network.framework.rules().size() == 2);
        assertThat(network.framework.rules()).allSatisfy(rule -> assertThat(rule.treatment().allInstructions())
                .containsExactly(Instructions.createNoAction()));
    }

    @Test
    void dropsTheTrafficOfAnExclusivePathFromTheFirstMoment() {
        network.framework.hold();
        manager.request(USER, request("a").exclusive(true).build());
        await().until(() -> network.framework.history().stream().anyMatch(step -> step.contains("admission")));
        network.framework.release();
        awaitState("a", TePathState.UP);
        assertThat(network.framework.rules()).hasSize(6);
    }

    @Test
    void keepsTheRulesWhileASwitchIsAwayAndThereIsNoOtherWay() {
        network.loseLink(1, 3, 3, 1);
        manager.request(USER, request("a").build());
        awaitState("a", TePathState.UP);
        List<FlowRule> before = network.framework.rules();
        network.disconnect(2);
        awaitState("a", TePathState.DOWN);
        assertThat(path("a").status().reason()).contains(device(2).toString()).contains("not connected");
        assertThat(network.framework.rules()).containsExactlyInAnyOrderElementsOf(before);

        network.connect(2);
        awaitState("a", TePathState.UP);
        await().untilAsserted(() -> assertThat(network.framework.rules()).hasSize(6));
        assertThat(path("a").forward().get(1).labelIn()).as("rules are laid anew").hasValue(100_001);
    }

    @Test
    void waitsAMomentForASwitchThatIsAway() {
        awayTolerance = 3600;
        restart(0);
        manager.request(USER, request("a").build());
        awaitState("a", TePathState.UP);
        network.disconnect(2);
        awaitPath("a", path -> path.status().reason().contains("but the switch " + device(2)));
        assertThat(path("a").status().state()).isEqualTo(TePathState.UP);
        network.connect(2);
        awaitPath("a", path -> path.status().state() == TePathState.UP
                && path.forward().get(1).labelIn().equals(Optional.of(100_001)));
        assertThat(devices(path("a").forward())).containsExactly(device(1), device(2), device(4));
        await().untilAsserted(() -> assertThat(network.framework.rules()).hasSize(6));
    }

    @Test
    void movesAtOnceWhenAPortTellsThatTheSwitchBehindItHasDied() {
        awayTolerance = 3600;
        restart(0);
        manager.request(USER, request("a").build());
        awaitState("a", TePathState.UP);
        network.enable(1, 2, false);
        network.disconnect(2);
        awaitPath("a", path -> path.status().state() == TePathState.UP && path.forward().size() == 4);
    }

    @Test
    void movesRoundASwitchThatIsAway() {
        manager.request(USER, request("a").build());
        awaitState("a", TePathState.UP);
        network.disconnect(2);
        awaitPath("a", path -> path.status().state() == TePathState.UP && path.forward().size() == 4);
        assertThat(network.framework.rules(device(2))).as("it can't be reached").isNotEmpty();

        network.connect(2);
        network.framework.cleanUp();
        await().until(() -> network.framework.rules(device(2)).isEmpty());
    }

    @Test
    void isDownWhileAnEdgePortIs() {
        network.enable(4, 1, false);
        manager.request(USER, request("a").build());
        awaitState("a", TePathState.DOWN);
        assertThat(path("a").status().reason()).contains(port(4, 1).toString());
        network.enable(4, 1, true);
        awaitState("a", TePathState.UP);
    }

    @Test
    void saysWhichSwitchRefuses() {
        network.framework.refuse(rule -> rule.deviceId().equals(device(2)));
        manager.request(USER, request("a").exclusive(true).build());
        awaitState("a", TePathState.DOWN);
        assertThat(path("a").status().reason()).contains(device(2).toString());
        assertThat(path("a").status().lastError()).isPresent();
        await().until(() -> network.framework.rules(device(1)).stream().anyMatch(
                rule -> rule.treatment().allInstructions().contains(Instructions.createNoAction())));

        network.framework.refuse(rule -> false);
        network.framework.reconnect(device(2));
        network.framework.cleanUp();
        awaitState("a", TePathState.UP);
    }

    @Test
    void followsACapabilityThatIsWithdrawn() {
        manager.request(USER, request("a").build());
        awaitState("a", TePathState.UP);
        network.configure(2, "");
        awaitPath("a", path -> path.status().state() == TePathState.UP && path.forward().size() == 4);
    }

    @Test
    void tellsWhatItsLinksCostNowAndStaysOnItsWay() {
        manager.request(USER, request("a").build());
        awaitState("a", TePathState.UP);
        network.configureLink(2, 2, 4, 2, "{'delay':7000,'teMetric':3}");
        network.configureLink(4, 2, 2, 2, "{'delay':5000}");
        awaitPath("a", path -> path.metrics().equals(Optional.of(PathMetrics.of(2, 4, 7_000, 5_000))));
        assertThat(manager.path("a").orElseThrow().forward()).hasSize(3);
    }

    // Removal and faults

    @Test
    void finishesARemovalWithoutASwitchThatIsGone() {
        manager.request(USER, request("a").build());
        awaitState("a", TePathState.UP);
        network.disconnect(4);
        manager.remove(USER, "a");
        awaitGone("a");
        assertThat(network.framework.rules()).allMatch(rule -> rule.deviceId().equals(device(4)));

        network.connect(4);
        network.framework.cleanUp();
        await().until(() -> network.framework.rules().isEmpty());
        manager.request(USER, request("a").build());
        awaitState("a", TePathState.UP);
    }

    @Test
    void doesNotGiveAwayLabelsThatASwitchMayStillUse() {
        manager.request(USER, request("a").build());
        awaitState("a", TePathState.UP);
        network.disconnect(2);
        awaitPath("a", path -> path.status().state() == TePathState.UP && path.forward().size() == 4);
        manager.remove(USER, "a");
        awaitGone("a");
        network.framework.hold();
        network.connect(2);
        manager.request(USER, elsewhere("b").build());
        assertThat(path("b").forward().get(1).labelIn()).hasValue(100_001);
        network.framework.release();

        awaitState("b", TePathState.UP);
        await().until(() -> network.framework.rules().size() == 6);
    }

    // Death and return

    @Test
    void findsItsRulesUntouchedAfterARestart() {
        manager.request(USER, request("a").build());
        manager.request(USER, elsewhere("b").exclusive(true).build());
        awaitState("a", TePathState.UP);
        awaitState("b", TePathState.UP);
        TePath before = path("a");
        List<FlowRule> rules = network.framework.rules();
        restart(0);
        awaitState("a", TePathState.UP);
        awaitState("b", TePathState.UP);

        assertThat(path("a").forward()).isEqualTo(before.forward());
        network.framework.removeExtraneous();
        assertThat(network.framework.rules()).hasSameSizeAs(rules)
                .allMatch(rule -> rules.stream().anyMatch(rule::exactMatch));
        assertThat(network.framework.history()).noneMatch(step -> step.startsWith("withdraw"));
    }

    @Test
    void waitsForTheNetworkAfterARestart() {
        manager.request(USER, request("a").build());
        awaitState("a", TePathState.UP);
        List<FlowRule> rules = network.framework.rules();
        for (int number = 1; number <= 5; number++) {
            network.disconnect(number);
        }
        network.framework.forget();
        stop();
        start(3600);
        awaitPath("a", path -> path.status().reason().contains("after a start"));
        for (int number = 5; number >= 1; number--) {
            network.connectUncorrected(number);
        }
        awaitState("a", TePathState.UP);
        network.framework.removeExtraneous();
        assertThat(network.framework.rules()).hasSameSizeAs(rules)
                .allMatch(rule -> rules.stream().anyMatch(rule::exactMatch));
    }

    @Test
    void doesNotWaitForALinkWhosePortIsDownAfterARestart() {
        manager.request(USER, request("a").build());
        awaitState("a", TePathState.UP);
        network.framework.forget();
        stop();
        network.enable(2, 2, false);
        start(3600);
        awaitPath("a", path -> path.status().state() == TePathState.UP && path.forward().size() == 4);
    }

    @Test
    void installsWhatWasRecordedButNotDoneWhenItDied() {
        network.framework.hold();
        manager.request(USER, request("a").build());
        TePath before = path("a");
        restart(0);
        network.framework.release();
        awaitState("a", TePathState.UP);
        assertThat(path("a").forward()).isEqualTo(before.forward());
        assertThat(network.framework.rules()).hasSize(6);
    }

    @Test
    void finishesAMoveThatDeathHasInterrupted() {
        manager.request(USER, request("a").build());
        awaitState("a", TePathState.UP);
        network.framework.hold();
        network.loseLink(2, 2, 4, 2);
        awaitPath("a", path -> path.forward().size() == 4);
        restart(0);
        network.framework.release();
        awaitState("a", TePathState.UP);
        await().until(() -> network.framework.rules().size() == 8);
        assertThat(network.framework.rules(device(2))).isEmpty();
    }

    @Test
    void finishesARemovalThatDeathHasInterrupted() {
        manager.request(USER, request("a").build());
        awaitState("a", TePathState.UP);
        network.framework.hold();
        manager.remove(USER, "a");
        restart(0);
        network.framework.release();
        awaitGone("a");
        assertThat(network.framework.rules()).isEmpty();
    }

    @Test
    void leadsWhatAnotherNodeHasLed() {
        manager.request(USER, request("a").build());
        awaitState("a", TePathState.UP);
        stop();
        leader = NodeId.nodeId("other");
        start(0);
        assertThat(path("a").status().state()).isEqualTo(TePathState.UP);
        leader = SELF;
        network.loseLink(2, 2, 4, 2);
        awaitPath("a", path -> path.status().state() == TePathState.UP && path.forward().size() == 4);
    }

    // Re-optimisation

    @Test
    void goesToABetterWayOnDemandOnly() {
        network.enable(2, 2, false);
        manager.request(USER, request("a").build());
        awaitState("a", TePathState.UP);
        network.enable(2, 2, true);
        manager.request(USER, elsewhere("b").build());
        awaitState("b", TePathState.UP);
        assertThat(path("b").forward()).hasSize(3);
        assertThat(path("a").forward()).hasSize(4);
        manager.reoptimise("a");
        awaitPath("a", path -> path.status().state() == TePathState.UP && path.forward().size() == 3);
        TePath best = path("a");
        assertThat(manager.reoptimise("a").forward()).isEqualTo(best.forward());
        assertThatThrownBy(() -> manager.reoptimise("unknown")).isInstanceOf(NotFoundException.class);
    }

    @Test
    void goesToABetterWayPeriodicallyIfSoConfigured() {
        reoptimisationPeriod = 1;
        restart(0);
        network.enable(2, 2, false);
        manager.request(USER, request("a").build());
        awaitState("a", TePathState.UP);
        network.enable(2, 2, true);
        awaitPath("a", path -> path.status().state() == TePathState.UP && path.forward().size() == 3);
    }

    @Test
    void explainsWithoutSettingAnythingUp() {
        assertThat(manager.explain(request("a").bandwidth(GIGABIT).build()).possible()).isTrue();
        PathExplanation none = manager.explain(request("a").bandwidth(2 * GIGABIT).build());
        assertThat(none.possible()).isFalse();
        assertThat(none.obstacles()).anySatisfy(obstacle -> {
            assertThat(obstacle.field()).isEqualTo("bandwidth");
            assertThat(obstacle.relaxation()).isPresent();
        });
        assertThatThrownBy(() -> manager.explain(request("a").source(port(9, 1)).build()))
                .isInstanceOf(InvalidRequestException.class);
        assertThat(manager.paths()).isEmpty();
        manager.request(USER, request("a").bandwidth(GIGABIT).build());
        assertThat(manager.explain(request("a").bandwidth(GIGABIT).build()).active().orElseThrow().metrics().hops())
                .as("its own bandwidth counts as free").isEqualTo(2);
    }

    // Audits and counters

    @Test
    void findsNothingWrongWithAPathThatIsUp() {
        manager.request(USER, request("a").build());
        awaitState("a", TePathState.UP);
        await().untilAsserted(() -> assertThat(manager.verify("a")).satisfies(audit -> {
            assertThat(audit.correct()).isTrue();
            assertThat(audit.coRouted()).hasValue(true);
            assertThat(audit.mismatches()).isEmpty();
            assertThat(devices(audit.forward())).containsExactly(device(1), device(2), device(4));
        }));
    }

    @Test
    void putsRightWhatAnAuditFindsWrong() {
        manager.request(USER, request("a").build());
        awaitState("a", TePathState.UP);
        await().untilAsserted(() -> assertThat(manager.verify("a").correct()).isTrue());
        network.framework.purge(network.framework.rules(device(2)).get(0));
        PathAudit audit = manager.verify("a");
        assertThat(audit.correct()).isFalse();
        assertThat(audit.mismatches()).singleElement().asString().contains(device(2).toString());
        assertThat(audit.difference()).isPresent();
        await().untilAsserted(() -> assertThat(manager.verify("a").correct()).isTrue());
        assertThat(network.framework.rules()).hasSize(6);
        assertThat(manager.history("a")).anySatisfy(
                change -> assertThat(change.reason()).contains("put right").contains(device(2).toString()));
    }

    @Test
    void auditsNothingThatIsNotThereOrOnItsWay() {
        assertThatThrownBy(() -> manager.verify("a")).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> manager.statistics("a")).isInstanceOf(NotFoundException.class);
        network.framework.hold();
        manager.request(USER, request("a").build());
        assertThatThrownBy(() -> manager.verify("a")).isInstanceOf(ConflictException.class);
        network.framework.release();
    }

    @Test
    void countsWhatAPathCarries() {
        manager.request(USER, request("a").build());
        awaitState("a", TePathState.UP);
        assertThat(manager.statistics("a").forward().admittedPackets()).isZero();
    }
}
