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
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.instructions.Instructions;
import org.roundtrip.base.ConflictException;
import org.roundtrip.tepath.Protection;
import org.roundtrip.tepath.StandbyState;
import org.roundtrip.tepath.TePath;
import org.roundtrip.tepath.TePathRequest;
import org.roundtrip.tepath.TePathState;
import org.roundtrip.tepath.compute.Pipeline;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.roundtrip.tepath.impl.EmulatedNetwork.device;
import static org.roundtrip.tepath.impl.EmulatedNetwork.port;

/**
 * What the service does with protected paths.
 */
class PathProtectionTest extends EmulatedServiceTest {

    @Test
    void putsTheStandbyWayIntoTheSwitchesInAdvance() {
        manager.request(USER, protectedPath("a").build());
        awaitReady("a");
        assertThat(devices(path("a").forward())).containsExactly(device(1), device(2), device(4));
        assertThat(devices(path("a").standby().orElseThrow().forward()))
                .containsExactly(device(1), device(3), device(5), device(4));
        assertThat(devices(path("a").standby().orElseThrow().reverse()))
                .containsExactly(device(4), device(5), device(3), device(1));
        assertThat(network.framework.rules()).as("2 at the ends, 4 and 6 inside").hasSize(12);
    }

    @Test
    void reservesTheStandbyWay() {
        manager.request(USER, protectedPath("a").bandwidth(GIGABIT).build());
        refuses(ConflictException.class, elsewhere("b").bandwidth(1).build(), "bandwidth");
    }

    @Test
    void movesBothEndsInOneStepWhenALinkFails() {
        manager.request(USER, protectedPath("a").build());
        awaitReady("a");
        List<String> before = network.framework.history();
        network.enable(2, 2, false);
        awaitPath("a", path -> path.status().state() == TePathState.UP && path.forward().size() == 4);

        List<String> steps = stepsSince(before);
        assertThat(steps.subList(0, 2)).containsExactlyInAnyOrder("apply " + device(1), "apply " + device(4));
        assertThat(path("a").status().lastError()).hasValueSatisfying(
                error -> assertThat(error).contains(port(2, 2).toString()));
        assertThat(path("a").standby().orElseThrow().status().state()).isEqualTo(StandbyState.UNPROTECTED);
        await().untilAsserted(() -> assertThat(network.framework.rules(device(2))).isEmpty());
        assertThat(manager.history("a")).extracting(change -> change.state())
                .endsWith(TePathState.UP, TePathState.INSTALLING, TePathState.UP);
    }

    @Test
    void movesWhenALinkFallsSilent() {
        manager.request(USER, protectedPath("a").build());
        awaitReady("a");
        network.loseDirection(4, 2, 2, 2);
        awaitPath("a", path -> path.status().state() == TePathState.UP && path.forward().size() == 4);
    }

    @Test
    void stopsBothEndsBeforeTheyGoOverIfSoAsked() {
        manager.request(USER, protectedPath("a").quiesce(true).build());
        awaitReady("a");
        List<String> before = network.framework.history();
        network.enable(2, 2, false);
        awaitPath("a", path -> path.status().state() == TePathState.UP && path.forward().size() == 4);
        assertThat(stepsSince(before).subList(0, 4)).filteredOn(step -> step.startsWith("apply")).hasSize(4);
    }

    @Test
    void staysWhereItIsWhenTheStandbyWayFails() {
        manager.request(USER, protectedPath("a").build());
        awaitReady("a");
        network.enable(3, 2, false);
        awaitPath("a", path -> path.standby().orElseThrow().status().state() == StandbyState.UNPROTECTED);
        assertThat(path("a").status().state()).isEqualTo(TePathState.UP);
        assertThat(devices(path("a").forward())).containsExactly(device(1), device(2), device(4));
        assertThat(path("a").standby().orElseThrow().status().lastError()).hasValueSatisfying(
                error -> assertThat(error).contains(port(3, 2).toString()));

        network.enable(3, 2, true);
        awaitReady("a");
    }

    @Test
    void isProtectedAgainWhenTheNetworkIs() {
        manager.request(USER, protectedPath("a").build());
        awaitReady("a");
        network.enable(2, 2, false);
        awaitPath("a", path -> path.status().state() == TePathState.UP && path.forward().size() == 4);
        network.enable(2, 2, true);
        awaitReady("a");
        assertThat(devices(path("a").forward())).as("it does not go back unasked").hasSize(4);
        assertThat(devices(path("a").standby().orElseThrow().forward())).hasSize(3);
    }

    @Test
    void goesBackWhenTheNetworkHasBeenWholeForLongEnough() {
        manager.request(USER, protectedPath("a")
                .protection(Protection.builder().waitToRestore(1).build()).build());
        awaitReady("a");
        network.enable(2, 2, false);
        awaitPath("a", path -> path.status().state() == TePathState.UP && path.forward().size() == 4);
        network.enable(2, 2, true);
        awaitPath("a", path -> path.status().state() == TePathState.UP && path.forward().size() == 3);
        awaitReady("a");
        assertThat(manager.history("a")).anySatisfy(
                change -> assertThat(change.reason()).contains("going back to the best way"));
    }

    @Test
    void leavesAShortFailureToALowerLayer() {
        manager.request(USER, protectedPath("a")
                .protection(Protection.builder().holdOff(10_000).build()).build());
        awaitReady("a");
        network.enable(2, 2, false);
        awaitPath("a", path -> path.status().reason().contains(port(2, 2).toString()));
        assertThat(path("a").status().state()).isEqualTo(TePathState.UP);
        assertThat(path("a").forward()).hasSize(3);
        network.enable(2, 2, true);
        awaitPath("a", path -> !path.status().reason().contains(port(2, 2).toString()));
        assertThat(path("a").forward()).hasSize(3);
    }

    @Test
    void movesWhenAFailureOutlastsTheHoldOffTime() {
        manager.request(USER, protectedPath("a")
                .protection(Protection.builder().holdOff(200).build()).build());
        awaitReady("a");
        network.enable(2, 2, false);
        awaitPath("a", path -> path.status().state() == TePathState.UP && path.forward().size() == 4);
    }

    @Test
    void refusesAPathThatCannotBeProtected() {
        network.loseLink(1, 3, 3, 1);
        refuses(ConflictException.class, protectedPath("a").build(), "protection");
        assertThat(network.framework.rules()).isEmpty();
    }

    @Test
    void needsNoStandbyWayWithinOneSwitch() {
        manager.request(USER, protectedPath("a").destination(port(1, 7)).build());
        awaitReady("a");
        assertThat(path("a").standby().orElseThrow().forward()).isEmpty();
    }

    @Test
    void gainsAndLosesItsProtectionOnRequest() {
        manager.request(USER, request("a").build());
        awaitState("a", TePathState.UP);
        manager.request(USER, protectedPath("a").build());
        awaitReady("a");
        assertThat(path("a").forward().get(1).labelIn()).as("the active way stays").hasValue(100_000);
        manager.request(USER, request("a").build());
        await().untilAsserted(() -> assertThat(network.framework.rules()).hasSize(6));
        assertThat(path("a").standby()).isEmpty();
        network.enable(2, 2, false);
        awaitPath("a", path -> path.status().state() == TePathState.UP && path.forward().size() == 4);
    }

    @Test
    void changesItsBandwidthMakeBeforeBreak() {
        manager.request(USER, protectedPath("a").bandwidth(GIGABIT / 2).build());
        awaitReady("a");
        TePath changed = manager.request(USER, protectedPath("a").bandwidth(GIGABIT).build());
        assertThat(changed.request().bandwidth()).isEqualTo(GIGABIT);
        awaitReady("a");
        assertThat(path("a").forward().get(1).labelIn()).hasValue(100_001);
        await().untilAsserted(() -> assertThat(network.framework.rules()).hasSize(12));
        refuses(ConflictException.class,
                protectedPath("a").bandwidth(GIGABIT + 1).build(), "bandwidth");
        assertThat(path("a").request().bandwidth()).isEqualTo(GIGABIT);
    }

    @Test
    void leavesNothingBehind() {
        manager.request(USER, protectedPath("a").bandwidth(GIGABIT).build());
        awaitReady("a");
        manager.remove(USER, "a");
        awaitGone("a");
        assertThat(network.framework.rules()).isEmpty();
        assertThat(network.framework.size()).isZero();
        manager.request(USER, protectedPath("a").bandwidth(GIGABIT).build());
        awaitReady("a");
        assertThat(path("a").forward().get(1).labelIn()).hasValue(100_000);
    }

    @Test
    void findsItsRulesUntouchedAfterARestart() {
        manager.request(USER, protectedPath("a").build());
        awaitReady("a");
        List<FlowRule> rules = network.framework.rules();
        restart(0);
        awaitReady("a");
        network.framework.removeExtraneous();
        assertThat(network.framework.rules()).hasSameSizeAs(rules)
                .allMatch(rule -> rules.stream().anyMatch(rule::exactMatch));
        network.enable(2, 2, false);
        awaitPath("a", path -> path.status().state() == TePathState.UP && path.forward().size() == 4);
    }

    @Test
    void keepsAStandbyWayWhoseLinksAreFoundAfterThoseOfTheActiveWay() {
        manager.request(USER, protectedPath("a").build());
        awaitReady("a");
        TePath before = path("a");
        List<FlowRule> rules = network.framework.rules();
        die();
        network.loseLink(1, 2, 2, 1);
        network.loseLink(3, 2, 5, 1);
        start(3600);
        awaitPath("a", path -> path.status().reason().contains("after a start"));
        network.withLink(1, 2, 2, 1);
        awaitState("a", TePathState.UP);
        network.withLink(3, 2, 5, 1);
        awaitReady("a");
        await().untilAsserted(() -> assertThat(manager.verify("a").correct()).isTrue());

        assertThat(path("a").standby().orElseThrow().forward())
                .isEqualTo(before.standby().orElseThrow().forward());
        network.framework.removeExtraneous();
        assertThat(network.framework.rules()).hasSameSizeAs(rules)
                .allMatch(rule -> rules.stream().anyMatch(rule::exactMatch));
        assertThat(network.framework.history()).noneMatch(step -> step.startsWith("withdraw"));
    }

    @Test
    void leavesTheStandbyWayAloneUntilAllItsSwitchesHaveConnected() {
        manager.request(USER, protectedPath("a").build());
        awaitReady("a");
        List<FlowRule> rules = network.framework.rules();
        die();
        network.disconnect(3);
        network.framework.refuse(rule -> rule.deviceId().equals(device(3)));
        start(3600);
        awaitState("a", TePathState.UP);
        assertThat(path("a").standby().orElseThrow().status()).matches(
                status -> status.state() == StandbyState.INSTALLING && status.reason().contains("after a start"));
        network.framework.refuse(rule -> false);
        network.connectUncorrected(3);
        awaitReady("a");
        network.framework.removeExtraneous();
        assertThat(network.framework.rules()).hasSameSizeAs(rules)
                .allMatch(rule -> rules.stream().anyMatch(rule::exactMatch));
        assertThat(network.framework.history()).noneMatch(step -> step.startsWith("withdraw"));
    }

    @Test
    void losesAStandbyWayThatIsNotFoundInTime() {
        manager.request(USER, protectedPath("a").build());
        awaitReady("a");
        die();
        network.loseLink(3, 2, 5, 1);
        start(1);
        awaitPath("a", path -> path.status().state() == TePathState.UP
                && path.standby().orElseThrow().status().state() == StandbyState.UNPROTECTED);
        assertThat(path("a").standby().orElseThrow().status().lastError()).hasValueSatisfying(
                error -> assertThat(error).contains(port(3, 2).toString()));
    }

    @Test
    void goesOverToAStandbyWayThatIsStillToBeFoundWhenTheActiveOneHasFailedMeanwhile() {
        manager.request(USER, protectedPath("a").build());
        awaitReady("a");
        TePath before = path("a");
        die();
        network.enable(2, 2, false);
        network.loseLink(3, 2, 5, 1);
        start(3600);
        await().untilAsserted(() -> assertThat(List.of(1, 4)).allSatisfy(
                end -> assertThat(admission(end).treatment().allInstructions())
                        .contains(Instructions.createOutput(port(end, 3).port()))));
        network.withLink(3, 2, 5, 1);
        awaitState("a", TePathState.UP);
        assertThat(path("a").forward()).isEqualTo(before.standby().orElseThrow().forward());
        assertThat(manager.history("a")).noneMatch(change -> change.state() == TePathState.DOWN);
    }

    @Test
    void finishesASwitchoverThatDeathHasInterruptedBetweenTheTwoEnds() {
        manager.request(USER, protectedPath("a").exclusive(true).build());
        awaitReady("a");
        // The other end never hears of it.
        network.framework.refuse(rule -> rule.deviceId().equals(device(4))
                && !rule.treatment().allInstructions().contains(Instructions.createNoAction()));
        network.enable(2, 2, false);
        await().until(() -> admission(1).treatment().allInstructions()
                .contains(Instructions.createOutput(port(1, 3).port())));
        network.framework.refuse(rule -> false);
        restart(0);
        awaitPath("a", path -> path.status().state() == TePathState.UP && path.forward().size() == 4);
        assertThat(admission(4).treatment().allInstructions())
                .contains(Instructions.createOutput(port(4, 3).port()));
    }

    @Test
    void rollsBackASwitchoverThatWasInterruptedAndIsNoLongerCalledFor() {
        manager.request(USER, protectedPath("a").build());
        awaitReady("a");
        storage.breakDown();
        network.enable(2, 2, false);
        await().until(() -> admission(4).treatment().allInstructions()
                .contains(Instructions.createOutput(port(4, 3).port())));
        network.enable(2, 2, true);
        network.framework.forget();
        storage.repair();
        stop();
        start(0);
        awaitReady("a");
        assertThat(List.of(1, 4)).allSatisfy(end -> assertThat(admission(end).treatment().allInstructions())
                .as("both ends use the same way")
                .contains(Instructions.createOutput(port(end, path("a").forward().size() == 3 ? 2 : 3).port())));
    }

    @Test
    void recordsASwitchoverWhenTheStoreAnswersAgain() {
        manager.request(USER, protectedPath("a").build());
        awaitReady("a");
        storage.breakDown();
        network.enable(2, 2, false);
        await().until(() -> List.of(1, 4).stream().allMatch(end -> admission(end).treatment().allInstructions()
                .contains(Instructions.createOutput(port(end, 3).port()))));
        assertThat(path("a").forward()).as("what is durable is shown").hasSize(3);
        storage.repair();
        awaitPath("a", path -> path.status().state() == TePathState.UP && path.forward().size() == 4);
    }

    @Test
    void goesUnprotectedRatherThanDown() {
        network.withLink(1, 4, 2, 4);
        manager.request(USER, protectedPath("a").build());
        awaitReady("a");
        network.enable(2, 2, false);
        network.enable(3, 2, false);
        awaitState("a", TePathState.DOWN);
        network.enable(3, 2, true);
        awaitPath("a", path -> path.status().state() == TePathState.UP && path.forward().size() == 4);
        assertThat(path("a").standby().orElseThrow().status().state()).isEqualTo(StandbyState.UNPROTECTED);
    }

    private FlowRule admission(int device) {
        return network.framework.rules(device(device)).stream()
                .filter(rule -> rule.priority() == Pipeline.ADMISSION_PRIORITY)
                .collect(Collectors.toList()).get(0);
    }

    private static TePathRequest.Builder protectedPath(String name) {
        return request(name).protection(Protection.builder().build());
    }

    private void awaitReady(String name) {
        Predicate<TePath> isReady = path -> path.status().state() == TePathState.UP
                && path.standby().filter(standby -> standby.status().state() == StandbyState.READY).isPresent();
        awaitPath(name, isReady);
    }

    private List<String> stepsSince(List<String> before) {
        return network.framework.history().subList(before.size(), network.framework.history().size());
    }
}
