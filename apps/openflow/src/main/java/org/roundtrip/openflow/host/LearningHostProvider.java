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
package org.roundtrip.openflow.host;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import org.onlab.packet.Ethernet;
import org.onlab.packet.ICMP6;
import org.onlab.packet.IPv6;
import org.onlab.packet.IpAddress;
import org.onosproject.cfg.ComponentConfigService;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.CoreService;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.Host;
import org.onosproject.net.HostId;
import org.onosproject.net.HostLocation;
import org.onosproject.net.flow.DefaultTrafficSelector;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.flow.TrafficSelector;
import org.onosproject.net.host.DefaultHostDescription;
import org.onosproject.net.host.HostProvider;
import org.onosproject.net.host.HostProviderRegistry;
import org.onosproject.net.host.HostProviderService;
import org.onosproject.net.host.HostService;
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
import org.roundtrip.openflow.host.compute.AddressLease;
import org.roundtrip.openflow.host.compute.HostEvidence;
import org.roundtrip.openflow.host.compute.HostProbes;
import org.roundtrip.openflow.host.compute.HostSighting;
import org.roundtrip.openflow.host.compute.WaitingRoom;
import org.roundtrip.openflow.link.PortRole;
import org.roundtrip.openflow.link.PortRoleListener;
import org.roundtrip.openflow.link.PortRoleService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;

import static org.onlab.util.Tools.groupedThreads;
import static org.onlab.util.Tools.isPropertyEnabled;
import static org.roundtrip.openflow.host.OsgiPropertyConstants.HOST_REMOVAL_ENABLED;
import static org.roundtrip.openflow.host.OsgiPropertyConstants.HOST_REMOVAL_ENABLED_DEFAULT;

/**
 * Learns hosts from the ARP, neighbour discovery and DHCP messages that reach the controller, and from any other packet
 * where they are.
 *
 * <p>It learns on edge ports only, and what comes by a port that is not known yet waits until it is. A host that goes
 * with its port is asked for again when the port comes back, because a station whose own caches are still warm may not
 * say a word for long.
 */
@Component(immediate = true, service = HostProvider.class,
        property = HOST_REMOVAL_ENABLED + ":Boolean=" + HOST_REMOVAL_ENABLED_DEFAULT)
public class LearningHostProvider extends AbstractProvider implements HostProvider {

    private static final String APPLICATION = "org.roundtrip.openflow.host";

    /** Stations whose sightings wait for their port to be known, and that are asked for again. */
    private static final int REMEMBERED_STATIONS = 10_000;

    /** Packets that may wait to be looked at; more are passed over, and the stations will speak again. */
    private static final int MAX_BACKLOG = 10_000;

    private static final List<TrafficSelector> ADDRESS_RESOLUTION = ImmutableList.of(
            DefaultTrafficSelector.builder().matchEthType(Ethernet.TYPE_ARP).build(),
            neighbourDiscovery(ICMP6.ROUTER_SOLICITATION),
            neighbourDiscovery(ICMP6.ROUTER_ADVERTISEMENT),
            neighbourDiscovery(ICMP6.NEIGHBOR_SOLICITATION),
            neighbourDiscovery(ICMP6.NEIGHBOR_ADVERTISEMENT));

    private final Logger log = LoggerFactory.getLogger(getClass());
    private final PacketProcessor processor = this::receive;
    private final PortRoleListener roleListener = this::roleChanged;
    private final Semaphore backlog = new Semaphore(MAX_BACKLOG);

    @Reference
    protected HostProviderRegistry registry;

    @Reference
    protected HostService hosts;

    @Reference
    protected PortRoleService ports;

    @Reference
    protected PacketService packets;

    @Reference
    protected CoreService coreService;

    @Reference
    protected ComponentConfigService configuration;

    /** Whether a host is removed when its port or switch goes down. */
    private volatile boolean hostRemovalEnabled = HOST_REMOVAL_ENABLED_DEFAULT;

    private ApplicationId application;
    private HostProviderService core;
    private ExecutorService learning;

    // These belong to the learning thread.
    private final WaitingRoom waiting = new WaitingRoom(REMEMBERED_STATIONS);
    private final Cache<HostId, Host> lost = CacheBuilder.newBuilder().maximumSize(REMEMBERED_STATIONS).build();

    /**
     * Creates the provider.
     */
    public LearningHostProvider() {
        super(new ProviderId("of", APPLICATION));
    }

    @Activate
    protected void activate(ComponentContext context) {
        configuration.registerProperties(getClass());
        modified(context);
        application = coreService.registerApplication(APPLICATION);
        learning = Executors.newSingleThreadExecutor(groupedThreads("onos/openflow-host", "learning", log));
        core = registry.register(this);
        ports.addListener(roleListener);
        packets.addProcessor(processor, PacketProcessor.advisor(1));
        ADDRESS_RESOLUTION.forEach(selector ->
                packets.requestPackets(selector, PacketPriority.CONTROL, application));
        log.info("Started");
    }

    @Deactivate
    protected void deactivate() {
        configuration.unregisterProperties(getClass(), false);
        ADDRESS_RESOLUTION.forEach(selector ->
                packets.cancelPackets(selector, PacketPriority.CONTROL, application));
        packets.removeProcessor(processor);
        ports.removeListener(roleListener);
        learning.shutdownNow();
        registry.unregister(this);
        log.info("Stopped");
    }

    @Modified
    protected void modified(ComponentContext context) {
        Boolean wanted = isPropertyEnabled(context.getProperties(), HOST_REMOVAL_ENABLED);
        hostRemovalEnabled = wanted == null ? HOST_REMOVAL_ENABLED_DEFAULT : wanted;
    }

    @Override
    public void triggerProbe(Host host) {
        host.ipAddresses().forEach(address -> probe(host.id(), host.location(), address));
    }

    private void probe(HostId host, ConnectPoint port, IpAddress address) {
        packets.emit(new DefaultOutboundPacket(
                port.deviceId(), DefaultTrafficTreatment.builder().setOutput(port.port()).build(),
                ByteBuffer.wrap(HostProbes.probe(host, address).serialize())));
    }

    private void receive(PacketContext context) {
        Ethernet frame = context.inPacket().parsed();
        ConnectPoint port = context.inPacket().receivedFrom();
        if (frame == null || port.port().isLogical()) {
            return;
        }
        Optional<HostSighting> sighting = HostEvidence.sender(frame, port);
        Optional<AddressLease> lease = HostEvidence.lease(frame);
        if (sighting.isEmpty() && lease.isEmpty()) {
            return;
        }
        if (!backlog.tryAcquire()) {
            log.debug("Too many packets to learn from: one from {} is passed over", port);
            return;
        }
        hand(() -> {
            backlog.release();
            sighting.ifPresent(this::consider);
            lease.filter(same -> ports.roleOf(port) == PortRole.EDGE).ifPresent(this::learn);
        });
    }

    private void consider(HostSighting sighting) {
        switch (ports.roleOf(sighting.port())) {
            case EDGE:
                learn(sighting);
                break;
            case UNSETTLED:
                waiting.keep(sighting);
                break;
            default:
                // Behind an infrastructure port is another switch, and whoever spoke is there; on a port that is down
                // no one is any more.
                break;
        }
    }

    private void learn(HostSighting sighting) {
        lost.invalidate(sighting.host());
        Host known = hosts.getHost(sighting.host());
        boolean nothingNew = known != null
                && known.locations().equals(ImmutableSet.of(new HostLocation(sighting.port(), 0)))
                && known.ipAddresses().containsAll(sighting.addresses());
        if (nothingNew) {
            return;
        }
        core.hostDetected(sighting.host(), new DefaultHostDescription(
                sighting.host().mac(), sighting.host().vlanId(),
                ImmutableSet.of(new HostLocation(sighting.port(), System.currentTimeMillis())), sighting.addresses(),
                sighting.innerVlan(), sighting.outerTpid(), false), false);
        sighting.addresses().forEach(address -> takeFromOthers(sighting.host(), address));
    }

    /**
     * An address is where it was heard last, as neighbours take it (RFC 826): otherwise a station that changes its MAC
     * address, and perhaps changes it back, would be two hosts with the same address. It is taken from the other one
     * last, so that it is somewhere at any time.
     */
    private void takeFromOthers(HostId owner, IpAddress address) {
        hosts.getHostsByIp(address).stream()
                .filter(other -> !other.id().equals(owner) && other.vlan().equals(owner.vlanId()) && isLearned(other))
                .forEach(other -> core.removeIpFromHost(other.id(), address));
    }

    private void learn(AddressLease lease) {
        Host known = hosts.getHost(lease.host());
        if (known != null && !known.ipAddresses().contains(lease.address())) {
            core.hostDetected(lease.host(), new DefaultHostDescription(
                    known.mac(), known.vlan(), known.locations(), ImmutableSet.of(lease.address()),
                    known.innerVlan(), known.tpid(), false), false);
            takeFromOthers(lease.host(), lease.address());
        }
    }

    private void roleChanged(ConnectPoint port, PortRole before, PortRole after) {
        hand(() -> {
            List<HostSighting> waited = waiting.take(port);
            switch (after) {
                case EDGE:
                    waited.forEach(this::learn);
                    askForLost(port);
                    break;
                case UNSETTLED:
                    waited.forEach(waiting::keep);
                    break;
                case INFRASTRUCTURE:
                    // Taken for an edge until now: what was learned there came from further away.
                    learnedAt(port).forEach(host -> core.removeLocationFromHost(host.id(), new HostLocation(port, 0)));
                    break;
                case DOWN:
                    if (hostRemovalEnabled) {
                        learnedAt(port).forEach(host -> lose(host, port));
                    }
                    break;
                default:
                    throw new IllegalStateException("no such role: " + after);
            }
        });
    }

    private Set<Host> learnedAt(ConnectPoint port) {
        return hosts.getConnectedHosts(port).stream()
                .filter(this::isLearned).collect(ImmutableSet.toImmutableSet());
    }

    private boolean isLearned(Host host) {
        return host.providerId().equals(id()) && !host.configured();
    }

    private void lose(Host host, ConnectPoint port) {
        lost.put(host.id(), host);
        core.removeLocationFromHost(host.id(), new HostLocation(port, 0));
    }

    private void askForLost(ConnectPoint port) {
        List<Host> here = lost.asMap().values().stream()
                .filter(host -> host.locations().contains(new HostLocation(port, 0)))
                .collect(ImmutableList.toImmutableList());
        here.forEach(host -> {
            lost.invalidate(host.id());
            host.ipAddresses().forEach(address -> probe(host.id(), port, address));
        });
    }

    private void hand(Runnable work) {
        try {
            learning.execute(() -> {
                try {
                    work.run();
                } catch (RuntimeException failure) {
                    log.error("Host learning failed on one step and goes on", failure);
                }
            });
        } catch (RejectedExecutionException stopping) {
            log.debug("Host learning is stopping");
        }
    }

    private static TrafficSelector neighbourDiscovery(byte type) {
        return DefaultTrafficSelector.builder()
                .matchEthType(Ethernet.TYPE_IPV6)
                .matchIPProtocol(IPv6.PROTOCOL_ICMP6)
                .matchIcmpv6Type(type)
                .build();
    }
}
