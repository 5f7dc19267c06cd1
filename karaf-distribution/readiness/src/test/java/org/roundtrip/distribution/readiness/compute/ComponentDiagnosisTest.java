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

package org.roundtrip.distribution.readiness.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.roundtrip.distribution.readiness.ComponentStatus;
import org.roundtrip.distribution.readiness.ImmutableComponentStatus;
import org.roundtrip.distribution.readiness.Obstacle;

class ComponentDiagnosisTest {

    @Test
    void findsNothingInTheWayOfComponentsThatAreReady() {
        assertThat(ComponentDiagnosis.of(List.of(component("store").addProvides("Store").build()))).isEmpty();
    }

    @Test
    void namesTheMissingServiceThatNobodyProvidesAsTheCause() {
        ComponentStatus store = component("store").addProvides("Store").addMissing("Disk").build();
        ComponentStatus manager = component("manager").addProvides("Service").addMissing("Store").build();
        ComponentStatus app = component("app").addMissing("Service").build();

        assertThat(ComponentDiagnosis.of(List.of(app, manager, store)))
                .extracting(Obstacle::name, Obstacle::rootCause, Obstacle::reason)
                .containsExactly(
                        tuple("store", true, "needs Disk"),
                        tuple("app", false, "needs Service"),
                        tuple("manager", false, "needs Store"));
    }

    @Test
    void namesAFailureAsTheCauseWhateverItWaitsFor() {
        ComponentStatus failed = component("store").addProvides("Store").failure("disk full").build();
        ComponentStatus manager = component("manager").addMissing("Store").build();

        assertThat(ComponentDiagnosis.of(List.of(manager, failed)))
                .extracting(Obstacle::name, Obstacle::rootCause, Obstacle::reason)
                .containsExactly(
                        tuple("store", true, "failed to start: disk full"),
                        tuple("manager", false, "needs Store"));
    }

    @Test
    void callsAComponentACauseWhenOnlyOneOfItsServicesComesLater() {
        ComponentStatus later = component("later").addProvides("Later").addMissing("Never").build();
        ComponentStatus both = component("both").addMissing("Later", "Nobody").build();

        assertThat(ComponentDiagnosis.of(List.of(later, both)))
                .extracting(Obstacle::name, Obstacle::rootCause, Obstacle::reason)
                .containsExactly(tuple("both", true, "needs Later, Nobody"), tuple("later", true, "needs Never"));
    }

    private static ImmutableComponentStatus.Builder component(String name) {
        return ImmutableComponentStatus.builder().name(name);
    }
}
