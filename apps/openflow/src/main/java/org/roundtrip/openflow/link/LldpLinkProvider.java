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
package org.roundtrip.openflow.link;

import com.google.common.base.Strings;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Maps;
import org.onlab.packet.EthType;
import org.onlab.packet.MacAddress;
import org.onosproject.cfg.ComponentConfigService;
import org.onosproject.cluster.ClusterMetadata;
import org.onosproject.cluster.ClusterMetadataService;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.CoreService;
import org.onosproject.mastership.MastershipEvent;
import org.onosproject.mastership.MastershipListener;
import org.onosproject.mastership.MastershipService;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.Device;
import org.onosproject.net.DeviceId;
import org.onosproject.net.Link;
import org.onosproject.net.Port;
import org.onosproject.net.device.DeviceEvent;
import org.onosproject.net.device.DeviceListener;
import org.onosproject.net.device.DeviceService;
import org.onosproject.net.flow.DefaultTrafficSelector;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.flow.TrafficSelector;
import org.onosproject.net.link.DefaultLinkDescription;
import org.onosproject.net.link.LinkDescription;
import org.onosproject.net.link.LinkEvent;
import org.onosproject.net.link.LinkListener;
import org.onosproject.net.link.LinkProviderRegistry;
import org.onosproject.net.link.LinkProviderService;
import org.onosproject.net.link.LinkService;
import org.onosproject.net.link.ProbedLinkProvider;
import org.onosproject.net.packet.DefaultOutboundPacket;
import org.onosproject.net.packet.PacketContext;
import org.onosproject.net.packet.PacketPriority;
import org.onosproject.net.packet.PacketProcessor;
import org.onosproject.net.packet.PacketService;
import org.onosproject.net.provider.AbstractProvider;
import org.onosproject.net.provider.ProviderId;
import org.osgi.service.component.ComponentContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.roundtrip.openflow.link.compute.DirectedLink;
import org.roundtrip.openflow.link.compute.LinkTable;
import org.roundtrip.openflow.link.compute.PortRoleChange;
import org.roundtrip.openflow.link.compute.PortTable;
import org.roundtrip.openflow.link.compute.Probe;
import org.roundtrip.openflow.link.compute.ProbeCodec;
import org.roundtrip.openflow.link.compute.ProbeSchedule;
import org.roundtrip.openflow.link.compute.ReplayGuard;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import static org.onlab.util.Tools.getIntegerProperty;
import static org.onlab.util.Tools.groupedThreads;
import static org.roundtrip.openflow.link.OsgiPropertyConstants.MAX_SILENCE;
import static org.roundtrip.openflow.link.OsgiPropertyConstants.MAX_SILENCE_DEFAULT;
import static org.roundtrip.openflow.link.OsgiPropertyConstants.PROBE_PERIOD;
import static org.roundtrip.openflow.link.OsgiPropertyConstants.PROBE_PERIOD_DEFAULT;
import static org.roundtrip.openflow.link.OsgiPropertyConstants.SETTLING;
import static org.roundtrip.openflow.link.OsgiPropertyConstants.SETTLING_DEFAULT;

/**
 * Discovers links by sending an LLDP probe out of every enabled port and seeing where it arrives.
 *
 * <p>All that is known is kept by one thread; whatever happens elsewhere is handed to it. Only directly connected ports
 * are found: LLDP does not cross an ordinary switch.
 */
@Component(immediate = true, service = PortRoleService.class, property = {
        PROBE_PERIOD + ":Integer=" + PROBE_PERIOD_DEFAULT,
        MAX_SILENCE + ":Integer=" + MAX_SILENCE_DEFAULT,
        SETTLING + ":Integer=" + SETTLING_DEFAULT
})
public class LldpLinkProvider extends AbstractProvider implements ProbedLinkProvider, PortRoleService {

    /**
     * Time for which a probe is believed. Longer than any probe takes through a busy controller, shorter than a link
     * lives without probes.
     */
    private static final Duration MAX_PROBE_AGE = Duration.ofSeconds(2);

    private static final String APPLICATION = "org.roundtrip.openflow.link";
    private static final int SECRET_BITS = 256;
    private static final TrafficSelector LLDP = DefaultTrafficSelector.builder()
            .matchEthType(EthType.EtherType.LLDP.ethType().toShort())
            .build();

    private final Logger log = LoggerFactory.getLogger(getClass());
    private final PacketProcessor processor = this::receive;
    private final DeviceListener deviceListener = new PortWatch();
    private final LinkListener linkListener = new LinkWatch();
    private final MastershipListener mastershipListener = this::mastershipChanged;
    private final Set<PortRoleListener> roleListeners = new CopyOnWriteArraySet<>();
    private final Map<ConnectPoint, PortRole> roles = new ConcurrentHashMap<>();

    @Reference
    protected LinkProviderRegistry registry;

    @Reference
    protected LinkService links;

    @Reference
    protected DeviceService devices;

    @Reference
    protected MastershipService mastership;

    @Reference
    protected PacketService packets;

    @Reference
    protected CoreService coreService;

    @Reference
    protected ClusterMetadataService cluster;

    @Reference
    protected ComponentConfigService configuration;

    /** Milliseconds between two probes of a port in the long run. */
    private int probePeriod = PROBE_PERIOD_DEFAULT;

    /** Milliseconds without a probe after which a link is lost. */
    private int maxSilence = MAX_SILENCE_DEFAULT;

    /** Milliseconds for which a port is probed before it is taken for an edge of the network. */
    private int settling = SETTLING_DEFAULT;

    private ApplicationId application;
    private LinkProviderService core;
    private ScheduledExecutorService discovery;
    private ScheduledFuture<?> ticking;
    private ProbeCodec codec;
    private ReplayGuard replays;

    // These belong to the discovery thread.
    private final LinkTable linkTable = new LinkTable();
    private final PortTable portTable = new PortTable();
    private LinkDiscovery times;
    private ProbeSchedule schedule;

    /**
     * Creates the provider.
     */
    public LldpLinkProvider() {
        super(new ProviderId("lldp", APPLICATION));
    }

    @Activate
    protected void activate(ComponentContext context) {
        configuration.registerProperties(getClass());
        application = coreService.registerApplication(APPLICATION);
        ClusterMetadata metadata = cluster.getClusterMetadata();
        codec = new ProbeCodec(MacAddress.valueOf(ProbedLinkProvider.fingerprintMac(metadata)),
                               secret(metadata), MAX_PROBE_AGE);
        replays = new ReplayGuard(MAX_PROBE_AGE);
        discovery = Executors.newSingleThreadScheduledExecutor(
                groupedThreads("onos/openflow-link", "discovery", log));
        core = registry.register(this);
        // Before the first probe is sent, which may arrive at once.
        packets.addProcessor(processor, PacketProcessor.advisor(0));
        start(read(context));
        devices.addListener(deviceListener);
        links.addListener(linkListener);
        mastership.addListener(mastershipListener);
        packets.requestPackets(LLDP, PacketPriority.CONTROL, application);
        ticking = discovery.scheduleWithFixedDelay(guarded(this::tick), 0, LinkDiscovery.RESOLUTION.toMillis(),
                                                   TimeUnit.MILLISECONDS);
        log.info("Started");
    }

    @Deactivate
    protected void deactivate() {
        configuration.unregisterProperties(getClass(), false);
        packets.cancelPackets(LLDP, PacketPriority.CONTROL, application);
        packets.removeProcessor(processor);
        mastership.removeListener(mastershipListener);
        links.removeListener(linkListener);
        devices.removeListener(deviceListener);
        ticking.cancel(false);
        discovery.shutdownNow();
        registry.unregister(this);
        roles.clear();
        log.info("Stopped");
    }

    @Modified
    protected void modified(ComponentContext context) {
        try {
            start(read(context));
        } catch (IllegalArgumentException refusal) {
            log.warn("Link discovery goes on as before. {}", refusal.getMessage());
        }
    }

    @Override
    public PortRole roleOf(ConnectPoint port) {
        return roles.getOrDefault(port, PortRole.DOWN);
    }

    @Override
    public Set<ConnectPoint> edgePorts() {
        return ImmutableSet.copyOf(Maps.filterValues(roles, role -> role == PortRole.EDGE).keySet());
    }

    @Override
    public void addListener(PortRoleListener listener) {
        roleListeners.add(listener);
    }

    @Override
    public void removeListener(PortRoleListener listener) {
        roleListeners.remove(listener);
    }

    private LinkDiscovery read(ComponentContext context) {
        Integer newProbePeriod = getIntegerProperty(context.getProperties(), PROBE_PERIOD);
        Integer newMaxSilence = getIntegerProperty(context.getProperties(), MAX_SILENCE);
        Integer newSettling = getIntegerProperty(context.getProperties(), SETTLING);
        LinkDiscovery times = LinkDiscovery.of(
                Duration.ofMillis(newProbePeriod == null ? probePeriod : newProbePeriod),
                Duration.ofMillis(newMaxSilence == null ? maxSilence : newMaxSilence),
                Duration.ofMillis(newSettling == null ? settling : newSettling));
        probePeriod = (int) times.probePeriod().toMillis();
        maxSilence = (int) times.maxSilence().toMillis();
        settling = (int) times.settling().toMillis();
        return times;
    }

    // Links and ports that are known already are taken over, so that a restart of this component makes no link vanish
    // that is there; links that are not there any more end by their silence.
    private void start(LinkDiscovery newTimes) {
        hand(() -> {
            times = newTimes;
            schedule = new ProbeSchedule(LinkDiscovery.RESOLUTION, times.probePeriod());
            devices.getDevices().forEach(device -> {
                portsMayHaveChanged(device.id());
                watchLinksTo(device.id());
            });
        });
    }

    private void tick() {
        long now = System.nanoTime();
        schedule.due(now).forEach(this::probe);
        linkTable.expire(now, times.maxSilence()).forEach(this::vanished);
        publish(portTable.settle(now, times.settling()));
    }

    private void probe(ConnectPoint port) {
        Device device = devices.getDevice(port.deviceId());
        if (device != null && mastership.isLocalMaster(port.deviceId())) {
            packets.emit(new DefaultOutboundPacket(
                    port.deviceId(), DefaultTrafficTreatment.builder().setOutput(port.port()).build(),
                    ByteBuffer.wrap(codec.encode(port, device.chassisId()).serialize())));
        }
    }

    private void receive(PacketContext context) {
        if (context.isHandled() || context.inPacket().parsed() == null) {
            return;
        }
        codec.decode(context.inPacket().parsed()).ifPresent(probe -> {
            context.block();
            ConnectPoint arrival = context.inPacket().receivedFrom();
            hand(() -> arrived(probe, arrival));
        });
    }

    private void arrived(Probe probe, ConnectPoint arrival) {
        long now = System.nanoTime();
        // Asked in any case: a probe that makes no link here is used up, not to be replayed elsewhere.
        boolean first = replays.isFirst(probe, now);
        // A port that is down can't be one end of a link: what arrives was sent before.
        boolean possible = portTable.isUp(probe.source()) && portTable.isUp(arrival) && !probe.source().equals(arrival);
        if (!first || !possible) {
            return;
        }
        DirectedLink link = DirectedLink.of(probe.source(), arrival);
        // ONOS may have forgotten the link for reasons of its own, for example a command.
        if (linkTable.seen(link, now) || links.getLink(link.source(), link.destination()) == null) {
            core.linkDetected(description(link));
        }
        // The listener for links would do it as well, but later.
        linked(link.source());
        linked(link.destination());
    }

    private void linked(ConnectPoint port) {
        portTable.linked(port).ifPresent(this::publish);
    }

    private void vanished(DirectedLink link) {
        core.linkVanished(description(link));
    }

    private void portUp(ConnectPoint port) {
        long now = System.nanoTime();
        portTable.up(port, now).ifPresent(this::publish);
        if (!links.getLinks(port).isEmpty()) {
            linked(port);
        }
        schedule.start(port, now);
        // Not waiting for the next tick makes a link known so much sooner.
        schedule.due(now).forEach(this::probe);
    }

    private void portDown(ConnectPoint port) {
        schedule.stop(port);
        linkTable.portDown(port).forEach(this::vanished);
        portTable.down(port).ifPresent(this::publish);
    }

    private void portsMayHaveChanged(DeviceId device) {
        if (!devices.isAvailable(device)) {
            portTable.portsOf(device).forEach(this::portDown);
            return;
        }
        devices.getPorts(device).forEach(port -> portMayHaveChanged(device, port));
    }

    private void portMayHaveChanged(DeviceId device, Port port) {
        if (port.number().isLogical()) {
            return;
        }
        ConnectPoint here = new ConnectPoint(device, port.number());
        if (port.isEnabled()) {
            portUp(here);
        } else {
            portDown(here);
        }
    }

    private void watchLinksTo(DeviceId device) {
        if (mastership.isLocalMaster(device)) {
            links.getDeviceIngressLinks(device).stream()
                    .filter(link -> link.providerId().equals(id()))
                    .forEach(link -> linkTable.seen(DirectedLink.of(link.src(), link.dst()), System.nanoTime()));
        }
    }

    private void mastershipChanged(MastershipEvent event) {
        hand(() -> {
            if (mastership.isLocalMaster(event.subject())) {
                watchLinksTo(event.subject());
            } else if (mastership.getMasterFor(event.subject()) != null) {
                // The links are now watched by another node. A switch without any master is away, and may be known to
                // be so only later: then there is no one but this node to say that its links have gone.
                linkTable.forgetLinksTo(event.subject());
            }
        });
    }

    private void publish(Collection<PortRoleChange> changes) {
        changes.forEach(this::publish);
    }

    private void publish(PortRoleChange change) {
        if (change.after() == PortRole.DOWN) {
            roles.remove(change.port());
        } else {
            roles.put(change.port(), change.after());
        }
        for (PortRoleListener listener : roleListeners) {
            try {
                listener.roleChanged(change.port(), change.before(), change.after());
            } catch (RuntimeException failure) {
                log.error("A listener failed on the change of {} to {}", change.port(), change.after(), failure);
            }
        }
    }

    private void hand(Runnable work) {
        try {
            discovery.execute(guarded(work));
        } catch (RejectedExecutionException stopping) {
            log.debug("Link discovery is stopping");
        }
    }

    // A scheduled task that throws is never run again.
    private Runnable guarded(Runnable work) {
        return () -> {
            try {
                work.run();
            } catch (RuntimeException failure) {
                log.error("Link discovery failed on one step and goes on", failure);
            }
        };
    }

    private String secret(ClusterMetadata metadata) {
        if (metadata != null && !Strings.isNullOrEmpty(metadata.getClusterSecret())) {
            return metadata.getClusterSecret();
        }
        if (metadata != null && metadata.getNodes().size() > 1) {
            log.warn("The cluster has no secret, so each node uses one of its own, and links between switches of "
                             + "different nodes are not found: set clusterSecret in the cluster metadata");
        }
        return new BigInteger(SECRET_BITS, new SecureRandom()).toString();
    }

    private static LinkDescription description(DirectedLink link) {
        return new DefaultLinkDescription(link.source(), link.destination(), Link.Type.DIRECT);
    }

    /**
     * Follows the ports of all switches.
     */
    private final class PortWatch implements DeviceListener {

        @Override
        public boolean isRelevant(DeviceEvent event) {
            return event.type() != DeviceEvent.Type.PORT_STATS_UPDATED;
        }

        @Override
        public void event(DeviceEvent event) {
            DeviceId device = event.subject().id();
            switch (event.type()) {
                case PORT_ADDED:
                case PORT_UPDATED:
                    // What the event says, and not what is the case by now: a port that was down for a moment lost its
                    // links.
                    hand(() -> portMayHaveChanged(device, event.port()));
                    break;
                case PORT_REMOVED:
                    hand(() -> portDown(new ConnectPoint(device, event.port().number())));
                    break;
                default:
                    hand(() -> portsMayHaveChanged(device));
                    break;
            }
        }
    }

    /**
     * Follows the links that other nodes of the cluster discovered, or that were configured.
     */
    private final class LinkWatch implements LinkListener {

        @Override
        public boolean isRelevant(LinkEvent event) {
            return event.type() == LinkEvent.Type.LINK_ADDED;
        }

        @Override
        public void event(LinkEvent event) {
            hand(() -> {
                linked(event.subject().src());
                linked(event.subject().dst());
            });
        }
    }
}
