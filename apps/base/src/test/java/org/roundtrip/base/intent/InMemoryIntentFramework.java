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

import com.google.common.collect.MoreCollectors;
import org.onosproject.core.ApplicationId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.DefaultFlowEntry;
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.FlowRuleOperation;
import org.onosproject.net.flow.FlowRuleOperations;
import org.onosproject.net.flow.FlowRuleService;
import org.onosproject.net.flow.FlowRuleServiceAdapter;
import org.onosproject.net.intent.FlowRuleIntent;
import org.onosproject.net.intent.Intent;
import org.onosproject.net.intent.IntentEvent;
import org.onosproject.net.intent.IntentListener;
import org.onosproject.net.intent.IntentServiceAdapter;
import org.onosproject.net.intent.Key;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The intent framework, the flow rule store and the switches behind them, for tests: with the behaviour of the real
 * ones that matters to those who publish rules, weaknesses included.
 */
public final class InMemoryIntentFramework extends IntentServiceAdapter {

    private static final AtomicLong INTENT_IDS = new AtomicLong();

    static {
        Intent.bindIdGenerator(INTENT_IDS::incrementAndGet);
    }

    private final List<IntentListener> listeners = new CopyOnWriteArrayList<>();
    private final Queue<Runnable> held = new ArrayDeque<>();
    private final Map<Key, Installed> current = new LinkedHashMap<>();
    private final Map<DeviceId, Map<FlowRule, DefaultFlowEntry>> store = new HashMap<>();
    private final Map<FlowRule, FlowRule> switches = new LinkedHashMap<>();
    private final Set<DeviceId> disconnected = new HashSet<>();
    private final Map<DeviceId, Queue<Runnable>> slow = new LinkedHashMap<>();
    private final List<String> history = new ArrayList<>();
    private Predicate<FlowRule> refused = rule -> false;
    private boolean holding;

    /** Makes requests wait until {@link #release}. */
    public synchronized void hold() {
        holding = true;
    }

    /** Serves the requests that wait, and those that follow at once. */
    public void release() {
        synchronized (this) {
            holding = false;
        }
        for (Runnable request = poll(); request != null; request = poll()) {
            request.run();
        }
    }

    /** Serves the oldest request that waits. */
    public void releaseOne() {
        poll().run();
    }

    private synchronized Runnable poll() {
        return held.poll();
    }

    /** Cuts a switch off; what is in it stays in it. */
    public synchronized void disconnect(DeviceId device) {
        disconnected.add(device);
    }

    /** Connects a switch again, whose rules the core then corrects. */
    public synchronized void reconnect(DeviceId device) {
        disconnected.remove(device);
        table(device).values().removeIf(entry -> entry.state() == FlowEntry.FlowEntryState.PENDING_REMOVE);
        switches.keySet().removeIf(rule -> rule.deviceId().equals(device) && !isStored(rule));
        table(device).values().stream().filter(entry -> !refused.test(entry)).forEach(entry -> {
            entry.setState(FlowEntry.FlowEntryState.ADDED);
            switches.put(entry, entry);
        });
    }

    /** Connects a switch, whose rules stay as they are for now. */
    public synchronized void adopt(DeviceId device) {
        disconnected.remove(device);
    }

    /** Makes a switch leave what comes past the framework unanswered until it is told to {@link #answer}. */
    public synchronized void slowDown(DeviceId device) {
        slow.put(device, new ArrayDeque<>());
    }

    /** Lets a slow switch take the oldest changes that wait there, and answer; fails if there are none. */
    public void answer(DeviceId device) {
        Runnable oldest;
        synchronized (this) {
            oldest = slow.get(device).remove();
        }
        oldest.run();
    }

    /** Lets a slow switch take the oldest changes that wait there, and answer, if there are any. */
    public void answerIfAsked(DeviceId device) {
        Optional<Runnable> oldest;
        synchronized (this) {
            oldest = Optional.ofNullable(slow.get(device).poll());
        }
        oldest.ifPresent(Runnable::run);
    }

    /** Makes switches refuse rules. */
    public synchronized void refuse(Predicate<FlowRule> rules) {
        refused = rules;
    }

    /** Loses all that the controller knows, as a restart does; the switches keep what they have. */
    public synchronized void forget() {
        current.clear();
        store.clear();
        held.clear();
        listeners.clear();
    }

    /** Removes the rules that are in connected switches but not in the store, as the core does after a while. */
    public synchronized void removeExtraneous() {
        switches.keySet().removeIf(rule -> !disconnected.contains(rule.deviceId()) && !isStored(rule));
    }

    /** Takes a rule out of the store and its switch, as an operator does who purges it. */
    public synchronized void purge(FlowRule rule) {
        table(rule.deviceId()).remove(rule);
        switches.remove(rule);
    }

    /** Puts a rule into the store and its switch, as an operator does by hand. */
    public synchronized void plant(FlowRule rule) {
        add(rule);
    }

    /** Tries again what has failed, as the framework does every few seconds. */
    public void cleanUp() {
        List<Runnable> again = new ArrayList<>();
        synchronized (this) {
            current.values().stream().filter(installed -> installed.corrupt).forEach(installed -> again.add(
                    installed.withdrawing ? () -> withdraw(installed.intent) : () -> submit(installed.intent)));
        }
        again.forEach(Runnable::run);
    }

    /** Lets packets be counted by a rule that is in its switch. */
    public synchronized void count(FlowRule rule, long packets) {
        table(rule.deviceId()).get(rule).setPackets(packets);
    }

    /** Returns what is in the switches. */
    public synchronized List<FlowRule> rules() {
        return List.copyOf(switches.values());
    }

    /** Returns what is in one switch. */
    public synchronized List<FlowRule> rules(DeviceId device) {
        return switches.values().stream().filter(rule -> rule.deviceId().equals(device)).collect(Collectors.toList());
    }

    /**
     * Returns what was asked for, in order: {@code submit KEY} and {@code withdraw KEY} of the framework, and
     * {@code apply DEVICE} past it.
     */
    public synchronized List<String> history() {
        return List.copyOf(history);
    }

    @Override
    public synchronized Iterable<Intent> getIntents() {
        return current.values().stream().map(installed -> installed.intent).collect(Collectors.toUnmodifiableList());
    }

    /** Returns how many intents the framework knows. */
    public synchronized int size() {
        return current.size();
    }

    /** Returns the flow rule service of the same controller. It takes changes of one switch and one stage at a time. */
    public FlowRuleService flowRules() {
        return new FlowRuleServiceAdapter() {
            @Override
            public Iterable<FlowEntry> getFlowEntries(DeviceId device) {
                synchronized (InMemoryIntentFramework.this) {
                    return List.copyOf(table(device).values());
                }
            }

            @Override
            public FlowEntry getFlowEntry(FlowRule rule) {
                synchronized (InMemoryIntentFramework.this) {
                    return table(rule.deviceId()).get(rule);
                }
            }

            @Override
            public Iterable<FlowEntry> getFlowEntriesById(ApplicationId application) {
                synchronized (InMemoryIntentFramework.this) {
                    return store.values().stream().flatMap(table -> table.values().stream())
                            .filter(entry -> entry.appId() == application.id())
                            .collect(Collectors.toUnmodifiableList());
                }
            }

            @Override
            public void removeFlowRules(FlowRule... rules) {
                synchronized (InMemoryIntentFramework.this) {
                    Stream.of(rules).forEach(InMemoryIntentFramework.this::remove);
                }
            }

            @Override
            public void apply(FlowRuleOperations operations) {
                take(operations);
            }
        };
    }

    private void take(FlowRuleOperations operations) {
        Set<FlowRuleOperation> stage = operations.stages().stream().filter(each -> !each.isEmpty())
                .collect(MoreCollectors.onlyElement());
        DeviceId device = stage.stream().map(each -> each.rule().deviceId()).distinct()
                .collect(MoreCollectors.onlyElement());
        synchronized (this) {
            history.add("apply " + device);
            if (slow.containsKey(device)) {
                slow.get(device).add(() -> carryOut(operations, stage));
                return;
            }
        }
        carryOut(operations, stage);
    }

    private void carryOut(FlowRuleOperations operations, Set<FlowRuleOperation> stage) {
        FlowRuleOperations.Builder failed = FlowRuleOperations.builder();
        boolean success = true;
        synchronized (this) {
            for (FlowRuleOperation each : stage) {
                if (!(each.type() == FlowRuleOperation.Type.REMOVE ? remove(each.rule()) : add(each.rule()))) {
                    success = false;
                    failed.add(each.rule());
                }
            }
        }
        if (success) {
            operations.callback().onSuccess(operations);
        } else {
            operations.callback().onError(failed.build());
        }
    }

    @Override
    public void addListener(IntentListener listener) {
        listeners.add(listener);
    }

    @Override
    public void removeListener(IntentListener listener) {
        listeners.remove(listener);
    }

    @Override
    public void submit(Intent intent) {
        serve("submit " + intent.key(), () -> install((FlowRuleIntent) intent));
    }

    @Override
    public void withdraw(Intent intent) {
        serve("withdraw " + intent.key(), () -> uninstall((FlowRuleIntent) intent));
    }

    @Override
    public synchronized void purge(Intent intent) {
        current.remove(intent.key());
    }

    @Override
    public synchronized Iterable<Intent> getIntentsByAppId(ApplicationId id) {
        return current.values().stream().map(installed -> (Intent) installed.intent)
                .filter(intent -> intent.appId().equals(id)).collect(Collectors.toList());
    }

    private void serve(String request, Runnable service) {
        synchronized (this) {
            history.add(request);
            if (holding) {
                held.add(service);
                return;
            }
        }
        service.run();
    }

    private void install(FlowRuleIntent intent) {
        IntentEvent.Type outcome;
        synchronized (this) {
            Collection<FlowRule> old = stored(intent.key());
            boolean success = true;
            for (FlowRule rule : intent.flowRules()) {
                // The real installer leaves alone what it believes to be there already.
                if (old.stream().noneMatch(rule::exactMatch)) {
                    success &= add(rule);
                }
            }
            for (FlowRule rule : old) {
                if (!intent.flowRules().contains(rule)) {
                    success &= remove(rule);
                }
            }
            current.put(intent.key(), new Installed(intent, intent.flowRules(), !success, false));
            outcome = success ? IntentEvent.Type.INSTALLED : IntentEvent.Type.CORRUPT;
        }
        post(outcome, intent);
    }

    private void uninstall(FlowRuleIntent intent) {
        IntentEvent.Type outcome;
        synchronized (this) {
            boolean success = true;
            for (FlowRule rule : stored(intent.key())) {
                success &= remove(rule);
            }
            Collection<FlowRule> left = success || !current.containsKey(intent.key())
                    ? List.of() : current.get(intent.key()).rules;
            current.put(intent.key(), new Installed(intent, left, !success, true));
            outcome = success ? IntentEvent.Type.WITHDRAWN : IntentEvent.Type.CORRUPT;
        }
        post(outcome, intent);
    }

    private Collection<FlowRule> stored(Key key) {
        return current.containsKey(key) ? current.get(key).rules.stream().filter(this::isStored)
                .collect(Collectors.toList()) : List.of();
    }

    private Map<FlowRule, DefaultFlowEntry> table(DeviceId device) {
        return store.computeIfAbsent(device, absent -> new LinkedHashMap<>());
    }

    private boolean isStored(FlowRule rule) {
        return table(rule.deviceId()).containsKey(rule);
    }

    private boolean add(FlowRule rule) {
        if (disconnected.contains(rule.deviceId())) {
            return false;
        }
        DefaultFlowEntry entry = new DefaultFlowEntry(rule, FlowEntry.FlowEntryState.PENDING_ADD);
        table(rule.deviceId()).remove(rule);
        table(rule.deviceId()).put(rule, entry);
        if (refused.test(rule)) {
            return false;
        }
        switches.remove(rule);
        switches.put(rule, rule);
        entry.setState(FlowEntry.FlowEntryState.ADDED);
        return true;
    }

    private boolean remove(FlowRule rule) {
        if (disconnected.contains(rule.deviceId())) {
            return false;
        }
        table(rule.deviceId()).remove(rule);
        switches.remove(rule);
        return true;
    }

    private void post(IntentEvent.Type type, Intent intent) {
        IntentEvent event = new IntentEvent(type, intent);
        listeners.stream().filter(listener -> listener.isRelevant(event)).forEach(listener -> listener.event(event));
    }

    private static final class Installed {

        private final FlowRuleIntent intent;
        private final Collection<FlowRule> rules;
        private final boolean corrupt;
        private final boolean withdrawing;

        private Installed(FlowRuleIntent intent, Collection<FlowRule> rules, boolean corrupt, boolean withdrawing) {
            this.intent = intent;
            this.rules = rules;
            this.corrupt = corrupt;
            this.withdrawing = withdrawing;
        }
    }
}
