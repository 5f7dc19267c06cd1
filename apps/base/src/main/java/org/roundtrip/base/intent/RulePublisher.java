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

import org.onosproject.core.ApplicationId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.FlowRuleService;
import org.onosproject.net.flow.TrafficTreatment;
import org.onosproject.net.intent.FlowRuleIntent;
import org.onosproject.net.intent.IntentEvent;
import org.onosproject.net.intent.IntentListener;
import org.onosproject.net.intent.IntentService;
import org.onosproject.net.intent.Key;
import org.onosproject.net.intent.PathIntent;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Publishes sets of flow rules under stable keys as {@link FlowRuleIntent}s. Publishing another set under the same key
 * changes the difference only; publishing the same set again changes nothing.
 * <p>
 * Two weaknesses of the intent framework are made good here. It loses rules of a set that is replaced while the set
 * before it is still being installed: so the next set waits until the framework is done with the one before, and only
 * the latest of those that wait is submitted. And after a failure it compares what it <em>meant</em> to install with
 * what is wanted, finds them equal and reports success: so after a failure a set counts as published only when the
 * flow rule store holds each of its rules as confirmed by its switch and none of a set before it; if the store holds
 * something else, all is withdrawn and published anew.
 * <p>
 * What is published stays in the network when the publisher is closed. {@link #verify}, {@link #retry} and
 * {@link #unconfirmed} ask the flow rule store, which may ask another node of the cluster; the other methods return at
 * once. Thread-safe.
 */
public final class RulePublisher implements AutoCloseable {

    private final ApplicationId application;
    private final IntentService intents;
    private final FlowRuleService flowRules;
    private final Runnable changed;
    private final IntentListener listener = new OwnIntentListener();
    private final Map<Key, Publication> publications = new HashMap<>();

    /**
     * Creates a publisher and begins to listen to the intent framework.
     *
     * @param application whose rules are published
     * @param intents     the intent framework
     * @param flowRules   tells what the switches have confirmed
     * @param changed     called when the state of a publication has changed, on an ONOS event thread: must not block
     */
    public RulePublisher(ApplicationId application, IntentService intents, FlowRuleService flowRules,
                         Runnable changed) {
        this.application = application;
        this.intents = intents;
        this.flowRules = flowRules;
        this.changed = changed;
        intents.addListener(listener);
    }

    /**
     * Publishes a set of rules in the place of any other under its key.
     *
     * @param key   the key
     * @param rules the rules, no two of which match the same; may be none
     * @throws IllegalArgumentException if two of them match the same
     */
    public synchronized void publish(String key, Collection<FlowRule> rules) {
        Map<FlowRule, TrafficTreatment> wanted = byMatch(rules);
        Publication publication = publications.computeIfAbsent(Key.of(key, application), Publication::new);
        publication.withdrawn = false;
        publication.wanted = wanted;
        advance(publication);
    }

    /**
     * Withdraws whatever is published under a key.
     *
     * @param key   the key
     * @param rules the rules that may be there: they are claimed first if this publisher does not know the key, as
     *              after a restart
     */
    public synchronized void withdraw(String key, Collection<FlowRule> rules) {
        Publication publication = publications.computeIfAbsent(Key.of(key, application), Publication::new);
        if (!publication.withdrawn) {
            publication.withdrawn = true;
            if (publication.step == Step.NONE) {
                submit(publication, byMatch(rules));
            } else {
                advance(publication);
            }
        }
    }

    /**
     * Returns where the rules under a key stand.
     *
     * @param key the key
     * @return the state
     */
    public synchronized PublicationState state(String key) {
        Publication publication = publications.get(Key.of(key, application));
        return publication == null ? PublicationState.ABSENT : publication.state();
    }

    /**
     * Returns the switches that have not confirmed what was last submitted under a key.
     *
     * @param key the key
     * @return the switches, ordered by their names; none if there is nothing under the key
     */
    public synchronized List<DeviceId> unconfirmed(String key) {
        Publication publication = publications.get(Key.of(key, application));
        if (publication == null) {
            return List.of();
        }
        Predicate<FlowRule> confirmed = publication.withdrawn ? this::isGoing : rule -> isConfirmed(publication, rule);
        Set<String> devices = publication.submitted.keySet().stream().filter(confirmed.negate())
                .map(rule -> rule.deviceId().toString()).collect(Collectors.toCollection(TreeSet::new));
        return devices.stream().map(DeviceId::deviceId).collect(Collectors.toUnmodifiableList());
    }

    /**
     * Looks again whether the switches have confirmed what was unconfirmed. To be called from time to time while
     * something is unconfirmed.
     */
    public synchronized void verify() {
        publications.values().stream()
                .filter(publication -> publication.step == Step.INSTALLED && publication.doubtful
                        && !publication.withdrawn)
                .forEach(this::resolveDoubt);
    }

    /**
     * Tries again what was refused. To be called when a reason to refuse may have gone, such as a switch that is back.
     */
    public synchronized void retry() {
        for (Publication publication : List.copyOf(publications.values())) {
            if (publication.step == Step.REFUSED && !publication.withdrawn) {
                submit(publication, publication.wanted);
            } else if (publication.step == Step.WITHDRAWAL_REFUSED) {
                withdraw(publication);
            }
        }
        verify();
    }

    @Override
    public void close() {
        intents.removeListener(listener);
    }

    /** Takes the next step from what there is to what is wanted, unless the framework is still at work. */
    private void advance(Publication publication) {
        if (publication.step == Step.INSTALLING || publication.step == Step.WITHDRAWING) {
            return;
        }
        if (publication.withdrawn) {
            if (publication.step == Step.NONE && publication.leftovers.isEmpty()) {
                publications.remove(publication.key);
                // Not before: a purge and a submission in the same millisecond can swallow the submission.
                intents.purge(publication.intent);
            } else if (publication.step == Step.NONE) {
                claimLeftovers(publication, Map.of());
            } else if (publication.step != Step.WITHDRAWAL_REFUSED) {
                withdraw(publication);
            }
        } else if (publication.step == Step.NONE) {
            claimLeftovers(publication, publication.wanted);
        } else if (!publication.wanted.equals(publication.submitted)
                || publication.step == Step.WITHDRAWAL_REFUSED) {
            submit(publication, publication.wanted);
        }
    }

    private void resolveDoubt(Publication publication) {
        publication.leftovers.keySet().removeIf(this::isGoing);
        if (!publication.leftovers.isEmpty()
                || !publication.submitted.keySet().stream().allMatch(rule -> isStored(publication, rule))) {
            withdraw(publication);
        } else if (publication.submitted.keySet().stream().allMatch(rule -> isConfirmed(publication, rule))) {
            publication.doubtful = false;
        }
    }

    /** Submits leftovers with the rules, so that the framework knows them and removes them in the next step. */
    private void claimLeftovers(Publication publication, Map<FlowRule, TrafficTreatment> rules) {
        Map<FlowRule, TrafficTreatment> all = new HashMap<>(publication.leftovers);
        all.keySet().removeAll(rules.keySet());
        all.putAll(rules);
        publication.leftovers.clear();
        publication.submitted = Map.of();
        submit(publication, all);
    }

    private void submit(Publication publication, Map<FlowRule, TrafficTreatment> rules) {
        publication.doubtful = publication.step == Step.REFUSED || publication.step == Step.WITHDRAWAL_REFUSED
                || (publication.step == Step.INSTALLED && publication.doubtful);
        publication.leftovers.putAll(publication.submitted);
        publication.leftovers.keySet().removeAll(rules.keySet());
        publication.step = Step.INSTALLING;
        publication.submitted = rules;
        // No resources: the framework would withdraw the rules when a link among them fails, one direction at a time.
        publication.intent = new FlowRuleIntent(application, publication.key, publication.rules(), List.of(),
                                                PathIntent.ProtectionType.PRIMARY, null);
        intents.submit(publication.intent);
    }

    private void withdraw(Publication publication) {
        publication.step = Step.WITHDRAWING;
        intents.withdraw(publication.intent);
    }

    private boolean isStored(Publication publication, FlowRule rule) {
        FlowEntry entry = flowRules.getFlowEntry(rule);
        return entry != null && entry.treatment().equals(publication.submitted.get(rule));
    }

    private boolean isConfirmed(Publication publication, FlowRule rule) {
        if (publication.state() == PublicationState.PUBLISHED) {
            return true;
        }
        FlowEntry entry = flowRules.getFlowEntry(rule);
        return isStored(publication, rule) && entry.state() == FlowEntry.FlowEntryState.ADDED;
    }

    /** Returns whether the core itself will see to it that a rule leaves the switch. */
    private boolean isGoing(FlowRule rule) {
        FlowEntry entry = flowRules.getFlowEntry(rule);
        return entry == null || entry.state() == FlowEntry.FlowEntryState.PENDING_REMOVE
                || entry.state() == FlowEntry.FlowEntryState.REMOVED;
    }

    /** Flow rules are equal when they match the same; this makes sets of them equal when they also do the same. */
    private static Map<FlowRule, TrafficTreatment> byMatch(Collection<FlowRule> rules) {
        return rules.stream().collect(Collectors.toUnmodifiableMap(rule -> rule, FlowRule::treatment, (one, other) -> {
            throw new IllegalArgumentException("Two rules match the same; one does " + one + ", the other " + other);
        }));
    }

    private synchronized boolean take(IntentEvent event) {
        Publication publication = publications.get(event.subject().key());
        if (publication == null || publication.step == Step.NONE
                || !event.subject().id().equals(publication.intent.id())) {
            return false;
        }
        switch (event.type()) {
            case INSTALLED:
                if (publication.step == Step.WITHDRAWING || publication.step == Step.WITHDRAWAL_REFUSED) {
                    return false;
                }
                publication.step = Step.INSTALLED;
                if (!publication.doubtful) {
                    publication.leftovers.clear();
                }
                break;
            case WITHDRAWN:
                publication.step = Step.NONE;
                publication.doubtful = false;
                break;
            case CORRUPT:
            case FAILED:
                publication.doubtful = true;
                publication.step = publication.step == Step.WITHDRAWING || publication.step == Step.WITHDRAWAL_REFUSED
                        ? Step.WITHDRAWAL_REFUSED : Step.REFUSED;
                break;
            default:
                return false;
        }
        advance(publication);
        return true;
    }

    /** What the framework has made of the last request. */
    private enum Step { NONE, INSTALLING, INSTALLED, REFUSED, WITHDRAWING, WITHDRAWAL_REFUSED }

    private static final class Publication {

        private final Key key;
        private Map<FlowRule, TrafficTreatment> wanted = Map.of();
        private Map<FlowRule, TrafficTreatment> submitted = Map.of();
        /** What was submitted before the present set and may still be in a switch. */
        private final Map<FlowRule, TrafficTreatment> leftovers = new HashMap<>();
        private boolean withdrawn;
        private Step step = Step.NONE;
        private boolean doubtful;
        /** Set with the first step. */
        private FlowRuleIntent intent;

        private Publication(Key key) {
            this.key = key;
        }

        private Collection<FlowRule> rules() {
            return submitted.keySet();
        }

        private PublicationState state() {
            if (withdrawn) {
                return step == Step.WITHDRAWAL_REFUSED
                        ? PublicationState.WITHDRAWAL_UNCONFIRMED : PublicationState.WITHDRAWING;
            }
            if (step == Step.REFUSED || step == Step.WITHDRAWAL_REFUSED || doubtful) {
                return PublicationState.UNCONFIRMED;
            }
            return step == Step.INSTALLED && wanted.equals(submitted)
                    ? PublicationState.PUBLISHED : PublicationState.PUBLISHING;
        }
    }

    private final class OwnIntentListener implements IntentListener {

        @Override
        public boolean isRelevant(IntentEvent event) {
            return event.subject().appId().equals(application);
        }

        @Override
        public void event(IntentEvent event) {
            if (take(event)) {
                changed.run();
            }
        }
    }
}
