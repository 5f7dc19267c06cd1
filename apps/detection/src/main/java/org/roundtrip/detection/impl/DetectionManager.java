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
package org.roundtrip.detection.impl;

import org.onlab.util.Tools;
import org.onosproject.cfg.ComponentConfigService;
import org.onosproject.cluster.ClusterService;
import org.onosproject.cluster.LeadershipService;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.CoreService;
import org.onosproject.event.EventDeliveryService;
import org.onosproject.event.ListenerRegistry;
import org.onosproject.net.device.DeviceEvent;
import org.onosproject.net.device.DeviceListener;
import org.onosproject.net.device.DeviceService;
import org.onosproject.net.flow.FlowRuleService;
import org.onosproject.net.host.HostListener;
import org.onosproject.net.host.HostService;
import org.onosproject.net.intent.IntentService;
import org.onosproject.store.service.StorageException;
import org.onosproject.store.service.StorageService;
import org.osgi.service.component.ComponentContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.roundtrip.base.UnavailableException;
import org.roundtrip.base.cluster.Leader;
import org.roundtrip.base.reconcile.ReconcileLoop;
import org.roundtrip.detection.Detection;
import org.roundtrip.detection.DetectionAgent;
import org.roundtrip.detection.DetectionAgentRequest;
import org.roundtrip.detection.DetectionAlarm;
import org.roundtrip.detection.DetectionChange;
import org.roundtrip.detection.DetectionConfigurationService;
import org.roundtrip.detection.DetectionEvent;
import org.roundtrip.detection.DetectionHistoryService;
import org.roundtrip.detection.DetectionListener;
import org.roundtrip.detection.DetectionProfile;
import org.roundtrip.detection.DetectionService;
import org.roundtrip.detection.MemberHealth;
import org.roundtrip.detection.ServiceCheck;
import org.roundtrip.detection.compute.AgentRecord;
import org.roundtrip.detection.compute.DetectionRules;
import org.roundtrip.detection.compute.MemberTrack;
import org.roundtrip.detection.compute.PresetProfiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.util.Dictionary;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.roundtrip.detection.impl.OsgiPropertyConstants.AGENT_PORT;
import static org.roundtrip.detection.impl.OsgiPropertyConstants.AGENT_PORT_DEFAULT;
import static org.roundtrip.detection.impl.OsgiPropertyConstants.LEASE;
import static org.roundtrip.detection.impl.OsgiPropertyConstants.LEASE_DEFAULT;
import static org.roundtrip.detection.impl.OsgiPropertyConstants.REPORT_INTERVAL;
import static org.roundtrip.detection.impl.OsgiPropertyConstants.REPORT_INTERVAL_DEFAULT;
import static org.roundtrip.detection.impl.OsgiPropertyConstants.TLS_CERTIFICATES;
import static org.roundtrip.detection.impl.OsgiPropertyConstants.TLS_CERTIFICATES_DEFAULT;
import static org.roundtrip.detection.impl.OsgiPropertyConstants.TLS_KEY;
import static org.roundtrip.detection.impl.OsgiPropertyConstants.TLS_KEY_DEFAULT;

/**
 * Takes requests for detection and hands events on to the loop that has members probed. Every node of the cluster
 * watches; one acts.
 */
@Component(immediate = true, service = {
    DetectionService.class, DetectionConfigurationService.class, DetectionHistoryService.class
}, property = {
    AGENT_PORT + ":Integer=" + AGENT_PORT_DEFAULT,
    LEASE + ":Integer=" + LEASE_DEFAULT,
    REPORT_INTERVAL + ":Integer=" + REPORT_INTERVAL_DEFAULT,
    TLS_CERTIFICATES + "=" + TLS_CERTIFICATES_DEFAULT,
    TLS_KEY + "=" + TLS_KEY_DEFAULT
})
public class DetectionManager implements DetectionService, DetectionConfigurationService, DetectionHistoryService {

    private static final Logger log = LoggerFactory.getLogger(DetectionManager.class);

    private static final String APPLICATION = "org.roundtrip.detection";
    /** A switch that refuses may take the rules when anything changes there, which no event tells. */
    private static final Duration RETRY = Duration.ofSeconds(5);
    /** In which time whoever runs services asks for them again after a start, and hosts are known again. */
    private static final Duration SETTLING = Duration.ofSeconds(15);

    @Reference
    ComponentConfigService configService;
    @Reference
    CoreService coreService;
    @Reference
    ClusterService clusterService;
    @Reference
    LeadershipService leadershipService;
    @Reference
    StorageService storageService;
    @Reference
    EventDeliveryService eventDispatcher;
    @Reference
    HostService hostService;
    @Reference
    DeviceService deviceService;
    @Reference
    IntentService intentService;
    @Reference
    FlowRuleService flowRuleService;

    /** The TCP port on which the node that leads listens for agents. */
    private int agentPort = AGENT_PORT_DEFAULT;
    /** How long an agent that is not heard of is still believed, in milliseconds. */
    private int lease = LEASE_DEFAULT;
    /** The time from one snapshot of an agent to the next, in milliseconds. */
    private int reportInterval = REPORT_INTERVAL_DEFAULT;
    /** The PEM file with the certificate of the controller, for TLS with agents; without TLS if it is empty. */
    private String tlsCertificates = TLS_CERTIFICATES_DEFAULT;
    /** The PEM file with the private key of the controller, for TLS with agents. */
    private String tlsKey = TLS_KEY_DEFAULT;

    private final Clock clock;
    private final Duration settling;
    private final LongSupplier elapsed;
    private final PendingWork pending = new PendingWork();
    private final DetectionJournal journal;
    private final HealthBook book;
    private final ListenerRegistry<DetectionEvent, DetectionListener> listeners = new ListenerRegistry<>();
    private final HostListener hostListener = event -> Stream.of(event.subject(), event.prevSubject())
            .flatMap(host -> Optional.ofNullable(host).stream())
            .flatMap(host -> host.ipAddresses().stream()).forEach(this::dependentsChanged);
    private final DeviceListener deviceListener = new DeviceListener() {
        @Override
        public boolean isRelevant(DeviceEvent event) {
            return event.type() != DeviceEvent.Type.PORT_STATS_UPDATED;
        }

        @Override
        public void event(DeviceEvent event) {
            deviceChanged(event);
        }
    };

    private ReconcileLoop loop;
    private Leader leader;
    private DetectionLedger ledger;
    private AgentKeeper keeper;
    private PublishedPaths rules;
    private AgentConnections connections;
    private CheckReconciler reconciler;

    /**
     * Creates the manager for the controller, which has the time of the system.
     */
    public DetectionManager() {
        this(Clock.systemUTC(), System::nanoTime, SETTLING);
    }

    DetectionManager(Clock clock, LongSupplier elapsed, Duration settling) {
        this.settling = settling;
        this.clock = clock;
        this.elapsed = elapsed;
        journal = new DetectionJournal(clock, elapsed);
        book = new HealthBook(clock, elapsed, this::memberChanged, this::trigger);
    }

    @Activate
    void activate(ComponentContext context) {
        configService.registerProperties(getClass());
        ServerSettings settings = settings(context.getProperties());
        ApplicationId application = coreService.registerApplication(APPLICATION);
        eventDispatcher.addSink(DetectionEvent.class, listeners);
        loop = new ReconcileLoop("roundtrip/detection", this::reconcile);
        leader = new Leader(leadershipService, clusterService.getLocalNode().id(), this::trigger);
        ledger = new DetectionLedger(storageService, application);
        keeper = new AgentKeeper(ledger);
        NetworkLookup lookup = new NetworkLookup(deviceService, hostService, ledger);
        rules = new PublishedPaths(application, intentService, flowRuleService, RETRY, this::agentChanged);
        connections = new AgentConnections(settings, ledger, book, journal, clock, elapsed, this::agentChanged);
        reconciler = new CheckReconciler(ledger, lookup, book, pending, rules, connections,
                                         new DetectionRules(application), elapsed, settling);
        ledger.listen(agent -> {
            pending.agentWritten(agent);
            everythingChanged();
        }, profile -> {
            pending.profileWritten(profile);
            everythingChanged();
        });
        leader.run();
        deviceService.addListener(deviceListener);
        hostService.addListener(hostListener);
        everythingChanged();
        log.info("Started");
    }

    @Modified
    void modified(ComponentContext context) {
        try {
            connections.use(settings(context.getProperties()));
            trigger();
        } catch (RuntimeException e) {
            log.warn("Agents of detection connect as before: {}", e.getMessage());
        }
    }

    private ServerSettings settings(Dictionary<?, ?> properties) {
        agentPort = Tools.getIntegerProperty(properties, AGENT_PORT, AGENT_PORT_DEFAULT);
        lease = Tools.getIntegerProperty(properties, LEASE, LEASE_DEFAULT);
        reportInterval = Tools.getIntegerProperty(properties, REPORT_INTERVAL, REPORT_INTERVAL_DEFAULT);
        tlsCertificates = Optional.ofNullable(Tools.get(properties, TLS_CERTIFICATES)).orElse(TLS_CERTIFICATES_DEFAULT);
        tlsKey = Optional.ofNullable(Tools.get(properties, TLS_KEY)).orElse(TLS_KEY_DEFAULT);
        return new ServerSettings(agentPort, lease, reportInterval, tlsCertificates, tlsKey);
    }

    @Deactivate
    void deactivate() {
        // First: what disappears now must not look as if it were lost.
        loop.close();
        hostService.removeListener(hostListener);
        deviceService.removeListener(deviceListener);
        connections.close();
        rules.close();
        ledger.close();
        leader.close();
        eventDispatcher.removeSink(DetectionEvent.class);
        configService.unregisterProperties(getClass(), false);
        log.info("Stopped");
    }

    @Override
    public void request(ServiceCheck check) {
        Optional<Detection> before = book.detection(check.service());
        book.request(check);
        before.ifPresent(this::forgetGone);
        pending.touchService(check.service());
        trigger();
    }

    @Override
    public void withdraw(String service) {
        Optional<Detection> before = book.detection(service);
        book.withdraw(service);
        before.ifPresent(this::forgetGone);
        pending.touchService(service);
        trigger();
    }

    /** Nothing is wrong with members that nobody asks for. */
    private void forgetGone(Detection before) {
        before.members().stream().filter(member -> book.health(member.service(), member.member()).isEmpty())
                .forEach(member -> journal.memberForgotten(member.service(), member.member()));
    }

    @Override
    public Optional<MemberHealth> health(String service, String member) {
        return book.health(service, member);
    }

    @Override
    public Optional<Detection> detection(String service) {
        return book.detection(service);
    }

    @Override
    public List<Detection> detections() {
        return book.detections();
    }

    @Override
    public void putProfile(DetectionProfile profile) {
        change(() -> keeper.putProfile(profile));
    }

    @Override
    public void removeProfile(String name) {
        change(() -> keeper.removeProfile(name));
    }

    @Override
    public Optional<DetectionProfile> profile(String name) {
        return Optional.ofNullable(PresetProfiles.with(ledger.profiles()).get(name));
    }

    @Override
    public List<DetectionProfile> profiles() {
        return List.copyOf(PresetProfiles.with(ledger.profiles()).values());
    }

    @Override
    public DetectionAgent putAgent(DetectionAgentRequest agent) {
        change(() -> keeper.putAgent(agent));
        return agent(agent.name()).orElseThrow(() -> new UnavailableException("", "the agent was removed meanwhile"));
    }

    @Override
    public void removeAgent(String name) {
        change(() -> keeper.removeAgent(name));
    }

    @Override
    public Optional<DetectionAgent> agent(String name) {
        return ledger.agent(name).map(this::show);
    }

    @Override
    public List<DetectionAgent> agents() {
        return ledger.agents().values().stream().map(this::show).collect(Collectors.toUnmodifiableList());
    }

    /** Returns where agents can connect, if they can. */
    Optional<Integer> agentPort() {
        return loop.call(connections::port);
    }

    private DetectionAgent show(AgentRecord record) {
        return connections.show(record.request());
    }

    @Override
    public List<DetectionAlarm> alarms() {
        return journal.alarms();
    }

    @Override
    public List<DetectionChange> changes(String subject) {
        return journal.changes(subject);
    }

    @Override
    public void addListener(DetectionListener listener) {
        listeners.addListener(listener);
    }

    @Override
    public void removeListener(DetectionListener listener) {
        listeners.removeListener(listener);
    }

    /** On the thread on which a result has come. */
    private void memberChanged(MemberTrack track) {
        eventDispatcher.post(new DetectionEvent(DetectionEvent.Type.MEMBER_CHANGED, track.health()));
        journal.memberChanged(track);
    }

    private void agentChanged(String agent) {
        pending.touchAgent(agent);
        trigger();
    }

    private void dependentsChanged(Object key) {
        pending.touchDependents(key);
        trigger();
    }

    /** Only switches with an agent matter. */
    private void deviceChanged(DeviceEvent event) {
        if (ledger.agents().values().stream().anyMatch(
                record -> record.request().device().equals(event.subject().id()))) {
            everythingChanged();
        }
    }

    private void everythingChanged() {
        pending.touchEverything();
        trigger();
    }

    private void trigger() {
        loop.trigger();
    }

    private void change(Runnable request) {
        leader.requireSelf();
        try {
            loop.call(() -> {
                reconciler.takeOver(leader.isSelf());
                request.run();
                return null;
            });
        } catch (StorageException e) {
            throw new UnavailableException("", "the durable store does not answer (" + e + "): try again, and look"
                    + " first whether the request was recorded all the same");
        } catch (RejectedExecutionException e) {
            throw new UnavailableException("", "the application is stopping");
        } finally {
            everythingChanged();
        }
    }

    private void reconcile() {
        boolean isLeader = leader.isSelf();
        reconciler.takeOver(isLeader);
        connections.listen(isLeader).ifPresent(loop::triggerAfter);
        reconciler.reconcile().ifPresent(loop::triggerAfter);
        book.followTime().ifPresent(loop::triggerAfter);
        connections.followTime();
        journal.followTime().ifPresent(loop::triggerAfter);
    }
}
