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
import org.roundtrip.tepath.compute.LinkDirection;
import org.roundtrip.tepath.compute.TeNode;
import org.roundtrip.tepath.compute.TePort;
import org.roundtrip.tepath.compute.TeTopology;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

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
    private final AtomicLong changes = new AtomicLong();
    private final DeviceListener deviceListener = new OwnDeviceListener();
    private final LinkListener linkListener = new OwnLinkListener();
    private final NetworkConfigListener configurationListener = new OwnConfigurationListener();
    private final ConfigFactory<DeviceId, MplsTeConfig> configFactory = new ConfigFactory<>(
            SubjectFactories.DEVICE_SUBJECT_FACTORY, MplsTeConfig.class, MplsTeConfig.KEY) {
        @Override
        public MplsTeConfig createConfig() {
            return new MplsTeConfig();
        }
    };

    /**
     * Begins to watch.
     *
     * @param devices       the switches and ports
     * @param links         the links
     * @param configuration the capabilities
     * @param changed       called on every change, on an ONOS event thread: must not block
     */
    TopologyObserver(DeviceService devices, LinkService links, NetworkConfigRegistry configuration, Runnable changed) {
        this.devices = devices;
        this.links = links;
        this.configuration = configuration;
        this.changed = changed;
        configuration.registerConfigFactory(configFactory);
        configuration.addListener(configurationListener);
        devices.addListener(deviceListener);
        links.addListener(linkListener);
    }

    /** Returns a number that grows with every change of the network. */
    long version() {
        return changes.get();
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
                topology.port(TePort.of(new ConnectPoint(device.id(), port.number()), port.isEnabled(),
                                        port.portSpeed() * MEGABIT));
            }
        }
        return topology.build();
    }

    private TeNode node(DeviceId device) {
        TeNode.Builder node = TeNode.builder().device(device).available(devices.isAvailable(device));
        Optional.ofNullable(configuration.getConfig(device, MplsTeConfig.class)).ifPresent(capabilities -> node
                .mpls(capabilities.mpls()).te(capabilities.te()).labels(capabilities.labelRange()));
        return node.build();
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
        configuration.unregisterConfigFactory(configFactory);
    }

    private final class OwnDeviceListener implements DeviceListener {

        @Override
        public boolean isRelevant(DeviceEvent event) {
            return event.type() != DeviceEvent.Type.PORT_STATS_UPDATED;
        }

        @Override
        public void event(DeviceEvent event) {
            change();
        }
    }

    private final class OwnLinkListener implements LinkListener {

        @Override
        public void event(LinkEvent event) {
            change();
        }
    }

    private final class OwnConfigurationListener implements NetworkConfigListener {

        @Override
        public boolean isRelevant(NetworkConfigEvent event) {
            return event.configClass() == MplsTeConfig.class;
        }

        @Override
        public void event(NetworkConfigEvent event) {
            change();
        }
    }
}
