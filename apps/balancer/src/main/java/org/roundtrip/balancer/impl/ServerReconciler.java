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
package org.roundtrip.balancer.impl;

import org.onlab.packet.IpAddress;
import org.onosproject.net.DeviceId;
import org.roundtrip.balancer.MemberId;
import org.roundtrip.balancer.VirtualServer;
import org.roundtrip.balancer.VirtualServerRequest;
import org.roundtrip.balancer.compute.MemberSighting;
import org.roundtrip.balancer.compute.NetworkView;
import org.roundtrip.balancer.compute.RuleKey;
import org.roundtrip.balancer.compute.ServerObservation;
import org.roundtrip.balancer.compute.ServerPlan;
import org.roundtrip.balancer.compute.ServerStatus;
import org.roundtrip.balancer.compute.VipPlan;
import org.roundtrip.balancer.compute.VirtualServerRecord;
import org.roundtrip.base.time.ClockSteps;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Looks at the virtual servers to which something has happened; has them kept and their rules sent, if this node leads;
 * and tells how they fare. At all of them only when this node begins, begins to lead, or has failed, and when the
 * network changes.
 * <p>
 * Only for the thread of the loop, unless said otherwise.
 */
final class ServerReconciler implements PublishedPlans {

    /** How many looks what users see may wait while something always happens. */
    private static final int MOST_LOOKS_UNSEEN = 10;

    private final ServerLedger ledger;
    private final ServerKeeper keeper;
    private final NetworkLookup lookup;
    private final MemberDetection detection;
    private final ServerRules rules;
    private final PendingWork pending;
    private final PublishedServers published;
    private final Clock clock;
    private final ClockSteps steps;
    private final AccessReadiness readiness = new AccessReadiness();
    private final Map<IpAddress, VipPlan> plans = new TreeMap<>();
    /** What is to be shown as it is now. */
    private final Set<String> unseen = new TreeSet<>();
    private int looksUnseen;
    /** When virtual servers change by themselves. */
    private final Map<String, Instant> nextChanges = new TreeMap<>();
    private boolean leads;
    /** Whether what is in memory can't be relied upon. */
    private boolean isLost = true;
    /** Whether there may be rules of virtual servers that were gone before this node knew of any. */
    private boolean hasStrays = true;
    private volatile NetworkView network = NetworkView.builder().build();
    private volatile List<VipPlan> publishedPlans = List.of();

    ServerReconciler(ServerLedger ledger, ServerKeeper keeper, NetworkLookup lookup, MemberDetection detection,
                     ServerRules rules, PendingWork pending, PublishedServers published, Clock clock,
                     LongSupplier elapsed) {
        this.ledger = ledger;
        this.keeper = keeper;
        this.lookup = lookup;
        this.detection = detection;
        this.rules = rules;
        this.pending = pending;
        this.published = published;
        this.clock = clock;
        this.steps = new ClockSteps(clock, elapsed);
    }

    @Override
    public List<VipPlan> vips() {
        return publishedPlans;
    }

    @Override
    public NetworkView network() {
        return network;
    }

    /**
     * Reads everything if this node can't rely on what it knows, or only knows what it has heard and begins to lead.
     *
     * @param isLeader whether this node leads
     */
    void takeOver(boolean isLeader) {
        if (isLost || isLeader && !leads) {
            isLost = true;
            ledger.load();
            hasStrays = true;
            if (isLeader) {
                boundTimes();
            }
            pending.touchNetwork();
            ledger.names().forEach(pending::touchServer);
            published.names().forEach(pending::touchServer);
            isLost = false;
        }
        leads = isLeader;
    }

    /** The clock may have been set back while nobody looked: nothing takes longer than was asked for. */
    private void boundTimes() {
        Instant now = clock.instant();
        List.copyOf(ledger.all()).forEach(record -> put(record, record.begunBy(now)));
    }

    private void put(VirtualServerRecord before, VirtualServerRecord after) {
        if (!after.equals(before)) {
            ledger.put(after);
            pending.touchServer(after.request().name());
        }
    }

    /**
     * Looks at what something has happened to.
     *
     * @return after which time to do so again, if not only on the next event
     */
    Optional<Duration> reconcile() {
        try {
            refresh();
            followClock();
            Set<IpAddress> vips = new TreeSet<>();
            followNetwork(vips);
            work(vips);
        } catch (RuntimeException e) {
            isLost = true;
            throw e;
        }
        if (!leads) {
            // Who leads writes it down, which is heard of.
            return Optional.empty();
        }
        return nextChanges.values().stream().min(Instant::compareTo).map(change -> {
            Duration left = Duration.between(clock.instant(), change);
            // Not to be early by a fraction of what timers can tell apart.
            return left.isNegative() ? Duration.ZERO : left.plusMillis(1);
        });
    }

    /** What the leader has written itself it knows, and has looked at. */
    private void refresh() {
        Set<String> written = pending.takeRecords();
        if (!leads) {
            written.forEach(ledger::refresh);
            written.forEach(pending::touchServer);
        }
    }

    private void followClock() {
        Duration step = steps.sinceLastLook();
        if (!step.isZero() && leads) {
            List.copyOf(ledger.all()).forEach(record -> put(record, record.shifted(step)));
        }
        Instant now = clock.instant();
        nextChanges.forEach((server, change) -> {
            if (!change.isAfter(now)) {
                pending.touchServer(server);
            }
        });
    }

    /** All virtual IP addresses depend on the links, and the virtual servers on some of the switches. */
    private void followNetwork(Set<IpAddress> vips) {
        if (!pending.takeNetwork()) {
            return;
        }
        NetworkView before = network;
        NetworkView now = lookup.view();
        if (now.equals(before)) {
            return;
        }
        network = now;
        rules.follow(now);
        Stream.concat(before.switches().keySet().stream(), now.switches().keySet().stream())
                .filter(device -> !Optional.ofNullable(before.switches().get(device))
                        .equals(Optional.ofNullable(now.switches().get(device))))
                .forEach(pending::touchDependents);
        vips.addAll(plans.keySet());
    }

    private void work(Set<IpAddress> vips) {
        Set<String> names = new TreeSet<>(pending.takeServers());
        pending.takeKeys().forEach(key -> names.addAll(ledger.dependents(key)));
        if (leads) {
            names.forEach(name -> ledger.get(name).ifPresent(keeper::follow));
        }
        pending.takeRules().forEach(key -> names.addAll(servers(key)));
        names.forEach(name -> detection.keep(name, ledger.get(name)));
        names.forEach(this::rememberNextChange);
        names.forEach(name -> vip(name).ifPresent(vips::add));
        vips.forEach(vip -> names.addAll(plan(vip)));
        publishedPlans = List.copyOf(plans.values());
        if (leads) {
            keepRules(names, vips);
        }
        unseen.addAll(names);
        showAll();
    }

    /** What users see can wait until the rules are on their way: what is pending begins another look. */
    private void showAll() {
        looksUnseen++;
        if (pending.isEmpty() || looksUnseen >= MOST_LOOKS_UNSEEN) {
            unseen.forEach(this::show);
            unseen.clear();
            looksUnseen = 0;
        }
    }

    private Set<String> servers(String key) {
        return RuleKey.server(key).map(Set::of).orElseGet(() -> ledger.dependents(
                RuleKey.vip(key).<Object>map(IpAddress::valueOf).orElseGet(() -> RuleKey.device(key))));
    }

    /** Also the address of a virtual server that is gone. */
    private Optional<IpAddress> vip(String name) {
        return ledger.get(name).map(VirtualServerRecord::request)
                .or(() -> published.get(name).map(VirtualServer::request)).map(VirtualServerRequest::vip);
    }

    private void rememberNextChange(String name) {
        ledger.get(name).flatMap(record -> record.nextChange(clock.instant())).ifPresentOrElse(
                change -> nextChanges.put(name, change), () -> nextChanges.remove(name));
    }

    /**
     * Plans a virtual IP address.
     *
     * @param vip the address
     * @return the names of all its virtual servers if others of its access switches take requests than before
     */
    private Set<String> plan(IpAddress vip) {
        List<VirtualServerRecord> servers = servers(vip);
        if (servers.isEmpty()) {
            plans.remove(vip);
            readiness.forget(vip);
            return Set.of();
        }
        List<ServerPlan> serverPlans = servers.stream().map(VirtualServerRecord::plan).collect(Collectors.toList());
        Set<DeviceId> ready = readiness.look(
                vip, servers.get(0).request().accessSwitches(), network,
                device -> !leads || serverPlans.stream().allMatch(plan -> rules.isConfirmed(plan, device)));
        VipPlan before = plans.put(vip, VipPlan.builder().servers(serverPlans).readyAccessSwitches(ready).build());
        return before != null && before.readyAccessSwitches().equals(ready) ? Set.of()
                : servers.stream().map(server -> server.request().name()).collect(Collectors.toSet());
    }

    private List<VirtualServerRecord> servers(IpAddress vip) {
        return ledger.dependents(vip).stream().sorted().flatMap(name -> ledger.get(name).stream())
                .filter(record -> record.request().vip().equals(vip) && !record.removing())
                .collect(Collectors.toList());
    }

    private void keepRules(Set<String> names, Set<IpAddress> vips) {
        rules.keepSwitches(plans.values());
        names.forEach(name -> ledger.get(name).filter(record -> !record.removing()).ifPresentOrElse(
                record -> rules.keep(record.plan()), () -> rules.withdraw(name)));
        vips.forEach(vip -> Optional.ofNullable(plans.get(vip)).ifPresentOrElse(
                rules::keep, () -> rules.withdraw(vip)));
        if (hasStrays) {
            rules.withdrawStrays(ledger.names(), plans.keySet());
            hasStrays = false;
        }
        names.forEach(name -> ledger.get(name).filter(VirtualServerRecord::removing).ifPresent(this::finishRemoval));
    }

    private void finishRemoval(VirtualServerRecord record) {
        IpAddress vip = record.request().vip();
        if (rules.isGone(record.request().name()) && (plans.containsKey(vip) || rules.isGone(vip))) {
            ledger.remove(record.request().name());
        }
    }

    /** Has users see a virtual server as it is now. */
    void show(String name) {
        Optional<VirtualServerRecord> record = ledger.get(name);
        if (record.isEmpty()) {
            published.remove(name);
            return;
        }
        Instant now = clock.instant();
        SortedMap<MemberId, MemberSighting> sightings = keeper.sightings(record.get());
        VirtualServerRequest request = record.get().request();
        ServerObservation seen = ServerObservation.builder().server(record.get()).sightings(sightings)
                .choice(keeper.choice(record.get(), sightings))
                .accessSwitches(request.accessSwitches().stream().sorted(Comparator.comparing(DeviceId::toString))
                                        .map(device -> readiness.status(request.vip(), device, network, now))
                                        .collect(Collectors.toList()))
                .defects(rules.unconfirmed(name).stream().map(device -> "the switch " + device
                        + " has not confirmed rules, which will be tried again").collect(Collectors.toList()))
                .build();
        published.put(ServerStatus.of(seen, published.get(name), now));
    }
}
