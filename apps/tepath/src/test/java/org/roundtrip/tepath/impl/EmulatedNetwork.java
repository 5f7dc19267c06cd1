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

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.onosproject.net.Annotations;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DefaultDevice;
import org.onosproject.net.DefaultLink;
import org.onosproject.net.DefaultPort;
import org.onosproject.net.Device;
import org.onosproject.net.DeviceId;
import org.onosproject.net.Link;
import org.onosproject.net.LinkKey;
import org.onosproject.net.Port;
import org.onosproject.net.PortNumber;
import org.onosproject.net.config.Config;
import org.onosproject.net.config.ConfigFactory;
import org.onosproject.net.config.NetworkConfigEvent;
import org.onosproject.net.config.NetworkConfigListener;
import org.onosproject.net.config.NetworkConfigRegistry;
import org.onosproject.net.config.NetworkConfigRegistryAdapter;
import org.onosproject.net.device.DeviceEvent;
import org.onosproject.net.device.DeviceListener;
import org.onosproject.net.device.DeviceService;
import org.onosproject.net.device.DeviceServiceAdapter;
import org.onosproject.net.link.LinkEvent;
import org.onosproject.net.link.LinkListener;
import org.onosproject.net.link.LinkService;
import org.onosproject.net.link.LinkServiceAdapter;
import org.onosproject.net.provider.ProviderId;
import org.roundtrip.base.intent.InMemoryIntentFramework;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Switches, ports, links and configuration behind the services of ONOS, with an intent framework that reaches the
 * switches that are connected.
 */
final class EmulatedNetwork {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final ProviderId PROVIDER = new ProviderId("of", "test");

    final InMemoryIntentFramework framework = new InMemoryIntentFramework();
    private final Map<DeviceId, Device> devices = new LinkedHashMap<>();
    private final Map<DeviceId, Map<PortNumber, Port>> ports = new LinkedHashMap<>();
    private final Set<Link> links = new LinkedHashSet<>();
    private final Set<DeviceId> away = new LinkedHashSet<>();
    private final Map<DeviceId, String> configuration = new LinkedHashMap<>();
    private final Map<LinkKey, String> linkConfiguration = new LinkedHashMap<>();
    private final List<DeviceListener> deviceListeners = new CopyOnWriteArrayList<>();
    private final List<LinkListener> linkListeners = new CopyOnWriteArrayList<>();
    private final List<NetworkConfigListener> configurationListeners = new CopyOnWriteArrayList<>();

    static DeviceId device(int number) {
        return DeviceId.deviceId(String.format("of:%016x", number));
    }

    static ConnectPoint port(int device, int port) {
        return new ConnectPoint(device(device), PortNumber.portNumber(port));
    }

    /** Adds a capable switch with ports 1 to 9 of 1 Gbit/s. */
    EmulatedNetwork withSwitch(int number) {
        return withSwitch(number, 9);
    }

    /** Adds a capable switch with ports of 1 Gbit/s, numbered from 1. */
    synchronized EmulatedNetwork withSwitch(int number, int count) {
        DeviceId id = device(number);
        devices.put(id, new DefaultDevice(PROVIDER, id, Device.Type.SWITCH, "", "", "", "", null));
        for (int port = 1; port <= count; port++) {
            enable(number, port, true);
        }
        configuration.put(id, "{\"mpls\":true,\"te\":true}");
        return this;
    }

    /** Adds both directions of a link. */
    EmulatedNetwork withLink(int device, int port, int otherDevice, int otherPort) {
        synchronized (this) {
            links.add(link(port(device, port), port(otherDevice, otherPort)));
            links.add(link(port(otherDevice, otherPort), port(device, port)));
        }
        linkEvent(LinkEvent.Type.LINK_ADDED, port(device, port), port(otherDevice, otherPort));
        return this;
    }

    /** Loses both directions of a link, as when it goes silent. */
    void loseLink(int device, int port, int otherDevice, int otherPort) {
        synchronized (this) {
            links.remove(link(port(device, port), port(otherDevice, otherPort)));
            links.remove(link(port(otherDevice, otherPort), port(device, port)));
        }
        linkEvent(LinkEvent.Type.LINK_REMOVED, port(device, port), port(otherDevice, otherPort));
    }

    /** Loses one direction of a link. */
    void loseDirection(int device, int port, int otherDevice, int otherPort) {
        synchronized (this) {
            links.remove(link(port(device, port), port(otherDevice, otherPort)));
        }
        linkEvent(LinkEvent.Type.LINK_REMOVED, port(device, port), port(otherDevice, otherPort));
    }

    /** Turns a port on or off. */
    void enable(int device, int port, boolean enabled) {
        Port changed;
        synchronized (this) {
            changed = new DefaultPort(devices.get(device(device)), PortNumber.portNumber(port), enabled,
                                      Port.Type.COPPER, 1000, new Annotations[0]);
            ports.computeIfAbsent(device(device), id -> new LinkedHashMap<>()).put(changed.number(), changed);
        }
        DeviceEvent event = new DeviceEvent(DeviceEvent.Type.PORT_UPDATED, devices.get(device(device)), changed);
        deviceListeners.stream().filter(listener -> listener.isRelevant(event))
                .forEach(listener -> listener.event(event));
    }

    /** Cuts a switch off the controller; its links disappear with it. */
    void disconnect(int device) {
        synchronized (this) {
            away.add(device(device));
            framework.disconnect(device(device));
        }
        availability(device);
    }

    /** Connects a switch again. */
    void connect(int device) {
        synchronized (this) {
            away.remove(device(device));
            framework.reconnect(device(device));
        }
        availability(device);
    }

    /** Connects a switch to a controller that has just started and claims its rules before it removes any. */
    void connectUncorrected(int device) {
        synchronized (this) {
            away.remove(device(device));
            framework.adopt(device(device));
        }
        availability(device);
    }

    /** Sets or, if empty, clears the capabilities of a switch. */
    void configure(int device, String json) {
        synchronized (this) {
            if (json.isEmpty()) {
                configuration.remove(device(device));
            } else {
                configuration.put(device(device), json);
            }
        }
        configurationEvent(device(device), MplsTeConfig.class);
    }

    /** Sets or, if empty, clears what is configured of one direction of a link. */
    void configureLink(int device, int port, int otherDevice, int otherPort, String json) {
        LinkKey key = LinkKey.linkKey(port(device, port), port(otherDevice, otherPort));
        synchronized (this) {
            if (json.isEmpty()) {
                linkConfiguration.remove(key);
            } else {
                linkConfiguration.put(key, json.replace('\'', '"'));
            }
        }
        configurationEvent(key, TeLinkConfig.class);
    }

    private void configurationEvent(Object subject, Class<?> type) {
        NetworkConfigEvent event = new NetworkConfigEvent(NetworkConfigEvent.Type.CONFIG_UPDATED, subject, type);
        configurationListeners.stream().filter(listener -> listener.isRelevant(event))
                .forEach(listener -> listener.event(event));
    }

    int listeners() {
        return deviceListeners.size() + linkListeners.size() + configurationListeners.size();
    }

    private void availability(int device) {
        DeviceEvent event = new DeviceEvent(DeviceEvent.Type.DEVICE_AVAILABILITY_CHANGED,
                                            devices.get(device(device)));
        deviceListeners.stream().filter(listener -> listener.isRelevant(event))
                .forEach(listener -> listener.event(event));
    }

    private void linkEvent(LinkEvent.Type type, ConnectPoint src, ConnectPoint dst) {
        LinkEvent event = new LinkEvent(type, link(src, dst));
        linkListeners.forEach(listener -> listener.event(event));
    }

    private static Link link(ConnectPoint src, ConnectPoint dst) {
        return DefaultLink.builder().providerId(PROVIDER).src(src).dst(dst).type(Link.Type.DIRECT)
                .state(Link.State.ACTIVE).build();
    }

    DeviceService deviceService() {
        return new DeviceServiceAdapter() {
            @Override
            public Iterable<Device> getDevices() {
                synchronized (EmulatedNetwork.this) {
                    return List.copyOf(devices.values());
                }
            }

            @Override
            public List<Port> getPorts(DeviceId device) {
                synchronized (EmulatedNetwork.this) {
                    return List.copyOf(ports.getOrDefault(device, Map.of()).values());
                }
            }

            @Override
            public boolean isAvailable(DeviceId device) {
                synchronized (EmulatedNetwork.this) {
                    return devices.containsKey(device) && !away.contains(device);
                }
            }

            @Override
            public void addListener(DeviceListener listener) {
                deviceListeners.add(listener);
            }

            @Override
            public void removeListener(DeviceListener listener) {
                deviceListeners.remove(listener);
            }
        };
    }

    LinkService linkService() {
        return new LinkServiceAdapter() {
            @Override
            public Iterable<Link> getLinks() {
                synchronized (EmulatedNetwork.this) {
                    List<Link> known = new ArrayList<>(links);
                    known.removeIf(link -> away.contains(link.src().deviceId())
                            || away.contains(link.dst().deviceId()));
                    return known;
                }
            }

            @Override
            public void addListener(LinkListener listener) {
                linkListeners.add(listener);
            }

            @Override
            public void removeListener(LinkListener listener) {
                linkListeners.remove(listener);
            }
        };
    }

    NetworkConfigRegistry configuration() {
        return new NetworkConfigRegistryAdapter() {
            private final Map<Class<?>, ConfigFactory<?, ?>> factories = new HashMap<>();

            @Override
            public void registerConfigFactory(ConfigFactory registered) {
                factories.put(registered.configClass(), registered);
            }

            @Override
            public void unregisterConfigFactory(ConfigFactory registered) {
                factories.remove(registered.configClass());
            }

            @Override
            @SuppressWarnings("unchecked")
            public <S, C extends Config<S>> Set<S> getSubjects(Class<S> subject, Class<C> type) {
                synchronized (EmulatedNetwork.this) {
                    return (Set<S>) Set.copyOf(configured(type).keySet());
                }
            }

            @Override
            @SuppressWarnings("unchecked")
            public <S, C extends Config<S>> C getConfig(S subject, Class<C> type) {
                synchronized (EmulatedNetwork.this) {
                    String json = configured(type).get(subject);
                    ConfigFactory<S, C> factory = (ConfigFactory<S, C>) factories.get(type);
                    if (factory == null || json == null) {
                        return null;
                    }
                    try {
                        C config = factory.createConfig();
                        config.init(subject, factory.configKey(), (ObjectNode) MAPPER.readTree(json), MAPPER,
                                    change -> { });
                        return config;
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
            }

            private Map<?, String> configured(Class<?> type) {
                return type == TeLinkConfig.class ? linkConfiguration : configuration;
            }

            @Override
            public void addListener(NetworkConfigListener listener) {
                configurationListeners.add(listener);
            }

            @Override
            public void removeListener(NetworkConfigListener listener) {
                configurationListeners.remove(listener);
            }
        };
    }
}
