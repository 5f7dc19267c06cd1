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

import org.onosproject.net.DeviceId;
import org.roundtrip.base.ConflictException;
import org.roundtrip.base.FieldError;
import org.roundtrip.base.NotFoundException;
import org.roundtrip.base.Status;
import org.roundtrip.base.intent.PublicationState;
import org.roundtrip.base.intent.RulePublisher;
import org.roundtrip.tepath.TePath;
import org.roundtrip.tepath.TePathRequest;
import org.roundtrip.tepath.TePathState;
import org.roundtrip.tepath.compute.CoRoutedPathComputation;
import org.roundtrip.tepath.compute.Defect;
import org.roundtrip.tepath.compute.EdgePorts;
import org.roundtrip.tepath.compute.LabelAllocation;
import org.roundtrip.tepath.compute.NoPath;
import org.roundtrip.tepath.compute.PathComputationResult;
import org.roundtrip.tepath.compute.Placement;
import org.roundtrip.tepath.compute.Reservation;
import org.roundtrip.tepath.compute.Reservations;
import org.roundtrip.tepath.compute.Route;
import org.roundtrip.tepath.compute.TeNode;
import org.roundtrip.tepath.compute.TeTopology;
import org.roundtrip.tepath.compute.TrafficOverlap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes the network what the records say, and the records what the network allows.
 * <p>
 * A path moves in this order: its new way is recorded, the rules of the new way are put into the switches and
 * confirmed, both ends are pointed at it, and only then do the rules of the old way go. What has been recorded but not
 * done when this process dies is done by the next one.
 * <p>
 * Only for the thread of the reconcile loop.
 */
final class PathReconciler {

    private static final Logger log = LoggerFactory.getLogger(PathReconciler.class);
    private static final Duration VERIFICATION_PERIOD = Duration.ofSeconds(1);

    private final PathStore store;
    private final RulePublisher publisher;
    private final PathRules rules;
    private final Duration settlingTime;
    private final Duration awayTolerance;
    private final Clock clock;
    private final Map<String, Progress> progress = new HashMap<>();
    /** Paths that are gone but for rules in switches that are away: their labels can't be given to others yet. */
    private final Map<PathRecord, Progress> abandoned = new HashMap<>();

    /**
     * Takes over all paths that are recorded.
     *
     * @param store         the records
     * @param publisher     puts rules into the switches
     * @param rules         compiles them
     * @param settlingTime  how long the network may take to come up before what is missing counts as lost
     * @param awayTolerance how long a switch may be away before paths go elsewhere
     * @param clock         the time
     */
    PathReconciler(PathStore store, RulePublisher publisher, PathRules rules, Duration settlingTime,
                   Duration awayTolerance, Clock clock) {
        this.store = store;
        this.publisher = publisher;
        this.rules = rules;
        this.settlingTime = settlingTime;
        this.awayTolerance = awayTolerance;
        this.clock = clock;
        Instant adoptingUntil = clock.instant().plus(settlingTime);
        store.all().forEach(path -> progress.put(
                path.name(), Progress.adopted(publisher, path, rules, adoptingUntil)));
    }

    /**
     * Accepts a path and reserves its way.
     *
     * @param topology the network
     * @param owner    the name of the application that asks
     * @param request  what it asks for
     * @return the path
     */
    TePath request(TeTopology topology, String owner, TePathRequest request) {
        Optional<PathRecord> existing = store.get(request.name());
        if (existing.isPresent()) {
            return repeated(existing.get(), owner, request).view();
        }
        EdgePorts.require(topology, request);
        List<FieldError> overlaps = TrafficOverlap.find(request, all().map(PathRecord::request)
                .collect(Collectors.toList()));
        if (!overlaps.isEmpty()) {
            throw new ConflictException(overlaps);
        }
        Reservations reservations = reservations();
        Route route = compute(topology, reservations, request)
                .orElseThrow(none -> new ConflictException(List.of(none.error())));
        Instant now = now();
        PathRecord path = PathRecord.builder().request(request).owner(owner).created(now)
                .state(TePathState.INSTALLING).reason("its rules are being put into the switches").since(now)
                .generation(1).working(new LabelAllocation(topology, reservations)
                        .allocate(route, 1, request.bandwidth(), request.backwardBandwidth()).orElseThrow()).build();
        if (!store.add(path)) {
            return repeated(store.get(request.name()).orElseThrow(), owner, request).view();
        }
        progress.put(path.name(), new Progress(publisher));
        log.info("Path {} of {} goes by {}", path.name(), owner, route.devices());
        return path.view();
    }

    private static PathRecord repeated(PathRecord existing, String owner, TePathRequest request) {
        if (existing.isRemoving()) {
            throw new ConflictException("name", "the path '" + existing.name()
                    + "' is being removed: try again when it is gone");
        }
        if (!existing.owner().equals(owner) || !existing.request().equals(request)) {
            throw new ConflictException("name", "there is another path '" + existing.name() + "', of "
                    + existing.owner() + ": choose another name, or remove that path first");
        }
        return existing;
    }

    /**
     * Begins to take a path away.
     *
     * @param owner the name of the application that asks
     * @param name  the name of the path
     * @return the path
     */
    TePath remove(String owner, String name) {
        PathRecord path = store.get(name).orElseThrow(
                () -> new NotFoundException("name", "there is no path '" + name + "'"));
        if (!path.owner().equals(owner)) {
            throw new ConflictException("name", "the path '" + name + "' belongs to " + path.owner()
                    + ": remove there what it is for");
        }
        if (!path.isRemoving()) {
            path = with(path, TePathState.REMOVING, "its rules are being taken out of the switches");
            store.put(path);
            log.info("Path {} is being removed", name);
        }
        return path.view();
    }

    /**
     * Takes every path one step further.
     *
     * @param topology the network
     * @return when to do so again, if not only on the next change
     */
    Optional<Instant> reconcile(TeTopology topology) {
        publisher.verify();
        abandoned.values().removeIf(Progress::isAbsent);
        progress.keySet().removeIf(name -> store.get(name).isEmpty());
        store.all().stream().filter(path -> !path.isRemoving()).forEach(path -> place(topology, path));
        // All rules are on their way before the first status is written, which takes time.
        List<Runnable> outcomes = new ArrayList<>();
        for (PathRecord path : store.all()) {
            Optional<PathRecord> next = path.isRemoving()
                    ? dismantle(topology, path) : Optional.of(erect(topology, path));
            outcomes.add(() -> write(path, next));
        }
        outcomes.forEach(Runnable::run);
        return wakeUp();
    }

    private void write(PathRecord path, Optional<PathRecord> next) {
        if (next.isEmpty()) {
            store.remove(path.name());
            log.info("Path {} is gone", path.name());
        } else if (!next.get().equals(path)) {
            store.put(next.get());
            if (next.get().state() != path.state()) {
                log.info("Path {} is {}: {}", path.name(), next.get().state(), next.get().reason());
            }
        }
    }

    private Optional<Instant> wakeUp() {
        Instant now = now();
        Stream<Instant> deadlines = progress.values().stream().flatMap(one -> one.deadline(now).stream());
        boolean unconfirmed = Stream.concat(progress.values().stream(), abandoned.values().stream())
                .anyMatch(Progress::isUnconfirmed);
        return Stream.concat(deadlines, unconfirmed ? Stream.of(now.plus(VERIFICATION_PERIOD)) : Stream.empty())
                .min(Instant::compareTo);
    }

    /** Sees to it that a path has a way that can be gone, if there is one, and records it. */
    private void place(TeTopology topology, PathRecord path) {
        Instant now = now();
        Progress current = progress(path);
        Optional<Defect> defect = path.working().flatMap(working -> Defect.find(topology, working));
        current.defect(defect);
        if (path.working().isPresent()) {
            boolean whole = defect.filter(found -> found.kind() != Defect.Kind.EDGE_DOWN).isEmpty();
            if (whole) {
                current.adopted();
            }
            if (whole && !current.isSuspect()) {
                return;
            }
            if (!whole && current.isAdopting(now) && defect.orElseThrow().kind() != Defect.Kind.LINK_DOWN) {
                return;
            }
            if (isAway(defect)) {
                current.suspect(now.plus(settlingTime));
                current.tolerate(now.plus(awayTolerance));
                if (current.isTolerating(now)) {
                    return;
                }
            }
        }
        current.adopted();
        Reservations reservations = reservations();
        PathComputationResult result = reservations.whileMoving(
                path.name(), () -> compute(topology, reservations, path.request()));
        if (result.route().isPresent()) {
            move(topology, path, result.route().get(), reservations, defect);
            current.trust();
            current.defect(Optional.empty());
        } else if (path.working().isEmpty()) {
            put(path, with(path, TePathState.DOWN, reason(result.noPath().orElseThrow())));
        } else if (defect.isPresent() && !isUncertain(current, defect, now)) {
            String detail = defect.get().detail();
            put(path, with(path.moved(Optional.empty()), TePathState.DOWN,
                           detail + ", and there is no other way: " + reason(result.noPath().orElseThrow()), detail));
        }
    }

    /** A switch that is away may be forwarding all the same, so a way is not given up for it without another one. */
    private static boolean isUncertain(Progress current, Optional<Defect> defect, Instant now) {
        boolean isLinkMissing = defect.filter(found -> found.kind() == Defect.Kind.LINK_MISSING).isPresent();
        return isAway(defect) || (isLinkMissing && current.isGrace(now));
    }

    private static boolean isAway(Optional<Defect> defect) {
        return defect.filter(found -> found.kind() == Defect.Kind.SWITCH_AWAY).isPresent();
    }

    private void move(TeTopology topology, PathRecord path, Route route, Reservations reservations,
                      Optional<Defect> defect) {
        Placement next = new LabelAllocation(topology, reservations).allocate(route, path.generation() + 1,
                path.request().bandwidth(), path.request().backwardBandwidth())
                .orElseThrow();
        PathRecord moved = path.moved(Optional.of(next));
        put(path, defect.map(Defect::detail)
                .map(detail -> with(moved, TePathState.INSTALLING, detail + ": moving to another way", detail))
                .orElseGet(() -> with(moved, TePathState.INSTALLING, "its rules are being put into the switches")));
        log.info("Path {} now goes by {}{}", path.name(), route.devices(),
                 defect.map(found -> ", because " + found.detail()).orElse(""));
    }

    private void put(PathRecord before, PathRecord after) {
        if (!after.equals(before)) {
            store.put(after);
            if (after.state() != before.state()) {
                log.info("Path {} is {}: {}", after.name(), after.state(), after.reason());
            }
        }
    }

    /** Brings the rules of a path into the switches, one step further. */
    private PathRecord erect(TeTopology topology, PathRecord path) {
        Progress current = progress(path);
        if (path.working().isEmpty()) {
            return isSettled(standAside(current, path)) ? retire(current, path) : path;
        }
        Placement working = path.working().get();
        if (current.isAdopting(now()) && !areAvailable(topology, working.devices())) {
            return waiting(path, current);
        }
        String transitKey = rules.transitKey(path, working);
        PublicationState transit = current.publish(transitKey, rules.transit(path, working));
        if (transit == PublicationState.UNCONFIRMED) {
            standAside(current, path);
            return unconfirmed(path, transitKey);
        }
        if (transit != PublicationState.PUBLISHED) {
            if (path.request().exclusive() && !current.isPublished(rules.admissionKey(path))) {
                standAside(current, path);
            }
            return installing(path);
        }
        PublicationState admission = current.publish(rules.admissionKey(path), rules.admission(path, working));
        if (admission == PublicationState.UNCONFIRMED) {
            return unconfirmed(path, rules.admissionKey(path));
        }
        if (admission != PublicationState.PUBLISHED) {
            return installing(path);
        }
        PathRecord retired = retire(current, path);
        if (current.isAdopting(now())) {
            return waiting(retired, current);
        }
        String standing = "both directions are in the switches";
        if (current.defect().isEmpty()) {
            return with(retired, TePathState.UP, standing);
        }
        String detail = current.defect().get().detail();
        return isAway(current.defect()) && current.isTolerating(now())
                ? with(retired, TePathState.UP, standing + ", but " + detail)
                : with(retired, TePathState.DOWN, detail, detail);
    }

    private PathRecord waiting(PathRecord path, Progress current) {
        return with(path, TePathState.INSTALLING, "waiting for the network after a start: "
                + current.defect().map(Defect::detail).orElse("it is coming up"));
    }

    private PathRecord installing(PathRecord path) {
        return path.state() == TePathState.INSTALLING ? path
                : with(path, TePathState.INSTALLING, "its rules are being put into the switches");
    }

    private PathRecord unconfirmed(PathRecord path, String key) {
        List<DeviceId> devices = publisher.unconfirmed(key);
        // They may have confirmed just now: then another turn follows.
        String reason = devices.isEmpty() ? "a switch has refused its rules"
                : "its rules are refused by or can't be sent to " + text(devices);
        return with(path, TePathState.DOWN, reason, reason);
    }

    /** Leaves the traffic of a path to other forwarding, or drops it if only the path may carry it. */
    private PublicationState standAside(Progress current, PathRecord path) {
        String key = rules.admissionKey(path);
        return path.request().exclusive() ? current.publish(key, rules.blocking(path))
                : current.withdraw(key, rules.blocking(path));
    }

    private PathRecord retire(Progress current, PathRecord path) {
        List<Placement> left = path.retiring().stream()
                .filter(placement -> current.withdraw(rules.transitKey(path, placement),
                                                      rules.transit(path, placement)) != PublicationState.ABSENT)
                .collect(Collectors.toUnmodifiableList());
        return PathRecord.builder().from(path).retiring(left).build();
    }

    /** Takes a path out of the switches, one step further; empty when nothing of it is left. */
    private Optional<PathRecord> dismantle(TeTopology topology, PathRecord path) {
        Progress current = progress(path);
        List<DeviceId> devices = Stream.concat(
                        Stream.of(path.request().source().deviceId(), path.request().destination().deviceId()),
                        path.placements().stream().flatMap(placement -> placement.devices().stream()))
                .distinct().collect(Collectors.toList());
        if (current.isAdopting(now()) && !areAvailable(topology, devices)) {
            return Optional.of(with(path, TePathState.REMOVING, "waiting for the network after a start"));
        }
        List<String> keys = new ArrayList<>(List.of(rules.admissionKey(path)));
        PublicationState admission = current.withdraw(rules.admissionKey(path), rules.blocking(path));
        if (admission == PublicationState.WITHDRAWING || isHeld(topology, keys)) {
            return Optional.of(removing(path, keys));
        }
        for (Placement placement : path.placements()) {
            String key = rules.transitKey(path, placement);
            current.withdraw(key, rules.transit(path, placement));
            keys.add(key);
        }
        if (keys.stream().map(publisher::state).anyMatch(state -> state == PublicationState.WITHDRAWING)
                || isHeld(topology, keys)) {
            return Optional.of(removing(path, keys));
        }
        if (!current.isAbsent()) {
            log.warn("Path {} is removed, but its rules are still in {}, which will lose them when they are back",
                     path.name(), text(unconfirmed(keys)));
            abandoned.put(path, current);
        }
        return Optional.empty();
    }

    /** Returns whether a switch that is connected has not confirmed a withdrawal. */
    private boolean isHeld(TeTopology topology, List<String> keys) {
        return unconfirmed(keys).stream().anyMatch(device -> areAvailable(topology, List.of(device)));
    }

    private List<DeviceId> unconfirmed(List<String> keys) {
        return keys.stream().filter(key -> publisher.state(key) == PublicationState.WITHDRAWAL_UNCONFIRMED)
                .flatMap(key -> publisher.unconfirmed(key).stream()).distinct().collect(Collectors.toList());
    }

    private PathRecord removing(PathRecord path, List<String> keys) {
        List<DeviceId> devices = unconfirmed(keys);
        return devices.isEmpty() ? path
                : with(path, TePathState.REMOVING, "its rules can't be taken out of " + text(devices));
    }

    private static boolean isSettled(PublicationState state) {
        return state != PublicationState.PUBLISHING && state != PublicationState.WITHDRAWING;
    }

    private static boolean areAvailable(TeTopology topology, Collection<DeviceId> devices) {
        return devices.stream().allMatch(device -> topology.node(device).filter(TeNode::available).isPresent());
    }

    private static PathComputationResult compute(TeTopology topology, Reservations reservations,
                                                 TePathRequest request) {
        return new CoRoutedPathComputation(topology, reservations)
                .compute(request.source(), request.destination(), request.bandwidth());
    }

    private Reservations reservations() {
        // Nothing but labels is kept of paths that are gone.
        return Reservations.of(Stream.concat(
                        store.all().stream().map(PathRecord::reservation),
                        abandoned.keySet().stream().map(path -> Reservation.of(
                                rules.admissionKey(path), 0, path.placements().stream().map(Placement::withoutBandwidth)
                                        .collect(Collectors.toList()))))
                .collect(Collectors.toList()));
    }

    private Stream<PathRecord> all() {
        return Stream.concat(store.all().stream(), abandoned.keySet().stream());
    }

    private Progress progress(PathRecord path) {
        return progress.computeIfAbsent(path.name(), name -> new Progress(publisher));
    }

    /** Finer times than people read are of no use. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private PathRecord with(PathRecord path, TePathState state, String reason) {
        return path.withStatus(path.status().next(state, reason, now()));
    }

    private PathRecord with(PathRecord path, TePathState state, String reason, String error) {
        Status<TePathState> status = path.status().next(state, reason, now());
        return path.withStatus(status.withError(error));
    }

    private static String reason(NoPath none) {
        return none.error().detail();
    }

    private static String text(Collection<DeviceId> devices) {
        return devices.stream().map(Objects::toString).collect(Collectors.joining(", "));
    }
}
