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

import org.onosproject.net.flow.FlowRule;
import org.roundtrip.base.intent.PublicationState;
import org.roundtrip.base.intent.RulePublisher;
import org.roundtrip.tepath.compute.Defect;
import org.roundtrip.tepath.compute.Placement;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How far the rules of one path have come, as far as this node knows: what it does not know after a restart it finds
 * out again.
 * <p>
 * Only for the thread of the reconcile loop.
 */
final class Progress {

    private final RulePublisher publisher;
    /** Keys under which rules may be in the switches, and whether their withdrawal has been asked for. */
    private final Map<String, Boolean> present = new HashMap<>();
    /** The generations of the ways of a life before that have not been seen whole since the start. */
    private final Set<Long> unseen = new HashSet<>();
    private Instant adoptingUntil = Instant.MIN;
    private Instant graceUntil = Instant.MIN;
    /** Empty while no switch on the way is away. */
    private Optional<Instant> toleratedUntil = Optional.empty();
    private boolean suspect;
    private Optional<Defect> defect = Optional.empty();
    private Optional<Instant> heldOffUntil = Optional.empty();
    private Optional<Instant> restoringAt = Optional.empty();
    private Optional<String> dispossession = Optional.empty();
    private String obstacle = "";

    /** Begins with a new path, of which nothing is in any switch. */
    Progress(RulePublisher publisher) {
        this.publisher = publisher;
    }

    /** Begins with a path of a life before, whose rules are in the switches unless they are found missing. */
    static Progress adopted(RulePublisher publisher, PathRecord path, PathRules rules) {
        Progress progress = new Progress(publisher);
        progress.adoptingUntil = Instant.MAX;
        path.placements().forEach(placement -> progress.unseen.add(placement.generation()));
        progress.present.put(rules.admissionKey(path), false);
        path.placements().forEach(placement -> progress.present.put(rules.transitKey(path, placement), false));
        return progress;
    }

    PublicationState publish(String key, List<FlowRule> rules) {
        present.put(key, false);
        publisher.publish(key, rules);
        return publisher.state(key);
    }

    /**
     * Replaces what is published under a key, stage by stage, as fast as the switches confirm. What is published for
     * the first time goes the same way, so that this has been gone before it must be quick.
     */
    PublicationState replace(String key, List<List<FlowRule>> stages) {
        List<FlowRule> last = stages.get(stages.size() - 1);
        if (!present.containsKey(key)) {
            present.put(key, false);
            publisher.replace(key, List.of(last));
        } else {
            if (!isPublished(key) || publisher.state(key) == PublicationState.ABSENT) {
                // After a start, the intent framework must learn first of rules that match what may be there.
                publish(key, last.isEmpty() ? stages.get(0) : last);
            }
            publisher.replace(key, stages);
        }
        return publisher.state(key);
    }

    /** Withdraws once whatever is under a key, and says how far that is. */
    PublicationState withdraw(String key, List<FlowRule> rules) {
        Boolean asked = present.get(key);
        if (asked == null) {
            return PublicationState.ABSENT;
        }
        if (!asked) {
            present.put(key, true);
            publisher.withdraw(key, rules);
        }
        PublicationState state = publisher.state(key);
        if (state == PublicationState.ABSENT) {
            present.remove(key);
        }
        return state;
    }

    /** Returns whether rules are under a key and shall stay. */
    boolean isPublished(String key) {
        return Boolean.FALSE.equals(present.get(key));
    }

    /** Returns whether rules under some key are not confirmed. */
    boolean isUnconfirmed() {
        return present.keySet().stream().map(publisher::state).anyMatch(state ->
                state == PublicationState.UNCONFIRMED || state == PublicationState.WITHDRAWAL_UNCONFIRMED);
    }

    /** Returns whether everything that was withdrawn has gone. */
    boolean isAbsent() {
        present.keySet().removeIf(key -> publisher.state(key) == PublicationState.ABSENT);
        return present.isEmpty();
    }

    /** Says until when the network may be coming up after a start, unless that is over. */
    void adoptUntil(Instant end) {
        if (adoptingUntil.equals(Instant.MAX)) {
            adoptingUntil = end;
        }
    }

    /** Returns whether the network may still be coming up after a start, so that what is missing says nothing yet. */
    boolean isAdopting(Instant now) {
        return now.isBefore(adoptingUntil);
    }

    /** Returns whether a way is of a life before, has not been seen whole since, and may still come up. */
    boolean isAdopting(Placement way, Instant now) {
        return isAdopting(now) && unseen.contains(way.generation());
    }

    /** Says which ways are not whole: what the others lack from now on is lost. */
    void adoptOnly(Collection<Placement> broken) {
        unseen.retainAll(broken.stream().map(Placement::generation).collect(Collectors.toSet()));
        if (unseen.isEmpty()) {
            adoptingUntil = Instant.MIN;
        }
    }

    /** Returns whether a switch on the way has just come back, so that its links may follow. */
    boolean isGrace(Instant now) {
        return now.isBefore(graceUntil);
    }

    /** Returns when something ends that this path waits for, if it waits. */
    Optional<Instant> deadline(Instant now) {
        return Stream.of(Optional.of(adoptingUntil), Optional.of(graceUntil), toleratedUntil, heldOffUntil, restoringAt)
                .flatMap(Optional::stream).filter(now::isBefore).filter(Instant.MAX::isAfter).min(Instant::compareTo);
    }

    /** Returns whether a failure has not lasted long enough yet to move; it lasts from the first time this is asked. */
    boolean isHeldOff(Instant now, Duration holdOff) {
        heldOffUntil = heldOffUntil.or(() -> Optional.of(now.plus(holdOff)));
        return now.isBefore(heldOffUntil.get());
    }

    /** Says that the way is whole, or that the path has moved. */
    void endHoldOff() {
        heldOffUntil = Optional.empty();
    }

    /** Returns whether a better way has been there for long enough to go back; it is from the first time of asking. */
    boolean isRestored(Instant now, Duration waitToRestore) {
        restoringAt = restoringAt.or(() -> Optional.of(now.plus(waitToRestore)));
        return !now.isBefore(restoringAt.get());
    }

    /** Returns whether a better way is there, to which the path will go back. */
    boolean isRestoring() {
        return restoringAt.isPresent();
    }

    /** Says that there is no better way, or that the path has taken it. */
    void endRestoration() {
        restoringAt = Optional.empty();
    }

    /** Takes the bandwidth of the way from the path, which has to find another one. */
    void dispossess(String reason) {
        dispossession = Optional.of(reason);
    }

    /** Returns once why the bandwidth of the way has been taken, if it has. */
    Optional<String> endDispossession() {
        Optional<String> reason = dispossession;
        dispossession = Optional.empty();
        return reason;
    }

    /** Says why no way was found when one was looked for. */
    void obstruct(String reason) {
        obstacle = reason;
    }

    /** Returns why no way was found when one was last looked for. */
    String obstacle() {
        return obstacle;
    }

    /** Lets a switch on the way be away, unless one is already. */
    void tolerate(Instant until) {
        toleratedUntil = toleratedUntil.or(() -> Optional.of(until));
    }

    /** Returns whether a switch on the way is away, but not yet for so long that the path should go elsewhere. */
    boolean isTolerating(Instant now) {
        return toleratedUntil.filter(now::isBefore).isPresent();
    }

    /** Returns whether the way is kept for now although something is wrong with it. */
    boolean isTolerated(Instant now) {
        return defect.filter(found -> found.kind() == Defect.Kind.MAINTENANCE
                        || (found.kind() == Defect.Kind.SWITCH_AWAY && isTolerating(now))).isPresent()
                || heldOffUntil.filter(now::isBefore).isPresent();
    }

    /** Returns whether a switch on the way has been away and may have lost rules. */
    boolean isSuspect() {
        return suspect;
    }

    void suspect(Instant until) {
        suspect = true;
        graceUntil = until;
    }

    void trust() {
        suspect = false;
        graceUntil = Instant.MIN;
        toleratedUntil = Optional.empty();
    }

    /** Returns what is wrong with the way, if it is kept in spite of that. */
    Optional<Defect> defect() {
        return defect;
    }

    void defect(Optional<Defect> found) {
        this.defect = found;
    }
}
