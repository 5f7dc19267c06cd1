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
import org.roundtrip.base.ConflictException;
import org.roundtrip.tepath.PathConstraints;
import org.roundtrip.tepath.Protection;
import org.roundtrip.tepath.StandbyState;
import org.roundtrip.tepath.TePathRequest;
import org.roundtrip.tepath.TePathState;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.roundtrip.tepath.impl.EmulatedNetwork.device;

/**
 * What happens when more important paths need the bandwidth of others, or there is less of it.
 */
class PathPreemptionTest extends EmulatedServiceTest {

    private static TePathRequest.Builder ordinary(String name) {
        return request(name).bandwidth(GIGABIT);
    }

    private static TePathRequest.Builder important(String name) {
        return elsewhere(name).bandwidth(GIGABIT).setupPriority(2);
    }

    @Test
    void makesALessImportantPathGoElsewhere() {
        manager.request(USER, ordinary("a").build());
        awaitState("a", TePathState.UP);
        manager.request(USER, important("b").build());
        awaitState("b", TePathState.UP);
        assertThat(devices(path("b").forward())).as("it takes the best way").hasSize(3);
        awaitPath("a", path -> path.status().state() == TePathState.UP && path.forward().size() == 4);
        assertThat(path("a").status().lastError()).hasValueSatisfying(
                error -> assertThat(error).contains("path b").contains("priority is 2"));
    }

    @Test
    void throwsOutALessImportantPathThatCanGoNowhere() {
        network.loseLink(1, 3, 3, 1);
        manager.request(USER, ordinary("a").build());
        awaitState("a", TePathState.UP);
        manager.request(USER, important("b").build());
        awaitState("a", TePathState.DOWN);
        awaitState("b", TePathState.UP);
        assertThat(path("a").status().lastError()).hasValueSatisfying(error -> assertThat(error).contains("path b"));
        await().untilAsserted(() -> assertThat(network.framework.rules()).hasSize(6));

        manager.remove(USER, "b");
        awaitState("a", TePathState.UP);
    }

    @Test
    void leavesPathsAloneThatAreAsImportant() {
        network.loseLink(1, 3, 3, 1);
        manager.request(USER, request("a").bandwidth(GIGABIT).setupPriority(7).holdingPriority(2).build());
        refuses(ConflictException.class, important("b").build(), "bandwidth");
        awaitState("a", TePathState.UP);
    }

    @Test
    void takesTheStandbyWayOfAPathAndLeavesItsTrafficAlone() {
        manager.request(USER, request("a").bandwidth(GIGABIT).protection(Protection.builder().build()).build());
        awaitPath("a", path -> path.status().state() == TePathState.UP
                && path.standby().orElseThrow().status().state() == StandbyState.READY);
        int label = path("a").forward().get(1).labelIn().orElseThrow();
        manager.request(USER, important("b").constraints(
                PathConstraints.builder().addExcludeDevices(device(2)).build()).build());
        awaitPath("a", path -> path.standby().orElseThrow().status().state() == StandbyState.UNPROTECTED);
        assertThat(path("a").status().state()).isEqualTo(TePathState.UP);
        assertThat(path("a").forward().get(1).labelIn()).hasValue(label);
    }

    @Test
    void givesWayWhenALinkCanCarryLess() {
        manager.request(USER, ordinary("a").build());
        awaitState("a", TePathState.UP);
        network.configureLink(1, 2, 2, 1, "{\"bandwidth\":500000000}");
        awaitPath("a", path -> path.status().state() == TePathState.UP && path.forward().size() == 4);
    }
}
