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

import org.roundtrip.base.ConflictException;
import org.roundtrip.base.FieldError;
import org.roundtrip.base.NotFoundException;
import org.roundtrip.base.intent.RulePublisher;
import org.roundtrip.tepath.PathExplanation;
import org.roundtrip.tepath.StandbyState;
import org.roundtrip.tepath.TePath;
import org.roundtrip.tepath.TePathRequest;
import org.roundtrip.tepath.TePathState;
import org.roundtrip.tepath.compute.CoRoutedPathComputation;
import org.roundtrip.tepath.compute.EdgePorts;
import org.roundtrip.tepath.compute.PathComputationResult;
import org.roundtrip.tepath.compute.PathQuery;
import org.roundtrip.tepath.compute.TeDatabase;
import org.roundtrip.tepath.compute.TeNode;
import org.roundtrip.tepath.compute.TeTopology;
import org.roundtrip.tepath.compute.TrafficOverlap;
import org.roundtrip.tepath.compute.audit.AuditFindings;
import org.roundtrip.tepath.compute.audit.AuditSubject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes the network what the records say, and the records what the network allows: chooses ways, records them, and
 * brings their rules into the switches. What has been recorded but not done when this process dies is done by the next
 * one.
 * <p>
 * A run looks at the paths that something has happened to; at all of them when the network has changed. Only for the
 * thread of the reconcile loop.
 */
final class PathReconciler {

    private static final Logger log = LoggerFactory.getLogger(PathReconciler.class);
    private static final Duration VERIFICATION_PERIOD = Duration.ofSeconds(1);

    private final PathLedger ledger;
    private final RulePublisher publisher;
    private final SwitchoverTable switchovers;
    private final PathRules rules;
    private final PathInstaller installer;
    private final Duration settlingTime;
    private final Duration awayTolerance;
    private final Clock clock;
    private final Map<String, Progress> progress = new HashMap<>();
    /** Paths that have to be looked at. */
    private final Set<String> dirty = new TreeSet<>();
    /** Of these, those whose own rules may be the reason. */
    private final Set<String> touched = new HashSet<>();
    /** Paths that are as they should be: while nothing happens to them, their rules need not be compiled again. */
    private final Set<String> settled = new HashSet<>();
    /** Paths that lack a way or a standby way, and look again whenever something is given back. */
    private final Set<String> wanting = new HashSet<>();
    /** Paths that have to be looked at once more, even if it has been done in this run. */
    private final Set<String> dispossessed = new HashSet<>();
    private final Map<String, Instant> alarms = new HashMap<>();
    /** Paths that are gone but for rules in switches that are away: their labels can't be given to others yet. */
    private final Map<PathRecord, Progress> abandoned = new HashMap<>();
    private boolean settling;
    private TeDatabase database;
    private CoRoutedPathComputation computation;

    /**
     * Takes over all paths that are recorded.
     *
     * @param ledger        the records
     * @param publisher     puts rules into the switches
     * @param switchovers   moves paths past this loop when something fails
     * @param timers        count for how long paths have admitted nothing
     * @param rules         compiles them
     * @param topology      the network
     * @param settlingTime  how long the network may take to come up, from its first switch on, before what is missing
     *                      counts as lost
     * @param awayTolerance how long a switch may be away before paths go elsewhere
     * @param clock         the time
     */
    PathReconciler(PathLedger ledger, RulePublisher publisher, SwitchoverTable switchovers, QuiesceTimers timers,
                   PathRules rules, TeTopology topology, Duration settlingTime, Duration awayTolerance, Clock clock) {
        this.ledger = ledger;
        this.publisher = publisher;
        this.switchovers = switchovers;
        this.rules = rules;
        this.installer = new PathInstaller(publisher, switchovers, rules, timers);
        this.settlingTime = settlingTime;
        this.awayTolerance = awayTolerance;
        this.clock = clock;
        ledger.all().forEach(path -> progress.put(path.name(), Progress.adopted(publisher, path, rules)));
        observe(topology);
    }

    /** Takes note of another state of the network: every path is looked at in the next run. */
    void observe(TeTopology topology) {
        settle(topology);
        database = new TeDatabase(topology, ledger.reservations());
        computation = new CoRoutedPathComputation(database);
        ledger.all().forEach(path -> dirty.add(path.name()));
        dispossess(new BandwidthRelief(database).everywhere());
    }

    /**
     * Lets the settling time begin with the first switch: before, the controller itself is still starting, which takes
     * as long as the machine is slow, and no switch could have connected.
     */
    private void settle(TeTopology topology) {
        if (!settling && topology.nodes().stream().anyMatch(TeNode::available)) {
            settling = true;
            Instant end = clock.instant().plus(settlingTime);
            progress.values().forEach(path -> path.adoptUntil(end));
        }
    }

    /** Takes note that something has happened to a path, which is looked at in the next run. */
    void touch(String name) {
        dirty.add(name);
        touched.add(name);
    }

    /**
     * Accepts a path and reserves its ways, or changes one.
     *
     * @param owner   the name of the application that asks
     * @param request what it asks for
     * @return the path
     */
    TePath request(String owner, TePathRequest request) {
        Optional<PathRecord> existing = ledger.get(request.name());
        if (existing.isPresent()) {
            return repeated(existing.get(), owner, request).view();
        }
        EdgePorts.require(database.topology(), request);
        requireOwnTraffic(request);
        Instant now = now();
        PathRecord path = PathRecord.builder().request(request).owner(owner).created(now)
                .state(TePathState.INSTALLING).reason("its rules are being put into the switches").since(now)
                .generation(0).build();
        PathRecord placed = place(path);
        if (!ledger.add(placed.remembering(now, "accepted"))) {
            return repeated(ledger.get(request.name()).orElseThrow(), owner, request).view();
        }
        progress.put(path.name(), new Progress(publisher));
        touch(path.name());
        dispossess(new BandwidthRelief(database).inFavourOf(placed));
        log.info("Path {} of {} goes by {}", path.name(), owner, placed.active().orElseThrow().devices());
        return placed.view();
    }

    private PathRecord repeated(PathRecord existing, String owner, TePathRequest request) {
        if (existing.isRemoving()) {
            throw new ConflictException("name", "the path '" + existing.name()
                    + "' is being removed: try again when it is gone");
        }
        if (!existing.owner().equals(owner)) {
            throw new ConflictException("name", "there is another path '" + existing.name() + "', of "
                    + existing.owner() + ": choose another name, or remove that path first");
        }
        return existing.request().equals(request) ? existing : change(existing, request);
    }

    private PathRecord change(PathRecord path, TePathRequest request) {
        requireUnchanged("source", path.request().source(), request.source());
        requireUnchanged("destination", path.request().destination(), request.destination());
        requireUnchanged("payload", path.request().payload(), request.payload());
        requireOwnTraffic(request);
        // What was prepared is not what is asked for now.
        switchovers.disarm(path.name());
        PathRecord changed = PathRecord.builder().from(path).request(request)
                .standby(request.protection().flatMap(protection -> path.standby())).build();
        if (path.request().quiesceTime() == 0) {
            changed = changed.carrying();
        }
        if (request.protection().isEmpty()) {
            changed = PathRecord.builder().from(changed)
                    .addAllRetiring(path.spare().stream().collect(Collectors.toList())).build();
        }
        if (!PathQuery.of(request).equals(PathQuery.of(path.request()))) {
            PathRecord placed = place(changed);
            changed = placed.active().equals(path.active()) ? placed
                    : with(placed, TePathState.INSTALLING, "moving to what is now asked for");
        } else if (request.suspended() != path.request().suspended() && path.active().isPresent()) {
            changed = with(changed, TePathState.INSTALLING, request.suspended()
                    ? "both ends are being told to keep its traffic out"
                    : "both ends are being told to take its traffic in");
        }
        ledger.put(changed.remembering(now(), "asked for differently"));
        ledger.flush();
        touch(path.name());
        dispossess(new BandwidthRelief(database).inFavourOf(changed));
        log.info("Path {} is asked for differently", path.name());
        return changed;
    }

    private static void requireUnchanged(String field, Object before, Object after) {
        if (!before.equals(after)) {
            throw new ConflictException(field, "is " + before + " and can't be changed: remove the path and ask for"
                    + " it anew");
        }
    }

    private void requireOwnTraffic(TePathRequest request) {
        List<FieldError> overlaps = TrafficOverlap.find(request, Stream.concat(
                        ledger.atTheEndsOf(request).stream(), abandoned.keySet().stream())
                .map(PathRecord::request).collect(Collectors.toList()));
        if (!overlaps.isEmpty()) {
            throw new ConflictException(overlaps);
        }
    }

    /** Returns a path on the ways that it gets now, or refuses it. */
    private PathRecord place(PathRecord path) {
        PathChooser chooser = chooser();
        PathComputationResult result = chooser.best(path.request());
        if (result.noPath().isPresent()) {
            throw new ConflictException(result.noPath().get().errors());
        }
        return chooser.adopt(path, result.path().orElseThrow(), false).orElseThrow(() -> new ConflictException(
                "", "the labels of a port on the way are used up: remove paths, or widen mplsTe.labelRange of its"
                + " switch in the network configuration"));
    }

    /**
     * Begins to take a path away.
     *
     * @param owner the name of the application that asks
     * @param name  the name of the path
     * @return the path
     */
    TePath remove(String owner, String name) {
        PathRecord path = existing(name);
        if (!path.owner().equals(owner)) {
            throw new ConflictException("name", "the path '" + name + "' belongs to " + path.owner()
                    + ": remove there what it is for");
        }
        if (!path.isRemoving()) {
            path = with(path, TePathState.REMOVING, "its rules are being taken out of the switches");
            ledger.put(path);
            ledger.flush();
            touch(name);
            dirty.addAll(wanting);
            log.info("Path {} is being removed", name);
        }
        return path.view();
    }

    /**
     * Moves a path to the best ways that it could have, if they are better.
     *
     * @param name the name of the path
     * @return the path
     */
    TePath reoptimise(String name) {
        chooser().reoptimise(existing(name));
        ledger.flush();
        touch(name);
        return existing(name).view();
    }

    /**
     * Returns what a path should be in the switches.
     *
     * @param name the name of the path
     * @return all that must be known to audit it, or empty if it is gone or on its way somewhere
     */
    Optional<AuditOrder> auditOrder(String name) {
        return ledger.get(name).filter(path -> settled.contains(name) && !dirty.contains(name)).map(path -> {
            AuditSubject subject = rules.subject(path);
            List<TePathRequest> requests = Stream.concat(
                            ledger.atTheEndsOf(path.request()).stream(), abandoned.keySet().stream())
                    .map(PathRecord::request).collect(Collectors.toList());
            return AuditOrder.of(subject, database.topology(), rules.others(subject, ledger.reservations(), requests));
        });
    }

    /**
     * Puts right what was found wrong in the switches.
     *
     * @param name     the name of the path
     * @param findings what was found
     */
    void repair(String name, AuditFindings findings) {
        ledger.get(name).filter(path -> settled.contains(name)).ifPresent(path -> {
            publisher.repair(rules.admissionKey(path), findings.strays());
            path.placements().forEach(way -> publisher.repair(rules.transitKey(path, way), List.of()));
            List<String> mismatches = findings.audit().mismatches();
            String what = "found wrong in the switches and put right: " + mismatches.get(0)
                    + (mismatches.size() == 1 ? "" : ", and " + (mismatches.size() - 1) + " more");
            log.warn("Path {} was {}", name, what);
            ledger.put(path.remembering(now(), what));
            ledger.flush();
        });
    }

    /**
     * Says which ways a request would get now, or why it would get none.
     *
     * @param request what would be asked for; if there is a path of this name with these ends, what it holds counts as
     *                free
     * @return the explanation
     */
    PathExplanation explain(TePathRequest request) {
        EdgePorts.require(database.topology(), request);
        PathQuery query = PathQuery.of(request);
        // Who asks without a name has been given one, which may be that of some path.
        boolean isThere = ledger.get(request.name()).map(PathRecord::request)
                .filter(path -> path.source().equals(request.source())
                        && path.destination().equals(request.destination())).isPresent();
        return isThere ? ledger.reservations().whileMoving(request.name(), () -> computation.explain(query))
                : computation.explain(query);
    }

    /** Moves all paths to the best ways that they could have, one after the other, if they are better. */
    void reoptimiseAll() {
        PathChooser chooser = chooser();
        List.copyOf(ledger.all()).stream().filter(path -> settled.contains(path.name())).forEach(path -> {
            chooser.reoptimise(path);
            if (ledger.get(path.name()).orElseThrow() != path) {
                touch(path.name());
            }
        });
        ledger.flush();
    }

    private PathRecord existing(String name) {
        return ledger.get(name).orElseThrow(() -> new NotFoundException("name", "there is no path '" + name + "'"));
    }

    /**
     * Takes the paths that something has happened to one step further.
     *
     * @return when to do so again, if not only on the next change
     */
    Optional<Instant> reconcile() {
        takeSwitchovers();
        Instant now = now();
        alarms.forEach((name, due) -> {
            if (!due.isAfter(now)) {
                touch(name);
            }
        });
        if (!alarms.isEmpty()) {
            publisher.verify();
        }
        abandoned.entrySet().removeIf(one -> {
            boolean isAbsent = one.getValue().isAbsent();
            if (isAbsent) {
                ledger.releaseLabels(rules.admissionKey(one.getKey()));
            }
            return isAbsent;
        });
        // The last word about a path can come when it is gone.
        dirty.removeIf(name -> ledger.get(name).isEmpty());
        touched.retainAll(dirty);
        List<PathRecord> paths = dirty.stream().flatMap(name -> ledger.get(name).stream())
                .collect(Collectors.toList());
        PathChooser chooser = chooser();
        paths.stream().filter(path -> !path.isRemoving()).forEach(path -> {
            chooser.choose(path, progress(path));
            PathRecord chosen = ledger.get(path.name()).orElseThrow();
            if (chosen != path) {
                dispossess(new BandwidthRelief(database).inFavourOf(chosen));
            }
            ledger.put(installer.release(chosen));
        });
        // Before any rule: what is in a switch and in no record would never be taken out.
        ledger.flush();
        // All rules are on their way before the first status is written, which takes time.
        List<PathRecord> gone = new ArrayList<>();
        for (PathRecord before : paths) {
            PathRecord path = ledger.get(before.name()).orElseThrow();
            if (path.isRemoving()) {
                installer.dismantle(database.topology(), path, progress(path), now)
                        .ifPresentOrElse(ledger::put, () -> gone.add(path));
            } else if (path != before || touched.contains(path.name()) || !isSettled(path)) {
                put(installer.erect(database.topology(), path, progress(path), now));
            }
        }
        gone.forEach(this::forget);
        ledger.flush();
        paths.forEach(path -> {
            if (!dispossessed.remove(path.name())) {
                dirty.remove(path.name());
                touched.remove(path.name());
            }
            await(path.name(), now);
        });
        if (!gone.isEmpty()) {
            dirty.addAll(wanting);
        }
        return wakeUp(now);
    }

    /** Has paths look for other ways in the next run, because they can't keep the bandwidth of those that they have. */
    private void dispossess(Map<String, String> reasons) {
        reasons.forEach((name, reason) -> ledger.get(name).filter(path -> !path.isRemoving()).ifPresent(path -> {
            progress(path).dispossess(reason);
            dispossessed.add(name);
            touch(name);
            log.info("Path {} gives way: {}", name, reason);
        }));
    }

    /** Returns whether the rules of a path are known to be in the switches, and nothing is wrong with its ways. */
    private boolean isSettled(PathRecord path) {
        return settled.contains(path.name()) && progress(path).defect().isEmpty();
    }

    private void put(PathRecord path) {
        ledger.get(path.name()).filter(before -> before.state() != path.state()).ifPresent(
                before -> log.info("Path {} is {}: {}", path.name(), path.state(), path.reason()));
        ledger.put(path);
    }

    /** Records the switchovers that have been set off. */
    private void takeSwitchovers() {
        Map<String, FiredSwitchover> fired = switchovers.fired();
        PathChooser chooser = chooser();
        // One that was set off while its path was on its way elsewhere is overtaken: both ends follow the record.
        fired.forEach((name, switchover) -> ledger.get(name)
                .filter(path -> !path.isRemoving() && path.spare()
                        .filter(spare -> spare.generation() == switchover.generation()).isPresent())
                .ifPresent(path -> chooser.takeStandby(path, progress(path), switchover.reason())));
        ledger.flush();
        fired.keySet().forEach(name -> {
            switchovers.settle(name);
            touch(name);
        });
    }

    private void forget(PathRecord path) {
        Progress last = progress.remove(path.name());
        ledger.remove(path);
        alarms.remove(path.name());
        wanting.remove(path.name());
        settled.remove(path.name());
        dispossessed.remove(path.name());
        if (!last.isAbsent()) {
            abandoned.put(path, last);
            ledger.keepLabels(rules.admissionKey(path), path);
        }
        log.info("Path {} is gone", path.name());
    }

    /** Takes note of what a path waits for. */
    private void await(String name, Instant now) {
        Optional<PathRecord> path = ledger.get(name);
        if (path.isEmpty()) {
            return;
        }
        Progress current = progress(path.get());
        Stream<Instant> verification = current.isUnconfirmed()
                ? Stream.of(now.plus(VERIFICATION_PERIOD)) : Stream.empty();
        Stream.concat(current.deadline(now).stream(), verification).min(Instant::compareTo)
                .ifPresentOrElse(due -> alarms.put(name, due), () -> alarms.remove(name));
        boolean isWanting = path.get().active().isEmpty() || current.isRestoring()
                || path.get().standby().filter(standby -> standby.placement().isEmpty()
                                                          || !standby.shared().isEmpty()).isPresent();
        include(wanting, name, isWanting);
        include(settled, name, path.get().state() == TePathState.UP && path.get().retiring().isEmpty()
                && path.get().standby().filter(standby -> standby.state() == StandbyState.INSTALLING).isEmpty()
                && !alarms.containsKey(name));
    }

    private static void include(Set<String> names, String name, boolean isIncluded) {
        if (isIncluded) {
            names.add(name);
        } else {
            names.remove(name);
        }
    }

    private Optional<Instant> wakeUp(Instant now) {
        if (!dirty.isEmpty()) {
            return Optional.of(now);
        }
        Stream<Instant> verification = abandoned.values().stream().anyMatch(Progress::isUnconfirmed)
                ? Stream.of(now.plus(VERIFICATION_PERIOD)) : Stream.empty();
        return Stream.concat(alarms.values().stream(), verification).min(Instant::compareTo);
    }

    private PathChooser chooser() {
        return new PathChooser(ledger, database, computation, settlingTime, awayTolerance, now());
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
}
