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

import org.onosproject.core.ApplicationId;
import org.onosproject.net.device.DeviceService;
import org.onosproject.net.flow.FlowRuleService;
import org.onosproject.net.intent.IntentService;
import org.onosproject.net.link.LinkService;
import org.roundtrip.base.intent.RulePublisher;
import org.roundtrip.tepath.compute.TeTopology;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * What the node that leads does and no other: it begins with the leadership and ends with it.
 * <p>
 * Only for the thread of the reconcile loop, except that it may be closed after that has ended.
 */
final class LeaderDuties implements AutoCloseable {

    private final RulePublisher publisher;
    private final SwitchoverTable switchovers;
    private final QuiesceTimers timers;
    private final FailureWatch watch;
    private final PathReconciler reconciler;
    private final Set<String> touched = ConcurrentHashMap.newKeySet();
    private final Runnable trigger;
    private final Duration reoptimisationPeriod;
    private final Clock clock;
    /** Empty if nothing is re-optimised unasked. */
    private Optional<Instant> reoptimisation;

    /**
     * Takes over.
     *
     * @param store                the records of all paths, up to date
     * @param application          whose rules they are
     * @param intents              brings rules into the switches
     * @param flowRules            tells what switches have confirmed, and takes what can't wait
     * @param devices              tells of ports
     * @param links                tells of links
     * @param topology             the network
     * @param settlingTime         how long the network may take to come up before what is missing counts as lost
     * @param awayTolerance        how long a switch may be away before paths go elsewhere
     * @param reoptimisationPeriod after which time all paths go to better ways, again and again; zero for never
     * @param clock                the time
     * @param trigger              called when the loop should run, on any thread: must not block
     */
    LeaderDuties(PathStore store, ApplicationId application, IntentService intents, FlowRuleService flowRules,
                 DeviceService devices, LinkService links, TeTopology topology, Duration settlingTime,
                 Duration awayTolerance, Duration reoptimisationPeriod, Clock clock, Runnable trigger) {
        this.trigger = trigger;
        this.reoptimisationPeriod = reoptimisationPeriod;
        this.clock = clock;
        reoptimisation = nextReoptimisation();
        publisher = new RulePublisher(application, intents, flowRules, key -> touch(PathRules.nameOf(key)));
        switchovers = new SwitchoverTable(publisher, this::touch);
        timers = new QuiesceTimers(this::touch);
        reconciler = new PathReconciler(new PathLedger(store), publisher, switchovers, timers,
                                        new PathRules(application), topology, settlingTime, awayTolerance, clock);
        watch = new FailureWatch(devices, links, switchovers);
    }

    /** Takes note of another state of the network. */
    void observe(TeTopology topology) {
        // What was refused may be taken now.
        publisher.retry();
        reconciler.observe(topology);
    }

    /** Takes every path that something has happened to one step further, and returns when to do so again. */
    Optional<Instant> reconcile() {
        for (Iterator<String> names = touched.iterator(); names.hasNext();) {
            String name = names.next();
            // First: what happens to it from now on makes another run.
            names.remove();
            reconciler.touch(name);
        }
        if (reoptimisation.filter(due -> !clock.instant().isBefore(due)).isPresent()) {
            reconciler.reoptimiseAll();
            reoptimisation = nextReoptimisation();
        }
        return Stream.concat(reconciler.reconcile().stream(), reoptimisation.stream()).min(Instant::compareTo);
    }

    private Optional<Instant> nextReoptimisation() {
        return reoptimisationPeriod.isZero() ? Optional.empty()
                : Optional.of(clock.instant().plus(reoptimisationPeriod));
    }

    PathReconciler reconciler() {
        return reconciler;
    }

    private void touch(String path) {
        touched.add(path);
        trigger.run();
    }

    @Override
    public void close() {
        watch.close();
        switchovers.close();
        timers.close();
        publisher.close();
    }
}
