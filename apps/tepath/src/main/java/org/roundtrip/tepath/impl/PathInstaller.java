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

import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DeviceId;
import org.roundtrip.base.intent.ConfirmedStage;
import org.roundtrip.base.intent.PublicationState;
import org.roundtrip.base.intent.RulePublisher;
import org.roundtrip.tepath.Protection;
import org.roundtrip.tepath.StandbyState;
import org.roundtrip.tepath.TePathState;
import org.roundtrip.tepath.compute.Defect;
import org.roundtrip.tepath.compute.Placement;
import org.roundtrip.tepath.compute.TeNode;
import org.roundtrip.tepath.compute.TeTopology;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Brings the rules of one path after the other into the switches and out of them, a step at a time.
 * <p>
 * A path goes to another way in this order: the rules inside its new way are put into the switches and confirmed, both
 * ends are pointed at it, and only then do the rules of the old way go. The rules inside its standby way are put in
 * beside, and when they are confirmed, its switchover is armed. A path with a quiesce time stops both ends first, and
 * points them at the new way when that has been confirmed and they have been stopped for so long.
 * <p>
 * Only for the thread of the reconcile loop.
 */
final class PathInstaller {

    private static final Logger log = LoggerFactory.getLogger(PathInstaller.class);

    private final RulePublisher publisher;
    private final SwitchoverTable switchovers;
    private final PathRules rules;
    private final QuiesceTimers timers;

    PathInstaller(RulePublisher publisher, SwitchoverTable switchovers, PathRules rules, QuiesceTimers timers) {
        this.publisher = publisher;
        this.switchovers = switchovers;
        this.rules = rules;
        this.timers = timers;
    }

    /**
     * Has a path take its way if both ends have admitted nothing for long enough. This must be durable before any rule
     * says so: whoever takes over from a controller that died in between must know which way the traffic took last.
     */
    PathRecord release(PathRecord path) {
        if (!path.isQuiescing()
                || !timers.isOver(path.name(), path.active().orElseThrow().generation(), path.pause())) {
            return path;
        }
        timers.stop(path.name());
        return path.carrying();
    }

    /** Brings the rules of a path into the switches, one step further. */
    PathRecord erect(TeTopology topology, PathRecord path, Progress current, Instant now) {
        if (path.active().isEmpty()) {
            switchovers.disarm(path.name());
            timers.stop(path.name());
            return isSettled(standAside(current, path)) ? retire(current, path) : path;
        }
        Placement active = path.active().get();
        if (current.isAdopting(active, now) && !areAvailable(topology, devices(path))) {
            return waiting(path, current, now);
        }
        PathRecord next = erectActive(erectStandby(topology, path, current, now), active, current, now);
        arm(next, active);
        return next;
    }

    private PathRecord erectActive(PathRecord path, Placement active, Progress current, Instant now) {
        String transitKey = rules.transitKey(path, active);
        PublicationState transit = current.publish(transitKey, rules.transit(path, active));
        if (transit != PublicationState.PUBLISHED) {
            timers.stop(path.name());
        }
        if (transit == PublicationState.UNCONFIRMED) {
            switchovers.unlessFired(path.name(), () -> standAside(current, path));
            return unconfirmed(path, transitKey, now);
        }
        if (transit != PublicationState.PUBLISHED) {
            if (path.request().suspended() || (path.isQuiescing() && !path.carried().isEmpty())) {
                goOver(path, active, current);
            } else if (path.request().exclusive() && !current.isPublished(rules.admissionKey(path))) {
                standAside(current, path);
            }
            return installing(path, now);
        }
        if (path.isQuiescing() && path.carried().isEmpty()) {
            timers.run(path.name(), active.generation(), path.pause(), now);
            return installing(path, now);
        }
        if (!goOver(path, active, current)) {
            timers.stop(path.name());
            return installing(path, now);
        }
        PublicationState admission = publisher.state(rules.admissionKey(path));
        if (admission != PublicationState.PUBLISHED) {
            timers.stop(path.name());
        }
        if (admission == PublicationState.UNCONFIRMED) {
            return unconfirmed(path, rules.admissionKey(path), now);
        }
        if (admission != PublicationState.PUBLISHED) {
            return installing(path, now);
        }
        PathRecord retired = retire(current, path);
        // It runs while a path is suspended, too: when that ends, the path need not wait once more.
        Optional<Instant> end = path.carries(active) ? Optional.empty()
                : Optional.of(timers.run(path.name(), active.generation(), path.pause(), now));
        if (current.isAdopting(active, now)) {
            return waiting(retired, current, now);
        }
        return end.filter(time -> path.isQuiescing()).map(time -> quiescing(retired, time, now))
                .orElseGet(() -> standing(retired, current, now));
    }

    /** Has both ends do what they should as to a way, unless a switchover is about to, and returns whether. */
    private boolean goOver(PathRecord path, Placement way, Progress current) {
        return switchovers.unlessFired(path.name(), () -> current.replace(
                rules.admissionKey(path), rules.transition(path, way)));
    }

    private static PathRecord quiescing(PathRecord path, Instant end, Instant now) {
        String reason = "both ends point at another way than before, and admit nothing until " + end + ", which is "
                + path.pause().toMillis() + " ms after they stopped";
        return with(path, TePathState.INSTALLING, reason, now).remembering(now, reason);
    }

    private PathRecord standing(PathRecord path, Progress current, Instant now) {
        String standing = "both directions are in the switches"
                + (path.request().suspended() ? ", and suspended: both ends keep the traffic out" : "");
        if (current.defect().isEmpty()) {
            return with(path, TePathState.UP,
                        path.request().suspended() ? standing : standing + transitionTime(path), now);
        }
        String detail = current.defect().get().detail();
        return current.isTolerated(now)
                ? with(path, TePathState.UP, standing + ", but " + detail, now)
                : with(path, TePathState.DOWN, detail, now, detail);
    }

    /** Says how long both ends can have differed when they last went over to another way. */
    private String transitionTime(PathRecord path) {
        List<ConfirmedStage> stages = publisher.confirmedStages(rules.admissionKey(path));
        Duration longest = stages.stream().map(ConfirmedStage::longestDifference).max(Duration::compareTo)
                .orElse(Duration.ZERO);
        return longest.isZero() ? "" : "; both ends went over within " + longest.toMillis() + " ms";
    }

    private PathRecord erectStandby(TeTopology topology, PathRecord path, Progress current, Instant now) {
        if (path.spare().isEmpty()) {
            return path;
        }
        StandbyRecord standby = path.standby().orElseThrow();
        Placement spare = path.spare().get();
        if (current.isAdopting(spare, now) && !areAvailable(topology, spare.devices())) {
            return with(path, standby.with(StandbyState.INSTALLING, "waiting for its switches after a start", now));
        }
        String key = rules.transitKey(path, spare);
        switch (current.publish(key, rules.transit(path, spare))) {
            case PUBLISHED:
                return with(path, standby.with(StandbyState.READY, "the standby way is in the switches"
                        + (standby.shared().isEmpty() ? "" : "; it shares " + String.join(", ", standby.shared())),
                                               now));
            case UNCONFIRMED:
                return with(path, standby.with(StandbyState.UNPROTECTED, refused(key), now));
            default:
                return with(path, standby.with(StandbyState.INSTALLING,
                                               "its rules are being put into the switches", now));
        }
    }

    private static PathRecord with(PathRecord path, StandbyRecord standby) {
        return PathRecord.builder().from(path).standby(standby).build();
    }

    private void arm(PathRecord path, Placement active) {
        boolean isReady = path.state() == TePathState.UP
                && path.standby().filter(standby -> standby.state() == StandbyState.READY).isPresent()
                && path.spare().isPresent();
        if (!isReady) {
            switchovers.disarm(path.name());
            return;
        }
        Placement spare = path.spare().orElseThrow();
        Set<ConnectPoint> standbyPorts = ports(spare);
        switchovers.arm(path.name(), Switchover.builder().generation(spare.generation())
                .key(rules.admissionKey(path)).stages(rules.transition(path, spare))
                .activePorts(ports(active).stream().filter(port -> !standbyPorts.contains(port))
                                     .collect(Collectors.toSet()))
                .standbyPorts(standbyPorts)
                .holdOff(Duration.ofMillis(path.request().protection().map(Protection::holdOff).orElse(0))).build());
    }

    private static Set<ConnectPoint> ports(Placement placement) {
        return placement.forwardLinks().stream().flatMap(link -> Stream.of(link.src(), link.dst()))
                .collect(Collectors.toSet());
    }

    private PathRecord waiting(PathRecord path, Progress current, Instant now) {
        return with(path, TePathState.INSTALLING, "waiting for the network after a start: "
                + current.defect().map(Defect::detail).orElse("it is coming up"), now);
    }

    private static PathRecord installing(PathRecord path, Instant now) {
        return path.state() == TePathState.INSTALLING ? path
                : with(path, TePathState.INSTALLING, "its rules are being put into the switches", now);
    }

    private PathRecord unconfirmed(PathRecord path, String key, Instant now) {
        String reason = refused(key);
        return with(path, TePathState.DOWN, reason, now, reason);
    }

    private String refused(String key) {
        List<DeviceId> devices = publisher.unconfirmed(key);
        // They may have confirmed just now: then another turn follows.
        return devices.isEmpty() ? "a switch has refused its rules"
                : "its rules are refused by or can't be sent to " + text(devices);
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
        return left.equals(path.retiring()) ? path : PathRecord.builder().from(path).retiring(left).build();
    }

    /** Takes a path out of the switches, one step further; empty when nothing of it can be taken out any more. */
    Optional<PathRecord> dismantle(TeTopology topology, PathRecord path, Progress current, Instant now) {
        switchovers.disarm(path.name());
        switchovers.settle(path.name());
        timers.stop(path.name());
        if (current.isAdopting(now) && !areAvailable(topology, devices(path))) {
            return Optional.of(with(path, TePathState.REMOVING, "waiting for the network after a start", now));
        }
        List<String> keys = new ArrayList<>(List.of(rules.admissionKey(path)));
        PublicationState admission = current.withdraw(rules.admissionKey(path), rules.blocking(path));
        if (admission == PublicationState.WITHDRAWING || isHeld(topology, keys)) {
            return Optional.of(removing(path, keys, now));
        }
        for (Placement placement : path.placements()) {
            String key = rules.transitKey(path, placement);
            current.withdraw(key, rules.transit(path, placement));
            keys.add(key);
        }
        if (keys.stream().map(publisher::state).anyMatch(state -> state == PublicationState.WITHDRAWING)
                || isHeld(topology, keys)) {
            return Optional.of(removing(path, keys, now));
        }
        if (!current.isAbsent()) {
            log.warn("Path {} is removed, but its rules are still in {}, which will lose them when they are back",
                     path.name(), text(unconfirmed(keys)));
        }
        return Optional.empty();
    }

    private static List<DeviceId> devices(PathRecord path) {
        return Stream.concat(
                        Stream.of(path.request().source().deviceId(), path.request().destination().deviceId()),
                        (path.isRemoving() ? path.placements().stream() : path.active().stream())
                                .flatMap(placement -> placement.devices().stream()))
                .distinct().collect(Collectors.toList());
    }

    /** Returns whether a switch that is connected has not confirmed a withdrawal. */
    private boolean isHeld(TeTopology topology, List<String> keys) {
        return unconfirmed(keys).stream().anyMatch(device -> areAvailable(topology, List.of(device)));
    }

    private List<DeviceId> unconfirmed(List<String> keys) {
        return keys.stream().filter(key -> publisher.state(key) == PublicationState.WITHDRAWAL_UNCONFIRMED)
                .flatMap(key -> publisher.unconfirmed(key).stream()).distinct().collect(Collectors.toList());
    }

    private PathRecord removing(PathRecord path, List<String> keys, Instant now) {
        List<DeviceId> devices = unconfirmed(keys);
        return devices.isEmpty() ? path
                : with(path, TePathState.REMOVING, "its rules can't be taken out of " + text(devices), now);
    }

    private static boolean isSettled(PublicationState state) {
        return state != PublicationState.PUBLISHING && state != PublicationState.WITHDRAWING;
    }

    private static boolean areAvailable(TeTopology topology, Collection<DeviceId> devices) {
        return devices.stream().allMatch(device -> topology.node(device).filter(TeNode::available).isPresent());
    }

    private static PathRecord with(PathRecord path, TePathState state, String reason, Instant now) {
        return path.withStatus(path.status().next(state, reason, now));
    }

    private static PathRecord with(PathRecord path, TePathState state, String reason, Instant now, String error) {
        return path.withStatus(path.status().next(state, reason, now).withError(error));
    }

    private static String text(Collection<DeviceId> devices) {
        return devices.stream().map(Objects::toString).collect(Collectors.joining(", "));
    }
}
