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
import org.roundtrip.tepath.Protection;
import org.roundtrip.tepath.TePath;
import org.roundtrip.tepath.TePathRequest;
import org.roundtrip.tepath.TePathState;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.roundtrip.tepath.impl.EmulatedNetwork.device;

/** Maintenance drains links and switches of the paths that can go elsewhere, and takes none away that can't. */
class MaintenanceTest extends EmulatedServiceTest {

    private static final String LINK = "{\"maintenance\":true}";
    private static final String SWITCH = "{\"mpls\":true,\"te\":true,\"maintenance\":true}";

    @Test
    void drainsALink() {
        up(request("a").build());
        network.configureLink(2, 2, 4, 2, LINK);
        awaitPath("a", path -> path.status().state() == TePathState.UP && path.forward().size() == 4);
        assertThat(path("a").status().lastError()).hasValueSatisfying(
                error -> assertThat(error).contains("is under maintenance"));
    }

    @Test
    void drainsASwitch() {
        up(request("a").build());
        network.configure(2, SWITCH);
        awaitPath("a", path -> path.status().state() == TePathState.UP && path.forward().size() == 4);
    }

    @Test
    void leavesPathsAtASwitchThatTheyEndAt() {
        up(request("a").build());
        network.configure(1, SWITCH);
        up(elsewhere("b").build());
        assertThat(path("a").forward()).hasSize(3);
    }

    @Test
    void keepsAPathThatCannotGoElsewhere() {
        network.loseLink(3, 2, 5, 1);
        up(request("a").build());
        network.configure(2, SWITCH);
        awaitPath("a", path -> path.status().reason().contains("is under maintenance"));
        assertThat(path("a").status().state()).isEqualTo(TePathState.UP);
        assertThat(path("a").forward()).hasSize(3);
    }

    @Test
    void goesOverToTheStandbyWayAndReturnsAfterwards() {
        up(protectedPath().build());
        network.configure(2, SWITCH);
        awaitPath("a", path -> path.status().state() == TePathState.UP && path.forward().size() == 4);
        network.configure(2, "{\"mpls\":true,\"te\":true}");
        awaitPath("a", path -> path.status().state() == TePathState.UP && path.forward().size() == 3);
    }

    @Test
    void keepsAStandbyWayUnderMaintenanceAndUsesItIfItMust() {
        up(protectedPath().build());
        network.configure(3, SWITCH);
        up(elsewhere("b").build());
        assertThat(path("a").standby().orElseThrow().forward()).hasSize(4);
        network.enable(2, 2, false);
        awaitPath("a", path -> path.forward().size() == 4);
        assertThat(path("a").forward()).extracting(hop -> hop.device())
                .isEqualTo(List.of(device(1), device(3), device(5), device(4)));
    }

    private static TePathRequest.Builder protectedPath() {
        return request("a").protection(Protection.builder().waitToRestore(0).build());
    }

    private TePath up(TePathRequest request) {
        manager.request(USER, request);
        awaitPath(request.name(), path -> path.status().state() == TePathState.UP && path.standby().stream()
                .allMatch(standby -> !standby.forward().isEmpty()));
        return path(request.name());
    }
}
