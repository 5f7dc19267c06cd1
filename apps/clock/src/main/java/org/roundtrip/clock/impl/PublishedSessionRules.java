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
package org.roundtrip.clock.impl;

import org.onosproject.core.ApplicationId;
import org.onosproject.core.CoreService;
import org.onosproject.net.DeviceId;
import org.onosproject.net.device.DeviceListener;
import org.onosproject.net.device.DeviceService;
import org.onosproject.net.driver.DriverService;
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.FlowRuleService;
import org.onosproject.net.flow.instructions.ExtensionTreatment;
import org.onosproject.net.intent.IntentService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.roundtrip.base.intent.PublicationState;
import org.roundtrip.base.intent.RulePublisher;
import org.roundtrip.base.reconcile.ReconcileLoop;
import org.roundtrip.clock.compute.ClockSessionRecord;
import org.roundtrip.clock.compute.GuardRules;
import org.roundtrip.clock.compute.MulticastCopy;
import org.roundtrip.clock.compute.ReplicationRules;
import org.roundtrip.clock.compute.SharedSets;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Publishes the rules of sessions as intents, each set under its own key, so that a change touches only the sets that
 * are different. Thread-safe.
 */
@Component(immediate = true, service = SessionRules.class)
public class PublishedSessionRules implements SessionRules {

    private static final String APPLICATION = "org.roundtrip.clock";
    private static final Set<String> PREFIXES = Set.of("guard/", "replication/");
    /** A switch that refuses may take the rules when anything changes there, which no event tells. */
    private static final Duration RETRY = Duration.ofSeconds(5);
    /** For so long after a start, rules of other runs stay in switches that have not connected yet. */
    private static final Duration ADOPTION = Duration.ofSeconds(60);

    @Reference
    CoreService coreService;
    @Reference
    IntentService intentService;
    @Reference
    FlowRuleService flowRuleService;
    @Reference
    DriverService driverService;
    @Reference
    DeviceService deviceService;

    private final Duration retry;
    private final Duration adoption;
    private final long begun = System.nanoTime();
    private final DeviceListener deviceListener = event -> lookAgain();
    /** Guarded by this, as what follows. */
    private final SharedSets<FlowRule> guards = new SharedSets<>();
    private final SharedSets<MulticastCopy> copies = new SharedSets<>();
    /** What could not be published, and why. */
    private final Map<String, String> unpublished = new HashMap<>();
    private final Set<String> unconfirmed = new TreeSet<>();

    private volatile Consumer<String> watcher = session -> { };
    private ApplicationId application;
    private GuardRules guardRules;
    private ReplicationRules replicationRules;
    private DriverResubmit resubmit;
    private RulePublisher publisher;
    private ReconcileLoop retries;

    /**
     * Creates the publisher for the controller.
     */
    public PublishedSessionRules() {
        this(RETRY, ADOPTION);
    }

    PublishedSessionRules(Duration retry, Duration adoption) {
        this.retry = retry;
        this.adoption = adoption;
    }

    @Activate
    void activate() {
        application = coreService.registerApplication(APPLICATION);
        guardRules = new GuardRules(application);
        replicationRules = new ReplicationRules(application);
        resubmit = new DriverResubmit(driverService);
        retries = new ReconcileLoop("roundtrip/clock-rules", this::retry);
        publisher = new RulePublisher(application, intentService, flowRuleService, this::take);
        deviceService.addListener(deviceListener);
    }

    @Deactivate
    void deactivate() {
        deviceService.removeListener(deviceListener);
        publisher.close();
        retries.close();
    }

    @Override
    public void watch(Consumer<String> changed) {
        watcher = changed;
    }

    @Override
    public boolean canCopy(DeviceId device) {
        return resubmit.of(device).isPresent();
    }

    @Override
    public synchronized void publish(Map<String, ClockSessionRecord> sessions, Set<String> changed) {
        boolean isWhole = changed.containsAll(sessions.keySet());
        Set<String> names = new TreeSet<>(changed);
        if (isWhole) {
            names.addAll(guards.sessions());
            names.addAll(copies.sessions());
        }
        Set<String> keys = new TreeSet<>();
        for (String name : names) {
            Optional<ClockSessionRecord> session = Optional.ofNullable(sessions.get(name));
            keys.addAll(guards.put(name, session.map(guardRules::of).orElse(Map.of())));
            keys.addAll(copies.put(name, session.map(ReplicationRules::copies).orElse(Map.of())));
        }
        keys.forEach(this::publish);
        if (isWhole) {
            // What is no longer needed when another node has led, or this one has died in between.
            publisher.withdrawAll(key -> PREFIXES.stream().anyMatch(key::startsWith)
                    && !guards.contains(key) && !copies.contains(key));
        }
    }

    private void publish(String key) {
        unpublished.remove(key);
        Optional<DeviceId> absent = devices(key).filter(device -> !mayTakeRules(device)).findFirst();
        if (absent.isPresent()) {
            unpublished.put(key, "switch " + absent.get() + " has not connected since the start");
            retries.triggerAfter(retry);
        } else if (guards.contains(key)) {
            publisher.publish(key, guards.get(key));
        } else if (copies.contains(key)) {
            publishCopies(key, copies.get(key));
        } else {
            unconfirmed.remove(key);
            publisher.withdraw(key, List.of());
        }
    }

    private Stream<DeviceId> devices(String key) {
        return guards.contains(key) ? guards.get(key).stream().map(FlowRule::deviceId)
                : copies.contains(key) ? copies.get(key).stream().map(copy -> copy.port().deviceId()) : Stream.empty();
    }

    /** What is sent after a start, before those that provide rules to switches are there, would be lost for ever. */
    private boolean mayTakeRules(DeviceId device) {
        return deviceService.isAvailable(device) || System.nanoTime() - begun > adoption.toNanos();
    }

    private synchronized void lookAgain() {
        if (!unpublished.isEmpty()) {
            retries.trigger();
        }
    }

    private void publishCopies(String key, Set<MulticastCopy> taken) {
        DeviceId device = taken.iterator().next().port().deviceId();
        Optional<ExtensionTreatment> action = resubmit.of(device);
        if (action.isPresent()) {
            publisher.publish(key, replicationRules.compile(taken, action.get()));
        } else {
            unpublished.put(key, "the driver of switch " + device + " has no resubmit action (Nicira resubmit-table): "
                    + "multicast can't be copied to its sessions there");
            retries.triggerAfter(retry);
        }
    }

    private void retry() {
        Set<String> doubtful;
        synchronized (this) {
            doubtful = new TreeSet<>(unpublished.keySet());
            doubtful.forEach(this::publish);
            doubtful.addAll(unconfirmed);
        }
        publisher.retry();
        // What the publisher itself finds to be confirmed, no event tells.
        doubtful.forEach(this::take);
    }

    /** Takes note that something has become of a set. On an ONOS event thread, or on that of retries. */
    private void take(String key) {
        Set<String> affected;
        synchronized (this) {
            if (isInTrouble(publisher.state(key))) {
                unconfirmed.add(key);
            } else {
                unconfirmed.remove(key);
            }
            if (!unconfirmed.isEmpty() || !unpublished.isEmpty()) {
                retries.triggerAfter(retry);
            }
            affected = Stream.concat(guards.sessions(key).stream(), copies.sessions(key).stream())
                    .collect(Collectors.toSet());
        }
        affected.forEach(watcher);
    }

    private static boolean isInTrouble(PublicationState state) {
        return state == PublicationState.UNCONFIRMED || state == PublicationState.WITHDRAWAL_UNCONFIRMED;
    }

    @Override
    public synchronized Optional<String> defect(String session) {
        Set<String> keys = new TreeSet<>(guards.part(session).keySet());
        keys.addAll(copies.part(session).keySet());
        return keys.stream().flatMap(key -> Optional.ofNullable(unpublished.get(key)).stream()).findFirst()
                .or(() -> keys.stream().filter(unconfirmed::contains).findFirst().map(this::unconfirmed));
    }

    private String unconfirmed(String key) {
        return "the rules that " + (guards.contains(key) ? "keep PTP of the pair out of other ways"
                : "copy multicast to its sessions") + " are not confirmed by "
                + publisher.unconfirmed(key).stream().map(DeviceId::toString).collect(Collectors.joining(", "));
    }

    @Override
    public long droppedPackets(String session) {
        List<FlowRule> rules;
        synchronized (this) {
            rules = guards.part(session).values().stream().flatMap(Set::stream).collect(Collectors.toList());
        }
        return rules.stream().map(flowRuleService::getFlowEntry).filter(Objects::nonNull)
                .mapToLong(FlowEntry::packets).sum();
    }
}
