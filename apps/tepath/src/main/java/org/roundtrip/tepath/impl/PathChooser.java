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

import org.roundtrip.base.Status;
import org.roundtrip.tepath.Objective;
import org.roundtrip.tepath.PathMetrics;
import org.roundtrip.tepath.Protection;
import org.roundtrip.tepath.StandbyState;
import org.roundtrip.tepath.TePathRequest;
import org.roundtrip.tepath.TePathState;
import org.roundtrip.tepath.compute.CoRoutedPathComputation;
import org.roundtrip.tepath.compute.ComputedPath;
import org.roundtrip.tepath.compute.Defect;
import org.roundtrip.tepath.compute.LabelAllocation;
import org.roundtrip.tepath.compute.NoPath;
import org.roundtrip.tepath.compute.PathComputationResult;
import org.roundtrip.tepath.compute.PathQuery;
import org.roundtrip.tepath.compute.Placement;
import org.roundtrip.tepath.compute.Route;
import org.roundtrip.tepath.compute.StandbyRoute;
import org.roundtrip.tepath.compute.TeDatabase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Chooses the ways of paths in the network as it is, and reserves them.
 * <p>
 * Only for the thread of the reconcile loop.
 */
final class PathChooser {

    private static final Logger log = LoggerFactory.getLogger(PathChooser.class);
    private static final String INSTALLING = "its rules are being put into the switches";
    /** To explain takes much longer than to find: when thousands of paths fail together, the others must not wait. */
    private static final int MOST_EXPLANATIONS = 16;

    private final PathLedger ledger;
    private final TeDatabase database;
    private final CoRoutedPathComputation computation;
    private final Duration settlingTime;
    private final Duration awayTolerance;
    private final Instant now;
    private int explanations;

    /**
     * Prepares to choose.
     *
     * @param ledger        what paths hold
     * @param database      the network, and what is free in it
     * @param computation   finds ways in that network
     * @param settlingTime  how long links may follow a switch that has come back
     * @param awayTolerance how long a switch may be away before paths go elsewhere
     * @param now           the time
     */
    PathChooser(PathLedger ledger, TeDatabase database, CoRoutedPathComputation computation, Duration settlingTime,
                Duration awayTolerance, Instant now) {
        this.ledger = ledger;
        this.database = database;
        this.computation = computation;
        this.settlingTime = settlingTime;
        this.awayTolerance = awayTolerance;
        this.now = now;
    }

    /** Returns the best ways that a path could have, its own bandwidth counting as free. */
    PathComputationResult best(TePathRequest request) {
        return computation.compute(PathQuery.of(request), request.name());
    }

    /**
     * Gives a path the ways that were found for it. A way that it has already it keeps, unless its rules are in doubt.
     *
     * @return the path on its new ways, not recorded and nothing reserved yet, or empty if a port has no label left
     */
    Optional<PathRecord> adopt(PathRecord path, ComputedPath found, boolean isRenewed) {
        return ledger.trying(path.name(), () -> withActive(path, found, isRenewed).flatMap(moved -> {
            // The standby way must not get labels that the active one has just been given.
            ledger.reservations().put(moved.reservation());
            return withStandby(path, moved, found, isRenewed);
        }));
    }

    private Optional<PathRecord> withActive(PathRecord path, ComputedPath found, boolean isRenewed) {
        Route route = found.active();
        return path.active().filter(active -> !isRenewed && fits(active, route, path.request()))
                .or(() -> place(path, route, path.generation() + 1))
                .map(active -> PathRecord.builder()
                        .from(path.moved(Optional.of(active), path.standby().map(
                                standby -> standby.without("", now))))
                        .metrics(found.metrics()).build());
    }

    private Optional<PathRecord> withStandby(PathRecord before, PathRecord moved, ComputedPath found,
                                             boolean isRenewed) {
        if (moved.request().protection().isEmpty()) {
            return Optional.of(PathRecord.builder().from(moved).standby(Optional.empty()).build());
        }
        if (found.active().links().isEmpty()) {
            return Optional.of(with(moved, standby(moved).with(
                    StandbyState.READY, "both ends are at one switch: there is no link that could fail", now)));
        }
        if (found.standby().isEmpty()) {
            return Optional.of(with(moved, standby(moved).without("there is no other way than the active one", now)));
        }
        StandbyRoute chosen = found.standby().get();
        Optional<Placement> kept = before.spare()
                .filter(way -> !isRenewed && fits(way, chosen.route(), before.request()));
        return kept.or(() -> place(moved, chosen.route(), moved.generation() + 1)).map(spare -> {
            StandbyRecord standby = StandbyRecord.builder()
                    .from(kept.isPresent() ? before.standby().orElseThrow()
                                  : standby(moved).with(StandbyState.INSTALLING, INSTALLING, now))
                    .placement(spare).metrics(chosen.metrics()).shared(chosen.shared()).build();
            return PathRecord.builder().from(with(moved, standby))
                    .retiring(moved.retiring().stream().filter(way -> !way.equals(spare))
                                      .collect(Collectors.toList()))
                    .generation(Math.max(moved.generation(), spare.generation())).build();
        });
    }

    private StandbyRecord standby(PathRecord path) {
        return path.standby().orElseGet(() -> StandbyRecord.none("", now));
    }

    private static PathRecord with(PathRecord path, StandbyRecord standby) {
        return PathRecord.builder().from(path).standby(standby).build();
    }

    private Optional<Placement> place(PathRecord path, Route route, long generation) {
        return new LabelAllocation(database.topology(), ledger.reservations()).allocate(
                route, generation, path.request().bandwidth(), path.request().backwardBandwidth());
    }

    private static boolean fits(Placement way, Route route, TePathRequest request) {
        return way.forwardBandwidth() == request.bandwidth()
                && way.reverseBandwidth() == request.backwardBandwidth() && way.route().equals(route);
    }

    /** Sees to it that a path has ways that can be gone, if there are any, and reserves them. */
    void choose(PathRecord path, Progress current) {
        Optional<Defect> defect = path.active().flatMap(active -> Defect.find(database.topology(), active));
        current.defect(defect);
        if (current.isAdopting(now)) {
            current.adoptOnly(Stream.concat(path.active().stream(), path.spare().stream())
                                      .filter(way -> defect(way).isPresent()).collect(Collectors.toList()));
        }
        if (path.active().isEmpty()) {
            move(path, current, Optional.empty());
        } else if (defect.filter(found -> found.kind() != Defect.Kind.EDGE_DOWN).isEmpty()) {
            chooseForWhole(path, current);
        } else if (!isKept(path, current, defect.get())) {
            if (isStandbyBetter(path, current, defect.get())) {
                takeStandby(path, current, defect.get().detail());
            } else if (!move(path, current, Optional.of(defect.get().detail()))
                    && !isUncertain(current, defect.get())) {
                giveUp(path, current, defect.get().detail());
            }
        }
    }

    /** Returns what is wrong with a way and may not be with another one. */
    private Optional<Defect> defect(Placement way) {
        return Defect.find(database.topology(), way).filter(found -> found.kind() != Defect.Kind.EDGE_DOWN);
    }

    /** Chooses for a path whose active way can be gone. */
    private void chooseForWhole(PathRecord recorded, Progress current) {
        PathRecord path = withPresentMetrics(recorded);
        current.endHoldOff();
        Optional<String> dispossession = current.endDispossession();
        if (dispossession.isPresent() && isShort(path.active().orElseThrow())) {
            if (!move(path, current, dispossession)) {
                giveUp(path, current, dispossession.get());
            }
        } else if (dispossession.isPresent()) {
            PathRecord unprotected = path.moved(path.active(), path.standby().map(
                    standby -> standby.without(dispossession.get(), now).withError(dispossession.get())));
            ledger.put(unprotected);
            protect(unprotected, current);
        } else if (current.isSuspect()) {
            move(path, current, Optional.empty());
        } else {
            protect(path, current);
        }
    }

    /** What links cost is configured, and may change while the way stays as it is. */
    private PathRecord withPresentMetrics(PathRecord path) {
        Optional<PathMetrics> present = path.active().map(active -> computation.metrics(active.route()));
        if (present.equals(path.metrics())) {
            return path;
        }
        PathRecord next = PathRecord.builder().from(path).metrics(present).build();
        ledger.put(next);
        return next;
    }

    /** Returns whether more is held of a link than it can carry. */
    private boolean isShort(Placement way) {
        return way.links().stream().anyMatch(link -> database.topology().capacity(link) > 0
                && ledger.reservations().bandwidth(link, TePathRequest.LEAST_PRIORITY)
                > database.topology().capacity(link));
    }

    private void giveUp(PathRecord path, Progress current, String cause) {
        ledger.put(with(path.moved(Optional.empty(), path.standby().map(
                standby -> standby.without("there is no active way", now))), TePathState.DOWN,
                        cause + ", and there is no other way: " + current.obstacle(), cause));
        current.trust();
    }

    /** Returns whether a way stays although something is wrong with it. */
    private boolean isKept(PathRecord path, Progress current, Defect defect) {
        if (isComingUp(path.active().orElseThrow(), current, defect)) {
            return true;
        }
        if (defect.kind() == Defect.Kind.SWITCH_AWAY) {
            current.suspect(now.plus(settlingTime));
            current.tolerate(now.plus(awayTolerance));
            if (current.isTolerating(now)) {
                return true;
            }
        }
        Duration holdOff = Duration.ofMillis(path.request().protection().map(Protection::holdOff).orElse(0));
        return current.isHeldOff(now, holdOff);
    }

    /** Returns whether what a way lacks may only not have been seen yet since a start. */
    private boolean isComingUp(Placement way, Progress current, Defect defect) {
        return current.isAdopting(way, now) && defect.kind() != Defect.Kind.LINK_DOWN;
    }

    /**
     * What is under maintenance still forwards, and so is better than what has failed; and so may what has not been
     * seen yet since a start.
     */
    private boolean isStandbyBetter(PathRecord path, Progress current, Defect defect) {
        return path.spare().filter(spare -> defect(spare)
                .filter(found -> found.kind() != Defect.Kind.MAINTENANCE || defect.kind() == Defect.Kind.MAINTENANCE)
                .filter(found -> !isComingUp(spare, current, found))
                .isEmpty()).isPresent();
    }

    /** Makes the standby way the active one. */
    void takeStandby(PathRecord path, Progress current, String cause) {
        StandbyRecord standby = path.standby().orElseThrow();
        PathRecord moved = path.moved(standby.placement(), Optional.of(
                standby.without("the traffic has gone over to the standby way", now)));
        ledger.put(with(PathRecord.builder().from(moved).metrics(standby.metrics()).displaced(true).build(),
                        TePathState.INSTALLING, cause + ": both directions go over to the standby way", cause));
        current.trust();
        current.endHoldOff();
        current.defect(Optional.empty());
        log.info("Path {} goes over to its standby way {}, because {}", path.name(),
                 standby.placement().orElseThrow().devices(), cause);
    }

    /**
     * Takes a path to the best ways that there are: without a standby way rather than to none.
     *
     * @return whether there are any
     */
    private boolean move(PathRecord path, Progress current, Optional<String> cause) {
        PathComputationResult result = best(path.request());
        Optional<PathRecord> adopted = result.path().or(() -> bestUnprotected(path.request()))
                .flatMap(ways -> adopt(path, ways, current.isSuspect()));
        if (adopted.isEmpty()) {
            String obstacle = reason(result);
            current.obstruct(obstacle);
            if (path.active().isEmpty()) {
                ledger.put(with(path, TePathState.DOWN, obstacle));
            }
            return false;
        }
        PathRecord moved = PathRecord.builder().from(adopted.get()).displaced(cause.isPresent()).build();
        ledger.put(cause.map(why -> with(moved, TePathState.INSTALLING, why + ": moving to another way", why))
                           .orElseGet(() -> with(moved, TePathState.INSTALLING, INSTALLING)));
        current.trust();
        current.endHoldOff();
        current.defect(Optional.empty());
        log.info("Path {} now goes by {}{}", path.name(), moved.active().orElseThrow().devices(),
                 cause.map(why -> ", because " + why).orElse(""));
        return true;
    }

    private Optional<ComputedPath> bestUnprotected(TePathRequest request) {
        PathQuery alone = PathQuery.builder().from(PathQuery.of(request)).protection(Optional.empty()).build();
        return request.protection().flatMap(protection -> computation.compute(alone, request.name()).path());
    }

    /** Sees to it that a path whose active way is whole has the standby way that it asks for, if there is one. */
    private void protect(PathRecord path, Progress current) {
        if (path.request().protection().isEmpty() || path.active().orElseThrow().links().isEmpty()) {
            restore(path, current);
            return;
        }
        Optional<Defect> defect = path.spare().flatMap(this::defect);
        if (defect.filter(found -> isComingUp(path.spare().orElseThrow(), current, found)).isPresent()) {
            return;
        }
        boolean isSound = path.spare().isPresent() && defect.isEmpty()
                && path.standby().orElseThrow().shared().isEmpty();
        if (isSound) {
            restore(path, current);
            return;
        }
        PathComputationResult beside = computation.standby(
                PathQuery.of(path.request()), path.active().orElseThrow().route(), path.name());
        if (path.spare().isPresent() && defect.isEmpty() && !sharesLess(beside, path.standby().orElseThrow())) {
            restore(path, current);
            return;
        }
        // If none fits beside the active way, both may fit elsewhere.
        PathComputationResult found = isProtected(beside) ? beside : best(path.request());
        Optional<PathRecord> chosen = found.path().filter(ways -> isProtected(found))
                .flatMap(ways -> adopt(path, ways, false));
        if (chosen.isPresent()) {
            ledger.put(chosen.get().active().equals(path.active()) ? chosen.get()
                               : with(chosen.get(), TePathState.INSTALLING, "moving to where it can be protected"));
            log.info("Path {} has the standby way {}", path.name(), chosen.get().spare().orElseThrow().devices());
        } else if (path.spare().isEmpty()
                || defect.filter(broken -> broken.kind() != Defect.Kind.MAINTENANCE).isPresent()) {
            String reason = reason(found);
            ledger.put(path.moved(path.active(), path.standby().map(standby -> {
                StandbyRecord lost = standby.without(reason, now);
                return defect.map(broken -> lost.withError(broken.detail())).orElse(lost);
            })));
        }
    }

    private static boolean isProtected(PathComputationResult result) {
        return result.path().flatMap(ComputedPath::standby).isPresent();
    }

    private static boolean sharesLess(PathComputationResult result, StandbyRecord standby) {
        return result.path().flatMap(ComputedPath::standby)
                .filter(other -> other.shared().size() < standby.shared().size()).isPresent();
    }

    /** Takes a path that a failure has driven away back to its best ways when these have been there long enough. */
    private void restore(PathRecord path, Progress current) {
        Optional<Duration> wait = path.request().protection().flatMap(Protection::waitToRestore)
                .map(Duration::ofSeconds);
        if (!path.displaced() || wait.isEmpty()) {
            return;
        }
        Optional<ComputedPath> best = best(path.request()).path()
                .filter(found -> found.standby().isPresent())
                .filter(found -> !path.active().orElseThrow().route().equals(found.active()));
        if (best.isEmpty()) {
            current.endRestoration();
        } else if (current.isRestored(now, wait.get())) {
            current.endRestoration();
            adopt(path, best.get(), false).ifPresent(restored -> ledger.put(with(
                    PathRecord.builder().from(restored).displaced(false).build(), TePathState.INSTALLING,
                    "the network has been whole for " + wait.get().toSeconds() + " s: going back to the best way")));
        }
    }

    /** Takes a path to the best ways that it could have now, if they are better than those that it has. */
    void reoptimise(PathRecord path) {
        Objective objective = path.request().objective();
        path.active().map(active -> cost(objective, computation.metrics(active.route())))
                .flatMap(cost -> best(path.request()).path().filter(best -> cost(objective, best.metrics()) < cost))
                .flatMap(best -> adopt(path, best, false))
                .ifPresent(moved -> ledger.put(with(PathRecord.builder().from(moved).displaced(false).build(),
                                                    TePathState.INSTALLING, "moving to a better way")));
    }

    private static long cost(Objective objective, PathMetrics metrics) {
        switch (objective) {
            case TE_METRIC:
                return metrics.teMetric();
            case DELAY:
                return metrics.forwardDelay() + metrics.reverseDelay();
            case DELAY_ASYMMETRY:
                return Math.abs(metrics.forwardDelay() - metrics.reverseDelay());
            default:
                return metrics.hops();
        }
    }

    /**
     * A switch that is away may be forwarding all the same, and one under maintenance does, so a way is not given up
     * for it without another one.
     */
    private boolean isUncertain(Progress current, Defect defect) {
        return defect.kind() == Defect.Kind.SWITCH_AWAY || defect.kind() == Defect.Kind.MAINTENANCE
                || (defect.kind() == Defect.Kind.LINK_MISSING && current.isGrace(now));
    }

    private PathRecord with(PathRecord path, TePathState state, String reason) {
        return path.withStatus(path.status().next(state, reason, now));
    }

    private PathRecord with(PathRecord path, TePathState state, String reason, String error) {
        Status<TePathState> status = path.status().next(state, reason, now);
        return path.withStatus(status.withError(error));
    }

    private String reason(PathComputationResult result) {
        if (result.path().isPresent()) {
            return "the labels of a port are used up";
        }
        return explanations++ < MOST_EXPLANATIONS ? result.noPath().map(NoPath::reason).orElseThrow()
                : "nothing fits what is asked for: te-path-explain with the same options says why";
    }
}
