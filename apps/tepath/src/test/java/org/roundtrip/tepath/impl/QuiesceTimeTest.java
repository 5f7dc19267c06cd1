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

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.instructions.Instruction;
import org.roundtrip.tepath.PathConstraints;
import org.roundtrip.tepath.Protection;
import org.roundtrip.tepath.StandbyState;
import org.roundtrip.tepath.TePath;
import org.roundtrip.tepath.TePathRequest;
import org.roundtrip.tepath.TePathState;
import org.roundtrip.tepath.compute.Pipeline;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.roundtrip.tepath.impl.EmulatedNetwork.device;

/**
 * That traffic takes no way before both ends have admitted nothing for long enough since it took another one.
 */
class QuiesceTimeTest extends EmulatedServiceTest {

    private static final Duration PAUSE = Duration.ofMillis(400);
    /** Longer than anything is waited for in these tests. */
    private static final int FOREVER = TePathRequest.LONGEST_QUIESCE_TIME;

    private final EdgeLog log = new EdgeLog();

    @BeforeEach
    void watch() {
        network.framework.refuse(log);
    }

    @Test
    void setsUpAPathWithoutAPause() {
        manager.request(USER, quiescent(FOREVER).build());
        awaitState("a", TePathState.UP);
        assertThat(log.ways()).isEqualTo(1);
    }

    @Test
    void stopsBothEndsForAWhileWhenAWayFails() {
        manager.request(USER, quiescent(PAUSE).build());
        awaitReady();
        network.enable(2, 2, false);
        awaitPausing();
        assertThat(edges()).hasSize(2).allMatch(QuiesceTimeTest::isDropping);
        awaitWay(4);
        assertThat(edges()).hasSize(2).noneMatch(QuiesceTimeTest::isDropping);
        assertThat(manager.history("a")).anySatisfy(
                change -> assertThat(change.reason()).contains("admit nothing until"));
        log.requirePauses(PAUSE);
        assertThat(log.ways()).isEqualTo(2);
    }

    @Test
    void saysForHowLong() {
        manager.request(USER, quiescent(FOREVER).build());
        awaitReady();
        network.enable(2, 2, false);
        awaitPausing();
        assertThat(path("a").status().state()).isEqualTo(TePathState.INSTALLING);
        assertThat(path("a").status().reason()).contains("60000 ms");
        assertThat(path("a").forward()).as("where both ends will point").hasSize(4);
    }

    @Test
    void goesBackToTheSameWayWithoutAPause() {
        manager.request(USER, quiescent(FOREVER).build());
        awaitReady();
        network.enable(2, 2, false);
        awaitPausing();
        network.enable(2, 2, true);
        network.enable(3, 2, false);
        awaitWay(3);
        assertThat(log.ways()).isEqualTo(1);
    }

    @Test
    void beginsAnewWhenAnotherFailureComesInBetween() {
        network.withLink(1, 5, 4, 5);
        manager.request(USER, quiescent(FOREVER).build());
        awaitReady();
        network.enable(1, 5, false);
        awaitPausing();
        String first = path("a").status().reason();
        network.enable(1, 2, false);
        awaitPath("a", path -> path.forward().size() == 4 && path.status().reason().contains("admit nothing until"));
        assertThat(path("a").status().reason()).isNotEqualTo(first);
        assertThat(log.ways()).isEqualTo(1);
    }

    @Test
    void pausesWhenItIsMovedOnPurpose() {
        manager.request(USER, request("a").quiesce(true).quiesceTime((int) PAUSE.toMillis()).build());
        awaitState("a", TePathState.UP);
        manager.request(USER, request("a").quiesce(true).quiesceTime((int) PAUSE.toMillis())
                .constraints(PathConstraints.builder().addExcludeDevices(device(2)).build()).build());
        awaitWay(4);
        manager.request(USER, request("a").quiesce(true).quiesceTime((int) PAUSE.toMillis()).build());
        manager.reoptimise("a");
        awaitWay(3);
        log.requirePauses(PAUSE);
        assertThat(log.ways()).isEqualTo(3);
    }

    @Test
    void pausesWhenItComesUpOnAnotherWay() {
        network.enable(3, 2, false);
        manager.request(USER, request("a").exclusive(true).quiesce(true).quiesceTime((int) PAUSE.toMillis()).build());
        awaitState("a", TePathState.UP);
        network.enable(2, 2, false);
        awaitState("a", TePathState.DOWN);
        network.enable(3, 2, true);
        awaitWay(4);
        log.requirePauses(PAUSE);
        assertThat(log.ways()).isEqualTo(2);
    }

    @Test
    void comesUpAgainOnTheSameWayWithoutAPause() {
        network.enable(3, 2, false);
        manager.request(USER, request("a").exclusive(true).quiesce(true).quiesceTime(FOREVER).build());
        awaitState("a", TePathState.UP);
        network.enable(2, 2, false);
        awaitState("a", TePathState.DOWN);
        network.enable(2, 2, true);
        awaitWay(3);
    }

    @Test
    void doesNotCountBeforeBothEndsHaveStopped() {
        manager.request(USER, quiescent(PAUSE).build());
        awaitReady();
        network.framework.slowDown(device(4));
        network.enable(2, 2, false);
        awaitPath("a", path -> path.forward().size() == 4);
        assertThat(path("a").status().reason()).doesNotContain("admit nothing until");
        network.framework.answer(device(4));
        awaitPausing();
        await().ignoreExceptions().untilAsserted(() -> network.framework.answer(device(4)));
        awaitWay(4);
        log.requirePauses(PAUSE);
    }

    @Test
    void pausesAgainAfterDeath() {
        manager.request(USER, quiescent(PAUSE).build());
        awaitReady();
        network.enable(2, 2, false);
        awaitPausing();
        long death = System.nanoTime();
        restart(0);
        awaitWay(4);
        assertThat(System.nanoTime() - death).isGreaterThanOrEqualTo(PAUSE.toNanos());
        log.requirePauses(PAUSE);
        assertThat(log.ways()).isEqualTo(2);
    }

    @Test
    void pausesAfterADeathThatLeftNoRecordOfTheFailure() {
        manager.request(USER, quiescent(PAUSE).build());
        awaitReady();
        storage.breakDown();
        network.enable(2, 2, false);
        await().until(() -> edges().stream().allMatch(QuiesceTimeTest::isDropping));
        network.framework.forget();
        stop();
        storage.repair();
        start(0);
        awaitWay(4);
        log.requirePauses(PAUSE);
        assertThat(log.ways()).isEqualTo(2);
    }

    @Test
    void goesOnAfterADeathThatLeftNoRecordOfAFailureThatIsOver() {
        manager.request(USER, quiescent(FOREVER).build());
        awaitReady();
        storage.breakDown();
        network.enable(2, 2, false);
        await().until(() -> edges().stream().allMatch(QuiesceTimeTest::isDropping));
        network.framework.forget();
        network.enable(2, 2, true);
        stop();
        storage.repair();
        start(0);
        awaitWay(3);
        assertThat(log.ways()).isEqualTo(1);
    }

    @Test
    void admitsNothingToAWayThatIsNotRecorded() {
        manager.request(USER, quiescent(PAUSE).build());
        awaitReady();
        network.enable(2, 2, false);
        awaitPausing();
        storage.breakDown();
        await().during(PAUSE.multipliedBy(2)).until(() -> edges().stream().allMatch(QuiesceTimeTest::isDropping));
        storage.repair();
        awaitWay(4);
    }

    @Test
    void takesAnotherTimeIntoAccountAtOnce() {
        manager.request(USER, request("a").protection(Protection.builder().build()).build());
        awaitReady();
        manager.request(USER, quiescent(FOREVER).build());
        awaitReady();
        network.enable(2, 2, false);
        awaitPausing();
        manager.request(USER, quiescent(1).build());
        awaitWay(4);
        network.enable(2, 2, true);
        awaitReady();
        manager.request(USER, quiescent(FOREVER).build());
        awaitReady();
        network.enable(3, 2, false);
        awaitPausing();
        manager.request(USER, request("a").protection(Protection.builder().build()).build());
        awaitWay(3);
    }

    @Test
    void countsTheTimeForWhichItWasSuspended() {
        manager.request(USER, quiescent(PAUSE).suspended(true).build());
        awaitReady();
        manager.request(USER, quiescent(PAUSE).build());
        awaitReady();
        manager.request(USER, quiescent(PAUSE).suspended(true).build());
        awaitReady();
        network.enable(2, 2, false);
        awaitWay(4);
        assertThat(log.ways()).isEqualTo(1);
        manager.request(USER, quiescent(PAUSE).build());
        await().until(() -> log.ways() == 2);
        log.requirePauses(PAUSE);
    }

    @Test
    void canBeRemovedWhileItPauses() {
        manager.request(USER, quiescent(FOREVER).build());
        awaitReady();
        network.enable(2, 2, false);
        awaitPausing();
        manager.remove(USER, "a");
        awaitGone("a");
        assertThat(network.framework.rules()).isEmpty();
    }

    /** Failures, recoveries, changes and deaths in any order. */
    @RepeatedTest(15)
    void neverMixesWays(RepetitionInfo repetition) {
        int pause = 60;
        Random random = new Random(repetition.getCurrentRepetition());
        network.withLink(1, 5, 4, 5);
        TePathRequest.Builder standard = request("a").exclusive(random.nextBoolean()).quiesce(true).quiesceTime(pause)
                .protection(Protection.builder().bestEffort(true).waitToRestore(0).build());
        manager.request(USER, standard.build());
        awaitState("a", TePathState.UP);
        int[][] ports = {{1, 2}, {2, 2}, {4, 3}, {3, 2}, {1, 5}};
        for (int step = 0; step < 12; step++) {
            int[] port = ports[random.nextInt(ports.length)];
            switch (random.nextInt(6)) {
                case 0:
                    restart(0);
                    break;
                case 1:
                    manager.request(USER, standard.suspended(random.nextBoolean()).build());
                    break;
                case 2:
                    manager.reoptimise("a");
                    break;
                case 3:
                    network.enable(port[0], port[1], false);
                    break;
                default:
                    network.enable(port[0], port[1], true);
                    break;
            }
            if (random.nextBoolean()) {
                await().until(() -> path("a").status().state() != TePathState.INSTALLING);
            }
        }
        for (int[] port : ports) {
            network.enable(port[0], port[1], true);
        }
        manager.request(USER, standard.suspended(false).build());
        awaitState("a", TePathState.UP);
        log.requirePauses(Duration.ofMillis(pause));
    }

    private static TePathRequest.Builder quiescent(Duration pause) {
        return quiescent((int) pause.toMillis());
    }

    private static TePathRequest.Builder quiescent(int millis) {
        return request("a").exclusive(true).quiesce(true).quiesceTime(millis)
                .protection(Protection.builder().build());
    }

    private List<FlowRule> edges() {
        return network.framework.rules().stream().filter(rule -> rule.priority() == Pipeline.ADMISSION_PRIORITY)
                .collect(Collectors.toList());
    }

    static boolean isDropping(FlowRule rule) {
        return rule.treatment().allInstructions().stream()
                .noneMatch(instruction -> instruction.type() == Instruction.Type.OUTPUT);
    }

    private void awaitReady() {
        awaitPath("a", path -> path.status().state() == TePathState.UP
                && path.standby().filter(way -> way.status().state() == StandbyState.READY).isPresent());
    }

    private void awaitPausing() {
        awaitPath("a", path -> path.status().reason().contains("admit nothing until"));
    }

    private void awaitWay(int switches) {
        awaitPath("a", (TePath path) -> path.status().state() == TePathState.UP && path.forward().size() == switches);
    }
}
