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

import org.onlab.util.Tools;
import org.onosproject.cfg.ComponentConfigService;
import org.onosproject.cluster.ClusterService;
import org.onosproject.cluster.LeadershipService;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.CoreService;
import org.onosproject.event.EventDeliveryService;
import org.onosproject.event.ListenerRegistry;
import org.onosproject.net.DeviceId;
import org.onosproject.net.config.NetworkConfigRegistry;
import org.onosproject.net.device.DeviceService;
import org.onosproject.net.flow.FlowRuleService;
import org.onosproject.net.intent.IntentService;
import org.onosproject.net.link.LinkService;
import org.onosproject.store.service.StorageException;
import org.onosproject.store.service.StorageService;
import org.osgi.service.component.ComponentContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.roundtrip.base.NotFoundException;
import org.roundtrip.base.UnavailableException;
import org.roundtrip.base.cluster.Leader;
import org.roundtrip.base.flow.FlowTableReader;
import org.roundtrip.base.reconcile.ReconcileLoop;
import org.roundtrip.tepath.PathAudit;
import org.roundtrip.tepath.PathChange;
import org.roundtrip.tepath.PathExplanation;
import org.roundtrip.tepath.PathStatistics;
import org.roundtrip.tepath.TeCapability;
import org.roundtrip.tepath.TeLink;
import org.roundtrip.tepath.TePath;
import org.roundtrip.tepath.TePathEvent;
import org.roundtrip.tepath.TePathListener;
import org.roundtrip.tepath.TePathRequest;
import org.roundtrip.tepath.TePathService;
import org.roundtrip.tepath.TePathState;
import org.roundtrip.tepath.compute.FlapDamping;
import org.roundtrip.tepath.compute.LinkInventory;
import org.roundtrip.tepath.compute.Reservations;
import org.roundtrip.tepath.compute.RuleCompiler;
import org.roundtrip.tepath.compute.TeNode;
import org.roundtrip.tepath.compute.audit.AuditFindings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Collectors;

import static org.roundtrip.tepath.impl.OsgiPropertyConstants.AUDIT_PERIOD;
import static org.roundtrip.tepath.impl.OsgiPropertyConstants.AUDIT_PERIOD_DEFAULT;
import static org.roundtrip.tepath.impl.OsgiPropertyConstants.AWAY_TOLERANCE;
import static org.roundtrip.tepath.impl.OsgiPropertyConstants.AWAY_TOLERANCE_DEFAULT;
import static org.roundtrip.tepath.impl.OsgiPropertyConstants.DAMPING_HALF_LIFE;
import static org.roundtrip.tepath.impl.OsgiPropertyConstants.DAMPING_HALF_LIFE_DEFAULT;
import static org.roundtrip.tepath.impl.OsgiPropertyConstants.DAMPING_LONGEST;
import static org.roundtrip.tepath.impl.OsgiPropertyConstants.DAMPING_LONGEST_DEFAULT;
import static org.roundtrip.tepath.impl.OsgiPropertyConstants.DAMPING_REUSE_THRESHOLD;
import static org.roundtrip.tepath.impl.OsgiPropertyConstants.DAMPING_REUSE_THRESHOLD_DEFAULT;
import static org.roundtrip.tepath.impl.OsgiPropertyConstants.DAMPING_SUPPRESS_THRESHOLD;
import static org.roundtrip.tepath.impl.OsgiPropertyConstants.DAMPING_SUPPRESS_THRESHOLD_DEFAULT;
import static org.roundtrip.tepath.impl.OsgiPropertyConstants.REOPTIMISATION_PERIOD;
import static org.roundtrip.tepath.impl.OsgiPropertyConstants.REOPTIMISATION_PERIOD_DEFAULT;
import static org.roundtrip.tepath.impl.OsgiPropertyConstants.SETTLING_TIME;
import static org.roundtrip.tepath.impl.OsgiPropertyConstants.SETTLING_TIME_DEFAULT;

/**
 * The path service of one controller node: it wires {@link PathReconciler} to ONOS. One node of the cluster leads, and
 * works; the others show what it does.
 */
@Component(
        immediate = true,
        service = TePathService.class,
        property = {
            SETTLING_TIME + ":Integer=" + SETTLING_TIME_DEFAULT,
            AWAY_TOLERANCE + ":Integer=" + AWAY_TOLERANCE_DEFAULT,
            AUDIT_PERIOD + ":Integer=" + AUDIT_PERIOD_DEFAULT,
            REOPTIMISATION_PERIOD + ":Integer=" + REOPTIMISATION_PERIOD_DEFAULT,
            DAMPING_HALF_LIFE + ":Integer=" + DAMPING_HALF_LIFE_DEFAULT,
            DAMPING_SUPPRESS_THRESHOLD + ":Integer=" + DAMPING_SUPPRESS_THRESHOLD_DEFAULT,
            DAMPING_REUSE_THRESHOLD + ":Integer=" + DAMPING_REUSE_THRESHOLD_DEFAULT,
            DAMPING_LONGEST + ":Integer=" + DAMPING_LONGEST_DEFAULT
        })
public class TePathManager implements TePathService {

    private static final Logger log = LoggerFactory.getLogger(TePathManager.class);
    private static final String APPLICATION = "org.roundtrip.tepath";

    @Reference
    protected CoreService coreService;

    @Reference
    protected ClusterService clusterService;

    @Reference
    protected LeadershipService leadershipService;

    @Reference
    protected StorageService storageService;

    @Reference
    protected DeviceService deviceService;

    @Reference
    protected LinkService linkService;

    @Reference
    protected IntentService intentService;

    @Reference
    protected FlowRuleService flowRuleService;

    @Reference
    protected NetworkConfigRegistry networkConfigRegistry;

    @Reference
    protected EventDeliveryService eventDeliveryService;

    @Reference
    protected ComponentConfigService componentConfigService;

    /** A stock ONOS has none. */
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    protected volatile FlowTableReader tableReader;

    /** How long, in seconds, switches and links may take to appear after a start before what is missing is lost. */
    private int settlingTime = SETTLING_TIME_DEFAULT;

    /** How long, in seconds, a switch on the way may be away from the controller before paths go elsewhere. */
    private int awayTolerance = AWAY_TOLERANCE_DEFAULT;

    /** Within how many seconds each path is held against the tables of the switches once; 0 for never. */
    private int auditPeriod = AUDIT_PERIOD_DEFAULT;

    /** After how many seconds, again and again, all paths go to better ways if there are any; 0 for never. */
    private int reoptimisationPeriod = REOPTIMISATION_PERIOD_DEFAULT;

    /** The time, in seconds, in which half of the failures of a link are forgotten; 0 switches damping off. */
    private int dampingHalfLife = DAMPING_HALF_LIFE_DEFAULT;

    /** From how many failures on, in thousandths, a link is unsteady. */
    private int dampingSuppressThreshold = DAMPING_SUPPRESS_THRESHOLD_DEFAULT;

    /** Down to how many failures, in thousandths, an unsteady link must have decayed to be steady again. */
    private int dampingReuseThreshold = DAMPING_REUSE_THRESHOLD_DEFAULT;

    /** How long, in seconds, a link is unsteady at most after its last failure. */
    private int dampingLongest = DAMPING_LONGEST_DEFAULT;

    private volatile FlapDamping damping = FlapDamping.STANDARD;

    private final Clock clock = Clock.systemUTC();
    private final ListenerRegistry<TePathEvent, TePathListener> listeners = new ListenerRegistry<>();
    private ApplicationId application;
    private PathStore store;
    private PathStatisticsReader statistics;
    private volatile PathAudits audits;
    private TopologyObserver observer;
    private Leader leader;
    private volatile ReconcileLoop loop;

    /** These belong to the thread of the loop. */
    private Optional<LeaderDuties> duties = Optional.empty();
    private long topologyVersion = -1;
    private Instant wakeUp = Instant.MIN;

    @Activate
    void activate(ComponentContext context) {
        application = coreService.registerApplication(APPLICATION);
        componentConfigService.registerProperties(getClass());
        modified(context);
        eventDeliveryService.addSink(TePathEvent.class, listeners);
        store = new PathStore(storageService, application, this::post);
        statistics = new PathStatisticsReader(new RuleCompiler(application), flowRuleService);
        observer = new TopologyObserver(deviceService, linkService, networkConfigRegistry, () -> damping, clock,
                                        this::trigger);
        leader = new Leader(leadershipService, clusterService.getLocalNode().id(), this::trigger);
        loop = new ReconcileLoop("roundtrip/tepath", this::reconcile);
        audits = new PathAudits(new PathAuditor(application, flowRuleService, () -> Optional.ofNullable(tableReader),
                                                clock), new LedPaths(), Duration.ofSeconds(auditPeriod), clock);
        leader.run();
        loop.trigger();
        log.info("Started");
    }

    @Deactivate
    void deactivate() {
        audits.close();
        // Before all else: what disappears now must not look as if the network had lost it.
        loop.close();
        leader.close();
        observer.close();
        duties.ifPresent(LeaderDuties::close);
        store.close();
        eventDeliveryService.removeSink(TePathEvent.class);
        componentConfigService.unregisterProperties(getClass(), false);
        log.info("Stopped");
    }

    @Modified
    void modified(ComponentContext context) {
        settlingTime = number(context, SETTLING_TIME, SETTLING_TIME_DEFAULT);
        awayTolerance = number(context, AWAY_TOLERANCE, AWAY_TOLERANCE_DEFAULT);
        auditPeriod = number(context, AUDIT_PERIOD, AUDIT_PERIOD_DEFAULT);
        reoptimisationPeriod = number(context, REOPTIMISATION_PERIOD, REOPTIMISATION_PERIOD_DEFAULT);
        dampingHalfLife = number(context, DAMPING_HALF_LIFE, DAMPING_HALF_LIFE_DEFAULT);
        dampingSuppressThreshold = number(context, DAMPING_SUPPRESS_THRESHOLD, DAMPING_SUPPRESS_THRESHOLD_DEFAULT);
        dampingReuseThreshold = number(context, DAMPING_REUSE_THRESHOLD, DAMPING_REUSE_THRESHOLD_DEFAULT);
        dampingLongest = number(context, DAMPING_LONGEST, DAMPING_LONGEST_DEFAULT);
        damping = damping();
        trigger();
    }

    /** Tells listeners, and has looked at what has just been brought into the switches. */
    private void post(TePathEvent event) {
        eventDeliveryService.post(event);
        PathAudits current = audits;
        if (current != null && event.type() == TePathEvent.Type.CHANGED
                && event.subject().status().state() == TePathState.UP) {
            current.hasten(event.subject().request().name());
        }
    }

    private FlapDamping damping() {
        try {
            return FlapDamping.builder().halfLife(Duration.ofSeconds(dampingHalfLife))
                    .suppressThreshold(dampingSuppressThreshold).reuseThreshold(dampingReuseThreshold)
                    .longestSuppression(Duration.ofSeconds(dampingLongest)).build();
        } catch (IllegalArgumentException e) {
            log.warn("Flap damping stays as it was: {}", e.getMessage());
            return damping;
        }
    }

    private static int number(ComponentContext context, String property, int standard) {
        Integer configured = Tools.getIntegerProperty(context.getProperties(), property);
        if (configured != null && configured < 0) {
            log.warn("{} must be 0 or more, not {}: {} is used", property, configured, standard);
        }
        return configured == null || configured < 0 ? standard : configured;
    }

    @Override
    public TePath request(ApplicationId owner, TePathRequest request) {
        return onLoop(() -> reconciler().request(owner.name(), request));
    }

    @Override
    public TePath remove(ApplicationId owner, String name) {
        return onLoop(() -> reconciler().remove(owner.name(), name));
    }

    @Override
    public PathExplanation explain(TePathRequest request) {
        return onLoop(() -> reconciler().explain(request));
    }

    @Override
    public TePath reoptimise(String name) {
        return onLoop(() -> reconciler().reoptimise(name));
    }

    @Override
    public PathAudit verify(String name) {
        leader.requireSelf();
        requirePath(name);
        return audits.verify(name);
    }

    @Override
    public PathStatistics statistics(String name) {
        PathRecord path = requirePath(name);
        return statistics.read(path.request(), path.active(), path.placements().stream()
                .filter(way -> !path.active().filter(way::equals).isPresent()).collect(Collectors.toList()));
    }

    private PathRecord requirePath(String name) {
        return store.get(Objects.requireNonNull(name)).orElseThrow(
                () -> new NotFoundException("name", "there is no path '" + name + "'"));
    }

    @Override
    public List<PathChange> history(String name) {
        return store.get(Objects.requireNonNull(name)).map(PathRecord::history).orElse(List.of());
    }

    @Override
    public Optional<TePath> path(String name) {
        return store.get(Objects.requireNonNull(name)).map(PathRecord::view);
    }

    @Override
    public List<TePath> paths() {
        return store.all().stream().map(PathRecord::view).collect(Collectors.toUnmodifiableList());
    }

    @Override
    public List<TeLink> links() {
        return LinkInventory.of(observer.topology(), Reservations.of(
                store.all().stream().map(PathRecord::reservation).collect(Collectors.toUnmodifiableList())));
    }

    @Override
    public Optional<TeCapability> capability(DeviceId device) {
        return observer.topology().node(Objects.requireNonNull(device)).map(TeNode::capability);
    }

    @Override
    public void addListener(TePathListener listener) {
        listeners.addListener(listener);
    }

    @Override
    public void removeListener(TePathListener listener) {
        listeners.removeListener(listener);
    }

    private <T> T onLoop(Callable<T> request) {
        leader.requireSelf();
        try {
            T answer = loop.call(request);
            loop.trigger();
            return answer;
        } catch (StorageException e) {
            throw new UnavailableException("", "the durable store does not answer (" + e + "): try again, and look"
                    + " first whether the request was recorded all the same");
        } catch (RejectedExecutionException e) {
            throw new UnavailableException("", "the application is stopping");
        }
    }

    private void trigger() {
        ReconcileLoop current = loop;
        if (current != null) {
            current.trigger();
        }
    }

    private void reconcile() {
        if (!leader.isSelf()) {
            duties.ifPresent(LeaderDuties::close);
            duties = Optional.empty();
            return;
        }
        current().reconcile().ifPresent(this::wakeUpAt);
        observer.nextChange().ifPresent(this::wakeUpAt);
    }

    private PathReconciler reconciler() {
        leader.requireSelf();
        return current().reconciler();
    }

    /** Returns the duties of this node, which know the network as it is now. */
    private LeaderDuties current() {
        long version = observer.version();
        if (duties.isEmpty()) {
            store.load();
            duties = Optional.of(new LeaderDuties(
                    store, application, intentService, flowRuleService, deviceService, linkService,
                    observer.topology(), Duration.ofSeconds(settlingTime), Duration.ofSeconds(awayTolerance),
                    Duration.ofSeconds(reoptimisationPeriod), clock, this::trigger));
        } else if (version != topologyVersion) {
            duties.get().observe(observer.topology());
        }
        topologyVersion = version;
        return duties.get();
    }

    /** The paths that this node leads, none if it does not. */
    private final class LedPaths implements PathAudits.AuditedPaths {

        @Override
        public Optional<AuditOrder> order(String path) {
            return onLoop(() -> reconciler().auditOrder(path));
        }

        @Override
        public void repair(String path, AuditFindings findings) {
            onLoop(() -> {
                reconciler().repair(path, findings);
                return path;
            });
        }

        @Override
        public Collection<String> names() {
            return leader.isSelf() && auditPeriod > 0 ? store.names() : List.of();
        }
    }

    private void wakeUpAt(Instant due) {
        Instant now = clock.instant();
        // One alarm is enough: without this each run would begin a series of its own.
        if (!wakeUp.isAfter(now) || due.isBefore(wakeUp)) {
            wakeUp = due;
            loop.triggerAfter(Duration.between(now, due).plusMillis(1));
        }
    }
}
