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
package org.roundtrip.clock.impl.negotiation;

import org.onlab.packet.IpAddress;
import org.onosproject.cfg.ComponentConfigService;
import org.onosproject.cluster.ClusterService;
import org.onosproject.cluster.LeadershipService;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.CoreService;
import org.onosproject.net.device.DeviceEvent;
import org.onosproject.net.device.DeviceListener;
import org.onosproject.net.device.DeviceService;
import org.onosproject.net.driver.DriverService;
import org.onosproject.net.edge.EdgePortListener;
import org.onosproject.net.edge.EdgePortService;
import org.onosproject.net.flow.FlowRuleService;
import org.onosproject.net.host.HostService;
import org.onosproject.net.intent.IntentService;
import org.onosproject.net.meter.MeterListener;
import org.onosproject.net.meter.MeterService;
import org.onosproject.net.packet.PacketContext;
import org.onosproject.net.packet.PacketProcessor;
import org.onosproject.net.packet.PacketService;
import org.osgi.service.component.ComponentContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.roundtrip.base.InvalidRequestException;
import org.roundtrip.base.cluster.Leader;
import org.roundtrip.base.intent.RulePublisher;
import org.roundtrip.base.reconcile.ReconcileLoop;
import org.roundtrip.clock.ClockPolicyListener;
import org.roundtrip.clock.ClockPolicyService;
import org.roundtrip.clock.ClockSession;
import org.roundtrip.clock.ClockSessionListener;
import org.roundtrip.clock.ClockSessionService;
import org.roundtrip.clock.compute.PtpTraffic;
import org.roundtrip.clock.compute.message.OrganizationSubType;
import org.roundtrip.clock.compute.negotiation.NegotiationTiming;
import org.roundtrip.clock.compute.negotiation.UdpFrame;
import org.roundtrip.clock.compute.negotiation.UnicastNegotiation;
import org.roundtrip.clock.impl.DriverResubmit;
import org.roundtrip.clock.impl.NegotiatedSessions;
import org.roundtrip.tepath.TePathService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

import static org.onlab.util.Tools.get;
import static org.onlab.util.Tools.getIntegerProperty;
import static org.roundtrip.clock.impl.negotiation.OsgiPropertyConstants.PATH_CONSISTENCY_SUB_TYPE;
import static org.roundtrip.clock.impl.negotiation.OsgiPropertyConstants.PATH_CONSISTENCY_SUB_TYPE_DEFAULT;
import static org.roundtrip.clock.impl.negotiation.OsgiPropertyConstants.SIGNALLING_RATE;
import static org.roundtrip.clock.impl.negotiation.OsgiPropertyConstants.SIGNALLING_RATE_DEFAULT;
import static org.roundtrip.clock.impl.negotiation.OsgiPropertyConstants.SILENCE_TIME;
import static org.roundtrip.clock.impl.negotiation.OsgiPropertyConstants.SILENCE_TIME_DEFAULT;

/**
 * Lets clients negotiate sessions with the servers of policies. Brings what they say from the edge of the network to
 * this node, where one thread looks at it. The node that leads negotiates; a switch that has another master has its
 * signalling dropped there, and its clients ask in vain until the leader is its master.
 */
@Component(immediate = true, service = { }, property = {
    SIGNALLING_RATE + ":Integer=" + SIGNALLING_RATE_DEFAULT,
    SILENCE_TIME + ":Integer=" + SILENCE_TIME_DEFAULT,
    PATH_CONSISTENCY_SUB_TYPE + "=" + PATH_CONSISTENCY_SUB_TYPE_DEFAULT
})
public class NegotiationManager {

    private static final Logger log = LoggerFactory.getLogger(NegotiationManager.class);

    private static final String APPLICATION = "org.roundtrip.clock";
    /** Some seconds of signalling from a few ports that all send as much as they may. */
    private static final int INBOX = 1_000;
    /** What is looked at before something else has its turn. */
    private static final int BATCH = 50;
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration WINDOW_CHECK = Duration.ofMillis(20);
    private static final Duration BETWEEN_COUNTS = Duration.ofSeconds(5);
    private static final Duration BETWEEN_REPAIRS = Duration.ofSeconds(5);

    @Reference
    CoreService coreService;
    @Reference
    ClusterService clusterService;
    @Reference
    LeadershipService leadershipService;
    @Reference
    ComponentConfigService configService;
    @Reference
    DeviceService deviceService;
    @Reference
    DriverService driverService;
    @Reference
    EdgePortService edgePortService;
    @Reference
    HostService hostService;
    @Reference
    PacketService packetService;
    @Reference
    MeterService meterService;
    @Reference
    IntentService intentService;
    @Reference
    FlowRuleService flowRuleService;
    @Reference
    TePathService tePathService;
    @Reference
    ClockPolicyService policyService;
    @Reference
    ClockSessionService sessionService;
    @Reference
    NegotiatedSessions negotiatedSessions;
    @Reference
    HeardServers heardServers;

    /** How many signalling messages a second each edge port may send to the controller. */
    private volatile int signallingRate = SIGNALLING_RATE_DEFAULT;

    /** For how many seconds a server or its client may send nothing through the tunnel before their session ends. */
    private volatile int silenceTime = SILENCE_TIME_DEFAULT;

    /** How servers know the extension that says that both directions use the same links. */
    private volatile String pathConsistencySubType = PATH_CONSISTENCY_SUB_TYPE_DEFAULT;

    private final ElapsedTime elapsed = ElapsedTime.SYSTEM;
    private final Inbox inbox = new Inbox(INBOX);
    private final Set<String> changedSessions = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean policiesChanged = new AtomicBoolean();
    private final AtomicBoolean edgeChanged = new AtomicBoolean();
    private final PacketProcessor processor = this::receive;
    private final ClockPolicyListener policyListener = event -> policiesChanged();
    private final ClockSessionListener sessionListener = event -> sessionChanged(event.subject());
    private final EdgePortListener edgePortListener = event -> edgeChanged();
    private final MeterListener meterListener = event -> edgeChanged();
    private final DeviceListener deviceListener = event -> {
        if (event.type() != DeviceEvent.Type.PORT_STATS_UPDATED) {
            edgeChanged();
        }
    };

    private ApplicationId application;
    private ReconcileLoop loop;
    private Leader leader;
    private RulePublisher publisher;
    private EdgeSignalling edge;
    private GrantWindows windows;
    /** The servers of all policies: read for each packet that reaches the controller. */
    private volatile Set<IpAddress> servers = Set.of();

    // These belong to the thread of the loop.
    private Optional<Negotiator> negotiator = Optional.empty();
    private Duration nextTick = Duration.ZERO;
    private Duration nextCount = Duration.ZERO;
    private Duration nextRepair = Duration.ZERO;
    private boolean edgeSettled;

    @Activate
    void activate(ComponentContext context) {
        configService.registerProperties(getClass());
        modified(context);
        application = coreService.registerApplication(APPLICATION);
        loop = new ReconcileLoop("roundtrip/clock/negotiation", this::run);
        publisher = new RulePublisher(application, intentService, flowRuleService, key -> edgeChanged());
        edge = new EdgeSignalling(application, deviceService, edgePortService, publisher,
                                  new PortMeters(application, meterService));
        windows = new GrantWindows(application, publisher, new DriverResubmit(driverService)::of);
        leader = new Leader(leadershipService, clusterService.getLocalNode().id(), this::edgeChanged);
        leader.run();
        policyService.addListener(policyListener);
        sessionService.addListener(sessionListener);
        edgePortService.addListener(edgePortListener);
        meterService.addListener(meterListener);
        deviceService.addListener(deviceListener);
        packetService.addProcessor(processor, PacketProcessor.advisor(2));
        policiesChanged();
        log.info("Started");
    }

    @Deactivate
    void deactivate() {
        packetService.removeProcessor(processor);
        deviceService.removeListener(deviceListener);
        meterService.removeListener(meterListener);
        edgePortService.removeListener(edgePortListener);
        sessionService.removeListener(sessionListener);
        policyService.removeListener(policyListener);
        loop.close();
        // Nobody is there any more to look through them. What guards and what tunnels carry stays, as sessions do.
        windows.closeAll();
        publisher.close();
        leader.close();
        configService.unregisterProperties(getClass(), false);
        log.info("Stopped");
    }

    /**
     * Takes in changed properties. Those about negotiation count from when this node next begins to lead.
     *
     * @param context the properties
     */
    @Modified
    void modified(ComponentContext context) {
        signallingRate = atLeastOne(context, SIGNALLING_RATE, signallingRate);
        silenceTime = atLeastOne(context, SILENCE_TIME, silenceTime);
        Optional.ofNullable(get(context.getProperties(), PATH_CONSISTENCY_SUB_TYPE)).ifPresent(text -> {
            try {
                pathConsistencySubType = OrganizationSubType.valueOf(text).toString();
            } catch (IllegalArgumentException | InvalidRequestException e) {
                log.warn("{} must be like {}, not {}: keeping {}", PATH_CONSISTENCY_SUB_TYPE,
                         PATH_CONSISTENCY_SUB_TYPE_DEFAULT, text, pathConsistencySubType);
            }
        });
        if (loop != null) {
            edgeChanged();
        }
    }

    private static int atLeastOne(ComponentContext context, String name, int present) {
        Integer wanted = getIntegerProperty(context.getProperties(), name);
        if (wanted != null && wanted < 1) {
            log.warn("{} must be 1 or more, not {}: keeping {}", name, wanted, present);
        }
        return wanted == null || wanted < 1 ? present : wanted;
    }

    /** On the thread of a switch: looks at a few octets, and hands on what is ours. */
    private void receive(PacketContext context) {
        ByteBuffer octets = context.inPacket().unparsed();
        if (context.isHandled() || servers.isEmpty() || octets == null) {
            return;
        }
        byte[] frame = new byte[octets.remaining()];
        octets.duplicate().get(frame);
        UdpFrame.read(frame)
                .filter(read -> read.destinationPort() == PtpTraffic.GENERAL_PORT)
                .filter(read -> servers.contains(read.destination()) || servers.contains(read.source()))
                .ifPresent(read -> {
                    context.block();
                    if (inbox.offer(new ReceivedFrame(context.inPacket().receivedFrom(), read))) {
                        loop.trigger();
                    }
                });
    }

    private void policiesChanged() {
        policiesChanged.set(true);
        edgeChanged();
    }

    private void sessionChanged(ClockSession session) {
        changedSessions.add(session.request().name());
        loop.trigger();
    }

    private void edgeChanged() {
        edgeChanged.set(true);
        loop.trigger();
    }

    private void run() {
        if (policiesChanged.get()) {
            servers = policyService.policies().stream().flatMap(policy -> policy.servers().stream())
                    .collect(Collectors.toUnmodifiableSet());
        }
        if (!leader.isSelf()) {
            negotiator = Optional.empty();
            inbox.take(INBOX);
            return;
        }
        negotiate(negotiator.orElseGet(this::begin));
        keepEdge();
    }

    private Negotiator begin() {
        windows.closeAll();
        Negotiator begun = new Negotiator(
                new UnicastNegotiation(NegotiationTiming.builder().silenceTime(Duration.ofSeconds(silenceTime)).build(),
                                       OrganizationSubType.valueOf(pathConsistencySubType)),
                negotiatedSessions, sessionService, tePathService,
                new ClockPresence(hostService, edgePortService, packetService), windows, packetService, heardServers,
                elapsed, Clock.systemUTC());
        negotiator = Optional.of(begun);
        policiesChanged.set(true);
        sessionService.sessions().forEach(session -> changedSessions.add(session.request().name()));
        return begun;
    }

    private void negotiate(Negotiator current) {
        if (policiesChanged.getAndSet(false)) {
            current.policies(policyService.policies());
            edgeChanged.set(true);
        }
        Set<String> changed = new HashSet<>(changedSessions);
        changedSessions.removeAll(changed);
        current.sessionsChanged(changed);
        List<ReceivedFrame> received = inbox.take(BATCH);
        received.forEach(frame -> receive(current, frame));
        Duration now = elapsed.now();
        if (now.compareTo(nextTick) >= 0) {
            nextTick = now.plus(TICK);
            current.tick();
        }
        if (now.compareTo(nextCount) >= 0) {
            nextCount = now.plus(BETWEEN_COUNTS);
            current.count();
        }
        loop.triggerAfter(current.flush() ? WINDOW_CHECK : TICK);
        if (!inbox.isEmpty()) {
            loop.trigger();
        }
    }

    /** One message that can't be dealt with must not keep the others from being dealt with. */
    private void receive(Negotiator current, ReceivedFrame received) {
        try {
            if (servers.contains(received.frame().destination())) {
                current.fromClient(received);
            } else {
                current.fromServer(received);
            }
        } catch (RuntimeException failure) {
            log.error("A message from {} at {} can't be dealt with", received.frame().source(), received.port(),
                      failure);
        }
    }

    private void keepEdge() {
        Duration now = elapsed.now();
        boolean repair = !edgeSettled && now.compareTo(nextRepair) >= 0;
        if (edgeChanged.getAndSet(false) || repair) {
            edgeSettled = edge.keep(servers, signallingRate);
        }
        if (repair) {
            nextRepair = now.plus(BETWEEN_REPAIRS);
            publisher.retry();
        }
    }
}
