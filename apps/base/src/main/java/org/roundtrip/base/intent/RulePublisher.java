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

import com.google.common.collect.ImmutableList;
import org.onosproject.core.ApplicationId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.FlowRuleService;
import org.onosproject.net.intent.FlowRuleIntent;
import org.onosproject.net.intent.Intent;
import org.onosproject.net.intent.IntentEvent;
import org.onosproject.net.intent.IntentListener;
import org.onosproject.net.intent.IntentService;
import org.onosproject.net.intent.Key;
import org.onosproject.net.intent.PathIntent;
import org.roundtrip.base.flow.RuleSet;
import org.roundtrip.base.intent.Publication.Goal;
import org.roundtrip.base.intent.Publication.Road;
import org.roundtrip.base.intent.Publication.Step;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
 * Where milliseconds count, a set is {@linkplain #replace replaced} past the framework: the rules go to the flow rule
 * service at once, and the framework is told when the switches have confirmed them. To it that is another set under the
 * same key, whose rules it then finds in the switches.
 * <p>
 * What is published stays in the network when the publisher is closed. {@link #verify}, {@link #retry} and
 * {@link #unconfirmed} ask the flow rule store, which may ask another node of the cluster; the other methods return at
 * once. Thread-safe.
 */
public final class RulePublisher implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(RulePublisher.class);

    private final ApplicationId application;
    private final IntentService intents;
    private final RuleStore store;
    private final DirectInstallation direct;
    /** Runs what can wait until no more replacements follow. */
    private final Executor later;
    /** Ends what runs it. */
    private final Runnable endOfLater;
    private final Consumer<String> changed;
    private final IntentListener listener = new OwnIntentListener();
    private final Map<Key, Publication> publications = new HashMap<>();
    private boolean closed;

    /**
     * Creates a publisher and begins to listen to the intent framework.
     *
     * @param application whose rules are published
     * @param intents     the intent framework
     * @param flowRules   tells what the switches have confirmed
     * @param changed     takes the key whose state has changed, on an ONOS event thread: must not block
     */
    public RulePublisher(ApplicationId application, IntentService intents, FlowRuleService flowRules,
                         Consumer<String> changed) {
        this(application, intents, flowRules, Clock.systemUTC(), Runnable::run, () -> { }, changed);
    }

    /**
     * Creates a publisher that lets replacements under one key follow each other without waiting for the intent
     * framework, and begins to listen to it.
     *
     * @param application whose rules are published
     * @param intents     the intent framework
     * @param flowRules   tells what the switches have confirmed
     * @param pause       for how long nothing must have been replaced under a key before the framework is told
     * @param changed     takes the key whose state has changed, on an ONOS event thread: must not block
     */
    public RulePublisher(ApplicationId application, IntentService intents, FlowRuleService flowRules, Duration pause,
                         Consumer<String> changed) {
        this(application, intents, flowRules, new DelayedExecutor(application.name() + "/intents", pause), changed);
    }

    private RulePublisher(ApplicationId application, IntentService intents, FlowRuleService flowRules,
                          DelayedExecutor later, Consumer<String> changed) {
        this(application, intents, flowRules, Clock.systemUTC(), later, later::close, changed);
    }

    RulePublisher(ApplicationId application, IntentService intents, FlowRuleService flowRules, Clock clock,
                  Executor later, Runnable endOfLater, Consumer<String> changed) {
        this.application = application;
        this.intents = intents;
        this.store = new RuleStore(application, flowRules);
        this.direct = new DirectInstallation(flowRules, clock);
        this.later = later;
        this.endOfLater = endOfLater;
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
        RuleSet wanted = RuleSet.distinct(rules);
        Publication publication = publications.computeIfAbsent(Key.of(key, application), Publication::new);
        if (!publication.isMeant(wanted)) {
            publication.want(new Goal(Road.FRAMEWORK, List.of(wanted)));
        }
        advance(publication);
    }

    /**
     * Replaces what is under a key in stages, past the intent framework, for what must be quick. Each stage is a whole
     * set, which takes the place of the one before when every switch has confirmed that one; the last is what the key
     * publishes from then on. All switches of a stage are told at the same time, and nothing that they have confirmed
     * already. If one of them refuses or can't be reached, no further stage begins: the state is
     * {@link PublicationState#UNCONFIRMED} until the stage is confirmed by a {@link #retry}, or the key is used
     * otherwise.
     * <p>
     * While the framework is at work on the key, as for a while after each change, the first stage waits for it; after
     * a failure of the framework, which it repeats by itself, the first stage goes the ordinary way. If the last stage
     * is what is published already, or on its way, nothing is done.
     *
     * @param key    the key
     * @param stages the sets of rules, at least one; no two rules of a set match the same
     * @throws IllegalArgumentException if there is no stage, or if two rules of a stage match the same
     */
    public synchronized void replace(String key, List<? extends Collection<FlowRule>> stages) {
        if (stages.isEmpty()) {
            throw new IllegalArgumentException("No stage to replace what is under " + key);
        }
        List<RuleSet> sets = stages.stream().map(RuleSet::distinct).collect(Collectors.toUnmodifiableList());
        RuleSet wanted = sets.get(sets.size() - 1);
        Publication publication = publications.computeIfAbsent(Key.of(key, application), Publication::new);
        if (!publication.isMeant(wanted)) {
            publication.want(new Goal(Road.DIRECT, sets));
        }
        advance(publication);
    }

    /**
     * Returns when the switches confirmed the stages of the last {@linkplain #replace replacement} under a key.
     *
     * @param key the key
     * @return the stages that every switch has confirmed, in their order; none if the last change went through the
     *         framework
     */
    public synchronized List<ConfirmedStage> confirmedStages(String key) {
        Publication publication = publications.get(Key.of(key, application));
        return publication == null ? List.of() : List.copyOf(publication.confirmed);
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
            publication.withdraw();
            if (publication.step == Step.NONE) {
                submit(publication, RuleSet.distinct(rules), Step.INSTALLING);
            } else {
                advance(publication);
            }
        }
    }

    /**
     * Withdraws whatever is published under the keys of some kind, also what is there from before a restart, or from
     * another node of the cluster that has led before.
     *
     * @param keys tells which keys, of all that this application has; those of other publishers are among them
     */
    public synchronized void withdrawAll(Predicate<String> keys) {
        Map<String, Collection<FlowRule>> rules = new TreeMap<>();
        for (Intent intent : intents.getIntentsByAppId(application)) {
            if (intent instanceof FlowRuleIntent) {
                rules.put(intent.key().toString(), ((FlowRuleIntent) intent).flowRules());
            }
        }
        // What has just been submitted the framework does not show yet.
        publications.keySet().forEach(key -> rules.putIfAbsent(key.toString(), List.of()));
        rules.keySet().removeIf(keys.negate());
        rules.forEach(this::withdraw);
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
        Predicate<FlowRule> confirmed = publication.withdrawn ? store::isGoing
                : rule -> publication.state() == PublicationState.PUBLISHED || store.isConfirmed(rule);
        Set<String> devices = Stream.concat(
                        publication.submitted.stream().filter(confirmed.negate()),
                        publication.leftovers.stream().filter(rule -> !store.isGoing(rule)))
                .map(rule -> rule.deviceId().toString()).collect(Collectors.toCollection(TreeSet::new));
        return devices.stream().map(DeviceId::deviceId).collect(Collectors.toUnmodifiableList());
    }

    /**
     * Sends again what is published under a key, past the framework, which believes it to be there, and removes what
     * nobody has published. Nothing is done while something else is being done under the key: see afterwards whether
     * there is still something to repair.
     *
     * @param key    the key
     * @param strays rules of this application that belong under no key
     */
    public synchronized void repair(String key, Collection<FlowRule> strays) {
        Publication publication = publications.get(Key.of(key, application));
        if (publication != null && (publication.step == Step.INSTALLED || publication.step == Step.REPLACED)
                && publication.state() == PublicationState.PUBLISHED) {
            publication.leftovers = publication.leftovers.with(RuleSet.distinct(strays));
            publication.want(new Goal(Road.DIRECT, List.of(publication.submitted)));
            push(publication, publication.submitted, publication.submitted);
        }
    }

    /**
     * Removes the rules of this application that are under none of the keys of this publisher. To be called some
     * seconds after a switch has come back: the flow rule store of ONOS, up to 2.7 at least, keeps changes that reach
     * it in the milliseconds in which it takes a switch over, and makes them when it takes the switch over the next
     * time, so that rules which have been removed meanwhile come back. Not to be called while another publisher has
     * rules of the application.
     *
     * @return how many rules are removed
     */
    public synchronized int removeStrays() {
        RuleSet strays = store.difference(RuleSet.union(publications.values().stream()
                .flatMap(Publication::everything).collect(Collectors.toList()))).strays();
        direct.remove(strays);
        return strays.size();
    }

    /**
     * Sends again the sets that are published and of which the flow rule store lacks rules, which ONOS would then take
     * from the switches. To be called when {@link #removeStrays} is, and for the same reason: what the store keeps for
     * later, it does not have now.
     *
     * @return the keys of these sets
     */
    public synchronized Set<String> restoreMissing() {
        List<Publication> published = publications.values().stream()
                .filter(publication -> publication.state() == PublicationState.PUBLISHED).collect(Collectors.toList());
        RuleSet missing = store.difference(RuleSet.union(
                published.stream().map(publication -> publication.submitted).collect(Collectors.toList()))).missing();
        Set<String> incomplete = published.stream()
                .filter(publication -> publication.submitted.stream().anyMatch(missing::contains))
                .map(publication -> publication.key.toString()).collect(Collectors.toSet());
        incomplete.forEach(key -> repair(key, List.of()));
        return incomplete;
    }

    /**
     * Looks again whether the switches have confirmed what was unconfirmed. To be called from time to time while
     * something is unconfirmed.
     */
    public synchronized void verify() {
        List.copyOf(publications.values()).stream()
                .filter(publication -> publication.doubtful && !publication.withdrawn)
                .forEach(this::resolveDoubt);
    }

    /**
     * Tries again what was refused. To be called when a reason to refuse may have gone, such as a switch that is back.
     */
    public synchronized void retry() {
        for (Publication publication : List.copyOf(publications.values())) {
            if (publication.step == Step.REFUSED && !publication.withdrawn) {
                submit(publication, publication.goal.target(), Step.INSTALLING);
            } else if (publication.step == Step.WITHDRAWAL_REFUSED) {
                withdraw(publication);
            } else if (publication.step == Step.REPLACEMENT_REFUSED) {
                push(publication, publication.submitted, publication.submitted);
            }
        }
        verify();
    }

    @Override
    public synchronized void close() {
        publications.values().forEach(publication -> tellOf(publication, publication.goal));
        closed = true;
        endOfLater.run();
        intents.removeListener(listener);
    }

    /** Takes the next step from what there is to what is wanted, unless one is being taken. */
    private void advance(Publication publication) {
        if (publication.withdrawn) {
            retreat(publication);
            return;
        }
        publication.goal.reached(publication.isConfirmed() ? publication.submitted : RuleSet.EMPTY);
        RuleSet target = publication.goal.target();
        boolean isThere = target.equals(publication.submitted);
        switch (publication.step) {
            case NONE:
                if (publication.goal.road == Road.DIRECT) {
                    push(publication, target, target);
                } else {
                    claimLeftovers(publication, target, Step.INSTALLING);
                }
                break;
            case INSTALLED:
                if (!isThere && publication.goal.road == Road.DIRECT) {
                    push(publication, target, missing(publication, target));
                } else if (!isThere) {
                    submit(publication, target, Step.INSTALLING);
                }
                break;
            case REPLACED:
                if (!isThere && publication.goal.road == Road.DIRECT) {
                    push(publication, target, missing(publication, target));
                } else if (isThere && publication.isConfirmed()) {
                    Goal goal = publication.goal;
                    later.execute(() -> tellOf(publication, goal));
                } else {
                    tell(publication, target);
                }
                break;
            case REFUSED:
                if (!isThere) {
                    submit(publication, target, Step.INSTALLING);
                }
                break;
            case WITHDRAWAL_REFUSED:
                submit(publication, target, Step.INSTALLING);
                break;
            default:
                break;
        }
    }

    /** Takes the next step to nothing, unless one is being taken. */
    private void retreat(Publication publication) {
        switch (publication.step) {
            case NONE:
                if (publication.leftovers.isEmpty()) {
                    publications.remove(publication.key);
                    // Not before: a purge and a submission in the same millisecond can swallow the submission.
                    intents.purge(publication.intent);
                } else {
                    claimLeftovers(publication, RuleSet.EMPTY, Step.INSTALLING);
                }
                break;
            case INSTALLED:
            case REFUSED:
                withdraw(publication);
                break;
            case REPLACED:
                tell(publication, RuleSet.EMPTY);
                break;
            default:
                break;
        }
    }

    private void resolveDoubt(Publication publication) {
        if (publication.step != Step.INSTALLED && publication.step != Step.REPLACEMENT_REFUSED) {
            return;
        }
        publication.leftovers = publication.leftovers.without(RuleSet.of(
                publication.leftovers.stream().filter(store::isGoing).collect(Collectors.toList())));
        if (publication.leftovers.isEmpty() && publication.submitted.stream().allMatch(store::isConfirmed)) {
            publication.doubtful = false;
            publication.leaveReplacement();
            advance(publication);
        } else if (publication.step == Step.INSTALLED && (!publication.leftovers.isEmpty()
                || !publication.submitted.stream().allMatch(store::isStored))) {
            withdraw(publication);
        }
    }

    /** Returns what the switches have not confirmed of a stage: what they have, they need not be told again. */
    private static RuleSet missing(Publication publication, RuleSet stage) {
        return publication.isConfirmed() ? stage.changedFrom(publication.submitted) : stage;
    }

    /** Sends rules of a stage past the framework, and takes away what is there instead of the stage. */
    // What comes of it is taken by the last step of the chain.
    @SuppressWarnings("FutureReturnValueIgnored")
    private void push(Publication publication, RuleSet stage, RuleSet added) {
        publication.leftovers = publication.leftovers.with(publication.submitted).without(stage);
        publication.submitted = stage;
        publication.step = Step.REPLACING;
        Goal goal = publication.goal;
        direct.install(added, publication.leftovers)
                .handle((confirmed, failure) -> take(publication, goal, Optional.ofNullable(confirmed)))
                .thenAccept(changes -> changes.run())
                .exceptionally(failure -> {
                    log.error("Can't go on with the rules of {}", publication.key, failure);
                    return null;
                });
    }

    /** Tells the framework of a replacement, unless something else has become of it meanwhile. */
    private synchronized void tellOf(Publication publication, Goal replacement) {
        if (!closed && publication.step == Step.REPLACED && !publication.withdrawn && publication.goal == replacement) {
            tell(publication, publication.submitted);
        }
    }

    /** Tells the framework what has been put into the switches without it, and what is to be there instead. */
    private void tell(Publication publication, RuleSet rules) {
        boolean isThere = publication.isConfirmed() && rules.equals(publication.submitted);
        publication.leftovers = publication.leftovers.with(publication.submitted);
        claimLeftovers(publication, rules, isThere ? Step.TELLING : Step.INSTALLING);
    }

    /** Submits leftovers with the rules, so that the framework knows them and removes them in the next step. */
    private void claimLeftovers(Publication publication, RuleSet rules, Step step) {
        RuleSet all = rules.with(publication.leftovers);
        publication.leftovers = RuleSet.EMPTY;
        publication.submitted = RuleSet.EMPTY;
        submit(publication, all, step);
    }

    private void submit(Publication publication, RuleSet rules, Step step) {
        publication.leftovers = publication.leftovers.with(publication.submitted).without(rules);
        publication.step = step;
        publication.submitted = rules;
        // No resources: the framework would withdraw the rules when a link among them fails, one direction at a time.
        // Guava's empty list is one that the intent store can copy, and Java's is not.
        publication.intent = new FlowRuleIntent(application, publication.key, rules, ImmutableList.of(),
                                                PathIntent.ProtectionType.PRIMARY, null);
        intents.submit(publication.intent);
    }

    private void withdraw(Publication publication) {
        publication.step = Step.WITHDRAWING;
        intents.withdraw(publication.intent);
    }

    /** Takes what has become of a stage, and returns what is to be done about it without the lock. */
    private synchronized Runnable take(Publication publication, Goal goal, Optional<ConfirmedStage> confirmed) {
        if (closed) {
            return () -> { };
        }
        PublicationState before = publication.state();
        publication.doubtful = confirmed.isEmpty();
        if (confirmed.isPresent()) {
            publication.leftovers = RuleSet.EMPTY;
        }
        boolean isMeant = goal == publication.goal && !publication.withdrawn;
        if (isMeant) {
            confirmed.ifPresent(publication.confirmed::add);
        }
        publication.step = isMeant && confirmed.isEmpty() ? Step.REPLACEMENT_REFUSED : Step.REPLACED;
        advance(publication);
        return publication.state() == before ? () -> { }
                : () -> changed.accept(publication.key.toString());
    }

    private synchronized boolean take(IntentEvent event) {
        Publication publication = publications.get(event.subject().key());
        if (publication == null || !publication.isWithFramework()
                || !event.subject().id().equals(publication.intent.id())) {
            return false;
        }
        boolean isNews = publication.step != Step.TELLING || event.type() != IntentEvent.Type.INSTALLED;
        switch (event.type()) {
            case INSTALLED:
                if (publication.step == Step.WITHDRAWING || publication.step == Step.WITHDRAWAL_REFUSED) {
                    return false;
                }
                publication.step = Step.INSTALLED;
                if (!publication.doubtful) {
                    publication.leftovers = RuleSet.EMPTY;
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
        return isNews;
    }

    private final class OwnIntentListener implements IntentListener {

        @Override
        public boolean isRelevant(IntentEvent event) {
            return event.subject().appId().equals(application);
        }

        @Override
        public void event(IntentEvent event) {
            if (take(event)) {
                changed.accept(event.subject().key().toString());
            }
        }
    }
}
