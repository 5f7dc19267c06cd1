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
package org.roundtrip.messaging.compute.network;

import org.roundtrip.base.Status;
import org.roundtrip.messaging.NetworkPath;
import org.roundtrip.messaging.NetworkState;
import org.roundtrip.messaging.RouteNetwork;
import org.roundtrip.tepath.StandbyState;
import org.roundtrip.tepath.StandbyWay;
import org.roundtrip.tepath.TePath;
import org.roundtrip.tepath.TePathState;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What is planned for a route and what has become of it, together.
 */
public final class NetworkSummary {

    private NetworkSummary() {
    }

    /**
     * Tells how the network of a route fares.
     *
     * @param planned  the network that it is to have
     * @param observe  says what has become of each of its te-paths
     * @param previous how it fared before, or empty
     * @param now      the time
     * @return the network
     */
    public static RouteNetwork of(PlannedRoute planned, Function<PlannedPath, ObservedPath> observe,
                                  Optional<Status<NetworkState>> previous, Instant now) {
        Condition condition = condition(planned, observe);
        Status<NetworkState> status = previous
                .map(before -> before.next(condition.state, condition.reason, now))
                .orElseGet(() -> Status.of(condition.state, condition.reason, now));
        return RouteNetwork.builder()
                .status(planned.paths().stream().flatMap(path -> lastError(observe.apply(path)).stream()).findFirst()
                                .map(status::withError).orElse(status))
                .paths(planned.paths().stream()
                               .flatMap(path -> observe.apply(path).path().map(present -> path(path, present))
                                       .stream())
                               .collect(Collectors.toList()))
                .build();
    }

    private static Optional<String> lastError(ObservedPath observed) {
        return observed.refusal().or(() -> observed.path().flatMap(path -> path.status().lastError()));
    }

    private static NetworkPath path(PlannedPath planned, TePath present) {
        return NetworkPath.builder()
                .tePath(present.request().name())
                .state(present.status().state())
                .bandwidth(present.request().bandwidth())
                .hops(planned.isForward() ? present.forward() : present.reverse())
                .standby(present.standby().map(way -> way.status().state()))
                .standbyHops(present.standby().map(way -> planned.isForward() ? way.forward() : way.reverse())
                                     .orElseGet(List::of))
                .build();
    }

    private static Condition condition(PlannedRoute planned, Function<PlannedPath, ObservedPath> observe) {
        if (planned.absence().isPresent()) {
            return new Condition(NetworkState.NONE, planned.absence().get());
        }
        if (planned.obstacle().isPresent()) {
            return new Condition(NetworkState.DOWN, planned.obstacle().get());
        }
        List<Condition> conditions = new ArrayList<>();
        planned.paths().forEach(path -> conditions.add(condition(path, observe.apply(path), planned.isProtected())));
        Condition paths = together(conditions);
        return paths.state == NetworkState.UP && planned.remark().isPresent()
                ? new Condition(NetworkState.DEGRADED, planned.remark().get()) : paths;
    }

    /** What works for one IP version only is neither whole nor down. */
    private static Condition together(List<Condition> conditions) {
        Set<NetworkState> states = EnumSet.noneOf(NetworkState.class);
        conditions.forEach(condition -> states.add(condition.state));
        if (states.size() == 1) {
            return conditions.get(0);
        }
        NetworkState worst = states.contains(NetworkState.DOWN) ? NetworkState.DOWN
                : states.contains(NetworkState.SETTING_UP) ? NetworkState.SETTING_UP : NetworkState.DEGRADED;
        boolean carries = states.contains(NetworkState.UP) || states.contains(NetworkState.DEGRADED);
        return new Condition(carries ? NetworkState.DEGRADED : worst, conditions.stream()
                .filter(condition -> condition.state == worst).findFirst().orElseThrow().reason);
    }

    private static Condition condition(PlannedPath planned, ObservedPath observed, boolean isProtected) {
        String name = "te-path " + planned.request().name();
        Optional<String> refusal = observed.refusal().map(reason -> name + " is refused: " + reason);
        if (observed.path().isEmpty()) {
            return refusal.map(reason -> new Condition(NetworkState.DOWN, reason))
                    .orElseGet(() -> new Condition(NetworkState.SETTING_UP, name + " is asked for"));
        }
        TePath present = observed.path().get();
        TePathState state = present.status().state();
        if (state == TePathState.REMOVING) {
            return new Condition(NetworkState.SETTING_UP, name + " is made anew when the one before has left the"
                    + " switches");
        }
        if (!planned.isSteeredBy(present.request())) {
            return refusal.map(reason -> new Condition(NetworkState.DOWN, reason))
                    .orElseGet(() -> new Condition(NetworkState.SETTING_UP, name + " is to take in its connections"));
        }
        if (state != TePathState.UP) {
            return new Condition(state == TePathState.DOWN ? NetworkState.DOWN : NetworkState.SETTING_UP,
                                 name + ": " + present.status().reason());
        }
        return refusal.or(() -> isProtected ? weakness(name, present) : Optional.empty())
                .map(reason -> new Condition(NetworkState.DEGRADED, reason))
                .orElseGet(() -> new Condition(NetworkState.UP, "its connections take " + name));
    }

    private static Optional<String> weakness(String name, TePath present) {
        if (present.standby().isEmpty()) {
            return Optional.of(name + " has no standby way");
        }
        StandbyWay standby = present.standby().get();
        if (standby.status().state() != StandbyState.READY) {
            return Optional.of(name + " has no standby way yet: " + standby.status().reason());
        }
        return standby.shared().isEmpty() ? Optional.empty()
                : Optional.of("the standby way of " + name + " shares with the working one: "
                + String.join(", ", standby.shared()));
    }

    /** A state and why. */
    private static final class Condition {
        private final NetworkState state;
        private final String reason;

        Condition(NetworkState state, String reason) {
            this.state = state;
            this.reason = reason;
        }
    }
}
