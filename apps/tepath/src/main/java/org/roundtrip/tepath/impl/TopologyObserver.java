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

import org.onosproject.net.ConnectPoint;
import org.onosproject.net.Device;
import org.onosproject.net.DeviceId;
import org.onosproject.net.Link;
import org.onosproject.net.LinkKey;
import org.onosproject.net.Port;
import org.onosproject.net.config.ConfigFactory;
import org.onosproject.net.config.NetworkConfigEvent;
import org.onosproject.net.config.NetworkConfigListener;
import org.onosproject.net.config.NetworkConfigRegistry;
import org.onosproject.net.config.basics.SubjectFactories;
import org.onosproject.net.device.DeviceEvent;
import org.onosproject.net.device.DeviceListener;
import org.onosproject.net.device.DeviceService;
import org.onosproject.net.link.LinkEvent;
import org.onosproject.net.link.LinkListener;
import org.onosproject.net.link.LinkService;
import org.roundtrip.tepath.compute.FlapDamping;
import org.roundtrip.tepath.compute.LinkAttributes;
import org.roundtrip.tepath.compute.LinkDirection;
import org.roundtrip.tepath.compute.LinkSettings;
import org.roundtrip.tepath.compute.TeNode;
import org.roundtrip.tepath.compute.TePort;
import org.roundtrip.tepath.compute.TeTopology;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Sees the network through the services of ONOS. It listens to links and ports themselves rather than to ONOS's
 * topology, which gathers events for a while: a failure can't wait.
 * <p>
 * Thread-safe.
 */
final class TopologyObserver implements AutoCloseable {

    private static final long MEGABIT = 1_000_000L;

    private final DeviceService devices;
    private final LinkService links;
    private final NetworkConfigRegistry configuration;
    private final Runnable changed;
    private final Clock clock;
    /** Guarded by itself. */
    private final LinkSteadiness steadiness;
    private final AtomicLong changes = new AtomicLong();
    private final DeviceListener deviceListener = new OwnDeviceListener();
    private final LinkListener linkListener = new OwnLinkListener();
    private final NetworkConfigListener configurationListener = new OwnConfigurationListener();
    private final ConfigFactory<DeviceId, MplsTeConfig> deviceConfigFactory = new ConfigFactory<>(
            SubjectFactories.DEVICE_SUBJECT_FACTORY, MplsTeConfig.class, MplsTeConfig.KEY) {
        @Override
        public MplsTeConfig createConfig() {
            return new MplsTeConfig();
        }
    };
    private final ConfigFactory<LinkKey, TeLinkConfig> linkConfigFactory = new ConfigFactory<>(
            SubjectFactories.LINK_SUBJECT_FACTORY, TeLinkConfig.class, TeLinkConfig.KEY) {
        @Override
        public TeLinkConfig createConfig() {
            return new TeLinkConfig();
        }
    };

    /**
     * Begins to watch.
     *
     * @param devices       the switches and ports
     * @param links         the links
     * @param configuration the capabilities of switches, and what is known of links
     * @param damping       how many failures make a link unsteady
     * @param clock         tells when a link fails
     * @param changed       called on every change, on an ONOS event thread: must not block
     */
    TopologyObserver(DeviceService devices, LinkService links, NetworkConfigRegistry configuration,
                     Supplier<FlapDamping> damping, Clock clock, Runnable changed) {
        this.devices = devices;
        this.links = links;
        this.configuration = configuration;
        this.clock = clock;
        this.changed = changed;
        steadiness = new LinkSteadiness(damping);
        configuration.registerConfigFactory(deviceConfigFactory);
        configuration.registerConfigFactory(linkConfigFactory);
        configuration.addListener(configurationListener);
        synchronized (steadiness) {
            devices.addListener(deviceListener);
            links.addListener(linkListener);
            // What is down already has not failed before our eyes.
            devices.getDevices().forEach(device -> devices.getPorts(device.id()).stream()
                    .filter(port -> !port.isEnabled())
                    .forEach(port -> steadiness.disabled(at(device, port), clock.instant())));
            links.getLinks().forEach(link -> follow(link, link.state() == Link.State.ACTIVE));
        }
    }

    /**
     * Returns a number that grows with every change of the network, {@link #nextChange} included.
     *
     * @return the number
     */
    long version() {
        synchronized (steadiness) {
            return steadiness.settle(clock.instant()) ? changes.incrementAndGet() : changes.get();
        }
    }

    /**
     * Returns when the network changes without an event: when an unsteady link becomes steady if it does not fail
     * again.
     *
     * @return the time to look at {@link #version} again, or empty if there is no such link
     */
    Optional<Instant> nextChange() {
        synchronized (steadiness) {
            return steadiness.nextChange();
        }
    }

    /** Returns the network as it is now. */
    TeTopology topology() {
        TeTopology.Builder topology = TeTopology.builder();
        // Before the switches: a switch that leaves takes its links along, and then its absence is what counts.
        for (Link link : links.getLinks()) {
            if (link.state() == Link.State.ACTIVE) {
                topology.link(LinkDirection.of(link.src(), link.dst()));
            }
        }
        for (Device device : devices.getDevices()) {
            topology.node(node(device.id()));
            for (Port port : devices.getPorts(device.id())) {
                topology.port(TePort.of(at(device, port), port.isEnabled(),
                                        port.portSpeed() * MEGABIT));
            }
        }
        attributes().forEach(topology::attributes);
        return topology.build();
    }

    private Map<LinkDirection, LinkAttributes> attributes() {
        Map<LinkDirection, LinkSettings> settings = new HashMap<>();
        for (LinkKey key : configuration.getSubjects(LinkKey.class, TeLinkConfig.class)) {
            Optional.ofNullable(configuration.getConfig(key, TeLinkConfig.class)).ifPresent(
                    config -> settings.put(LinkDirection.of(key.src(), key.dst()), config.settings()));
        }
        Set<LinkDirection> unsteady = unsteady();
        Map<LinkDirection, LinkAttributes> attributes = new HashMap<>();
        Stream.concat(settings.keySet().stream(), unsteady.stream())
                .flatMap(direction -> Stream.of(direction, direction.reversed()))
                .forEach(direction -> attributes.computeIfAbsent(direction, known -> LinkAttributes.builder()
                        .from(settings.getOrDefault(known, LinkSettings.NONE)
                                      .attributes(settings.getOrDefault(known.reversed(), LinkSettings.NONE)))
                        .unsteady(unsteady.contains(known) || unsteady.contains(known.reversed())).build()));
        return attributes;
    }

    private Set<LinkDirection> unsteady() {
        synchronized (steadiness) {
            return steadiness.unsteady(clock.instant());
        }
    }

    private TeNode node(DeviceId device) {
        TeNode.Builder node = TeNode.builder().device(device).available(devices.isAvailable(device));
        Optional.ofNullable(configuration.getConfig(device, MplsTeConfig.class)).ifPresent(capabilities -> node
                .mpls(capabilities.mpls()).te(capabilities.te()).labels(capabilities.labelRange())
                .maintenance(capabilities.maintenance()));
        return node.build();
    }

    private static ConnectPoint at(Device device, Port port) {
        return new ConnectPoint(device.id(), port.number());
    }

    private void follow(Link link, boolean present) {
        LinkDirection direction = LinkDirection.of(link.src(), link.dst());
        if (present) {
            steadiness.appeared(direction);
        } else {
            steadiness.vanished(direction, clock.instant());
        }
    }

    private void follow(ConnectPoint port, boolean enabled) {
        if (enabled) {
            steadiness.enabled(port);
        } else {
            steadiness.disabled(port, clock.instant());
        }
    }

    private void change() {
        changes.incrementAndGet();
        changed.run();
    }

    @Override
    public void close() {
        links.removeListener(linkListener);
        devices.removeListener(deviceListener);
        configuration.removeListener(configurationListener);
        configuration.unregisterConfigFactory(linkConfigFactory);
        configuration.unregisterConfigFactory(deviceConfigFactory);
    }

    private final class OwnDeviceListener implements DeviceListener {

        @Override
        public boolean isRelevant(DeviceEvent event) {
            return event.type() != DeviceEvent.Type.PORT_STATS_UPDATED;
        }

        @Override
        public void event(DeviceEvent event) {
            if (event.port() != null) {
                synchronized (steadiness) {
                    follow(at(event.subject(), event.port()),
                           event.type() != DeviceEvent.Type.PORT_REMOVED && event.port().isEnabled());
                }
            }
            change();
        }
    }

    private final class OwnLinkListener implements LinkListener {

        @Override
        public void event(LinkEvent event) {
            synchronized (steadiness) {
                follow(event.subject(), event.type() != LinkEvent.Type.LINK_REMOVED
                        && event.subject().state() == Link.State.ACTIVE);
            }
            change();
        }
    }

    private final class OwnConfigurationListener implements NetworkConfigListener {

        @Override
        public boolean isRelevant(NetworkConfigEvent event) {
            return event.configClass() == MplsTeConfig.class || event.configClass() == TeLinkConfig.class;
        }

        @Override
        public void event(NetworkConfigEvent event) {
            change();
        }
    }
}
