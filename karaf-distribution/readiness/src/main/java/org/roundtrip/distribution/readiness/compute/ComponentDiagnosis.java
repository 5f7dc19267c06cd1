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

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toUnmodifiableList;
import static java.util.stream.Collectors.toUnmodifiableSet;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.roundtrip.distribution.readiness.ComponentStatus;
import org.roundtrip.distribution.readiness.ImmutableObstacle;
import org.roundtrip.distribution.readiness.Obstacle;

/**
 * Tells, among components that are not ready, those that are the cause from those that only wait for them.
 */
public final class ComponentDiagnosis {

    private ComponentDiagnosis() {
    }

    /**
     * What is in the way of components.
     *
     * @param components all components
     * @return one obstacle for each component that is not ready, causes first, each group by name
     */
    public static List<Obstacle> of(Collection<ComponentStatus> components) {
        Set<String> comingLater = components.stream()
                .filter(component -> !component.ready())
                .flatMap(component -> component.provides().stream())
                .collect(toUnmodifiableSet());
        return components.stream()
                .filter(component -> !component.ready())
                .map(component -> obstacle(component, comingLater))
                .sorted(Comparator.comparing(Obstacle::rootCause).reversed().thenComparing(Obstacle::name))
                .collect(toUnmodifiableList());
    }

    private static Obstacle obstacle(ComponentStatus component, Set<String> comingLater) {
        return ImmutableObstacle.builder()
                .kind(Obstacle.Kind.COMPONENT)
                .name(component.name())
                .reason(reason(component))
                .rootCause(component.failure().isPresent() || !comingLater.containsAll(component.missing()))
                .build();
    }

    private static String reason(ComponentStatus component) {
        return component.failure()
                .map(failure -> "failed to start: " + failure)
                .orElseGet(() -> "needs " + component.missing().stream().sorted().collect(joining(", ")));
    }
}
