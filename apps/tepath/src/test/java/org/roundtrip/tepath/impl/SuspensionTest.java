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
import org.roundtrip.base.ConflictException;
import org.roundtrip.tepath.Hop;
import org.roundtrip.tepath.Protection;
import org.roundtrip.tepath.StandbyState;
import org.roundtrip.tepath.TePath;
import org.roundtrip.tepath.TePathRequest;
import org.roundtrip.tepath.TePathState;
import org.roundtrip.tepath.compute.Pipeline;

import java.util.List;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.roundtrip.tepath.impl.EmulatedNetwork.device;

/**
 * Paths that stand but take nothing in.
 */
class SuspensionTest extends EmulatedServiceTest {

    @Test
    void dropsTheTrafficOfAnExclusivePath() {
        manager.request(USER, suspended().exclusive(true).build());
        awaitReady();
        assertThat(path("a").status().reason()).contains("suspended");
        assertThat(edges()).hasSize(2).allMatch(QuiesceTimeTest::isDropping);
        assertThat(network.framework.rules()).as("and both ways inside").hasSize(12);
        assertThat(manager.verify("a").correct()).isTrue();
        assertThat(manager.verify("a").coRouted()).contains(true);
    }

    @Test
    void leavesOtherTrafficToOtherForwarding() {
        manager.request(USER, suspended().build());
        awaitReady();
        assertThat(edges()).isEmpty();
        assertThat(network.framework.rules()).hasSize(10);
        assertThat(manager.verify("a").correct()).isTrue();
    }

    @Test
    void holdsWhatItNeeds() {
        manager.request(USER, suspended().bandwidth(GIGABIT).build());
        refuses(ConflictException.class, elsewhere("b").bandwidth(1).build(), "bandwidth");
        refuses(ConflictException.class, request("c").build(), "forward-traffic[0]");
    }

    @Test
    void changesNothingButTheEnds() {
        for (boolean exclusive : new boolean[] {true, false}) {
            manager.request(USER, suspended().exclusive(exclusive).suspended(false).build());
            awaitReady();
            List<Hop> forward = path("a").forward();
            List<Hop> standby = path("a").standby().orElseThrow().forward();
            int before = network.framework.history().size();

            TePath asked = manager.request(USER, suspended().exclusive(exclusive).build());
            assertThat(asked.status().state()).as("not confirmed yet").isEqualTo(TePathState.INSTALLING);
            awaitReady();
            assertThat(edges()).allMatch(QuiesceTimeTest::isDropping).hasSize(exclusive ? 2 : 0);
            manager.request(USER, suspended().exclusive(exclusive).suspended(false).build());
            awaitReady();
            assertThat(edges()).hasSize(2).noneMatch(QuiesceTimeTest::isDropping);
            assertThat(path("a").forward()).isEqualTo(forward);
            assertThat(path("a").standby().orElseThrow().forward()).isEqualTo(standby);
            List<String> steps = network.framework.history()
                    .subList(before, network.framework.history().size());
            assertThat(steps).allMatch(step -> step.startsWith("apply") || step.endsWith("/admission"));
            assertThat(steps.subList(0, 2)).as("past the intent framework")
                    .containsExactlyInAnyOrder("apply " + device(1), "apply " + device(4));
        }
    }

    @Test
    void isNotUpBeforeBothEndsHaveConfirmed() {
        manager.request(USER, suspended().exclusive(true).suspended(false).build());
        awaitReady();
        network.framework.slowDown(device(4));
        manager.request(USER, suspended().exclusive(true).build());
        await().until(() -> edges().stream().anyMatch(QuiesceTimeTest::isDropping));
        assertThat(path("a").status().state()).isEqualTo(TePathState.INSTALLING);
        network.framework.answer(device(4));
        awaitReady();
        assertThat(edges()).hasSize(2).allMatch(QuiesceTimeTest::isDropping);
    }

    @Test
    void movesWhenItsWayFails() {
        manager.request(USER, suspended().exclusive(true).build());
        awaitReady();
        network.enable(2, 2, false);
        awaitPath("a", path -> path.status().state() == TePathState.UP && path.forward().size() == 4);
        assertThat(path("a").status().reason()).contains("suspended");
        assertThat(edges()).hasSize(2).allMatch(QuiesceTimeTest::isDropping);
        manager.request(USER, suspended().exclusive(true).suspended(false).build());
        awaitPath("a", path -> !path.request().suspended() && path.status().state() == TePathState.UP);
        assertThat(edges()).hasSize(2).noneMatch(QuiesceTimeTest::isDropping);
    }

    @Test
    void isStillSuspendedAfterDeath() {
        manager.request(USER, suspended().exclusive(true).build());
        awaitReady();
        restart(0);
        // What is recorded is shown before the framework has learned of it again: the ends and both ways.
        await().until(() -> network.framework.size() == 3);
        awaitReady();
        network.framework.removeExtraneous();
        assertThat(edges()).hasSize(2).allMatch(QuiesceTimeTest::isDropping);
        assertThat(network.framework.rules()).hasSize(12);
    }

    @Test
    void finishesASuspensionThatDeathHasInterrupted() {
        manager.request(USER, suspended().suspended(false).build());
        awaitReady();
        network.framework.refuse(QuiesceTimeTest::isDropping);
        manager.request(USER, suspended().build());
        awaitState("a", TePathState.DOWN);
        assertThat(edges()).noneMatch(QuiesceTimeTest::isDropping).hasSize(2);
        network.framework.refuse(rule -> false);
        restart(0);
        awaitReady();
        assertThat(edges()).isEmpty();
    }

    private static TePathRequest.Builder suspended() {
        return request("a").protection(Protection.builder().build()).suspended(true);
    }

    private List<FlowRule> edges() {
        return network.framework.rules().stream().filter(rule -> rule.priority() == Pipeline.ADMISSION_PRIORITY)
                .collect(Collectors.toList());
    }

    private void awaitReady() {
        awaitPath("a", path -> path.status().state() == TePathState.UP
                && path.standby().filter(way -> way.status().state() == StandbyState.READY).isPresent());
    }
}
