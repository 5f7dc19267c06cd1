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
package org.roundtrip.base.intent;

import org.onosproject.net.intent.FlowRuleIntent;
import org.onosproject.net.intent.Key;
import org.roundtrip.base.flow.RuleSet;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a {@link RulePublisher} has under a key: what is wanted, what has been sent, and what has become of it. Only for
 * the publisher, under its lock.
 */
final class Publication {

    final Key key;
    Goal goal = new Goal(Road.FRAMEWORK, List.of(RuleSet.EMPTY));
    /** What was submitted to the framework, or sent to the switches past it. */
    RuleSet submitted = RuleSet.EMPTY;
    /** What was submitted before the present set and may still be in a switch. */
    RuleSet leftovers = RuleSet.EMPTY;
    final List<ConfirmedStage> confirmed = new ArrayList<>();
    boolean withdrawn;
    Step step = Step.NONE;
    boolean doubtful;
    /** Set with the first step that the framework is asked for. */
    FlowRuleIntent intent;

    Publication(Key key) {
        this.key = key;
    }

    /** Returns what is in the switches, what may be, and what is to be. */
    Stream<RuleSet> everything() {
        return Stream.concat(Stream.of(submitted, leftovers), goal.stages.stream());
    }

    boolean isMeant(RuleSet wanted) {
        return step != Step.NONE && !withdrawn && goal.wanted().equals(wanted);
    }

    void want(Goal next) {
        withdrawn = false;
        goal = next;
        confirmed.clear();
        leaveReplacement();
    }

    void withdraw() {
        withdrawn = true;
        leaveReplacement();
    }

    void leaveReplacement() {
        if (step == Step.REPLACEMENT_REFUSED) {
            step = Step.REPLACED;
        }
    }

    boolean isConfirmed() {
        return (step == Step.INSTALLED || step == Step.REPLACED) && !doubtful;
    }

    /** Returns whether the framework knows what was asked for last, and may say what has become of it. */
    boolean isWithFramework() {
        return step != Step.NONE && step != Step.REPLACING && step != Step.REPLACED
                && step != Step.REPLACEMENT_REFUSED;
    }

    PublicationState state() {
        if (withdrawn) {
            return step == Step.WITHDRAWAL_REFUSED
                    ? PublicationState.WITHDRAWAL_UNCONFIRMED : PublicationState.WITHDRAWING;
        }
        if (step == Step.REFUSED || step == Step.WITHDRAWAL_REFUSED || doubtful) {
            return PublicationState.UNCONFIRMED;
        }
        return (step == Step.INSTALLED || step == Step.REPLACED || step == Step.TELLING)
                && goal.wanted().equals(submitted) ? PublicationState.PUBLISHED : PublicationState.PUBLISHING;
    }

    /** How rules get into the switches. */
    enum Road { FRAMEWORK, DIRECT }

    /** What has become of the last request. */
    enum Step {
        NONE, INSTALLING, INSTALLED, REFUSED, WITHDRAWING, WITHDRAWAL_REFUSED,
        /** A stage is on its way past the framework. */
        REPLACING,
        /** A switch has not confirmed a stage. */
        REPLACEMENT_REFUSED,
        /** The last stage has been answered, and the framework does not know of it yet. */
        REPLACED,
        /** The framework is being told of what the switches have confirmed. */
        TELLING
    }

    /** What is to be reached, and what before it. */
    static final class Goal {

        final Road road;
        final Deque<RuleSet> stages;

        Goal(Road road, List<RuleSet> stages) {
            this.road = road;
            this.stages = new ArrayDeque<>(stages);
        }

        RuleSet wanted() {
            return stages.getLast();
        }

        /** Returns the stage to be reached next, or the last if that is reached. */
        RuleSet target() {
            return stages.getFirst();
        }

        void reached(RuleSet rules) {
            while (stages.size() > 1 && stages.getFirst().equals(rules)) {
                stages.removeFirst();
            }
        }
    }
}
