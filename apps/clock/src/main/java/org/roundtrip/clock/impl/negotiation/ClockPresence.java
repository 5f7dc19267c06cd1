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

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import org.onlab.packet.IpAddress;
import org.onlab.packet.MacAddress;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DeviceId;
import org.onosproject.net.Host;
import org.onosproject.net.PortNumber;
import org.onosproject.net.edge.EdgePortService;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.host.HostService;
import org.onosproject.net.packet.DefaultOutboundPacket;
import org.onosproject.net.packet.PacketService;
import org.roundtrip.base.packet.AddressProbe;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Finds out whether clocks are where they seem to be, with what ONOS knows of its hosts. A clock that ONOS does not
 * know is asked for its address, and ONOS learns it from the answer: so those can negotiate whose other traffic the
 * network never sees. Used on one thread.
 */
final class ClockPresence {

    /** Clients repeat their requests every second or so; answers take milliseconds. */
    private static final Duration BETWEEN_PROBES = Duration.ofMillis(800);
    private static final int REMEMBERED_PROBES = 10_000;

    private final HostService hosts;
    private final EdgePortService edges;
    private final PacketService packets;
    private final Cache<IpAddress, Boolean> asked = CacheBuilder.newBuilder().maximumSize(REMEMBERED_PROBES)
            .expireAfterWrite(BETWEEN_PROBES.toMillis(), TimeUnit.MILLISECONDS).build();

    ClockPresence(HostService hosts, EdgePortService edges, PacketService packets) {
        this.hosts = hosts;
        this.edges = edges;
        this.packets = packets;
    }

    /**
     * Returns why a message can't be taken for one of the clock that it seems to come from.
     *
     * @param address the address from which it comes
     * @param mac     the station that has sent it
     * @param port    the edge port where it came in
     * @return the reason, or empty if the clock is there; if it is not known, it has been asked for its address
     */
    Optional<String> objection(IpAddress address, MacAddress mac, ConnectPoint port) {
        Set<Host> known = hosts.getHostsByIp(address);
        if (known.isEmpty()) {
            ask(address, port);
            return Optional.of("it is not known yet that the address is at this port: it has been asked for");
        }
        boolean there = known.stream().anyMatch(host -> host.mac().equals(mac) && host.locations().stream()
                .anyMatch(location -> location.deviceId().equals(port.deviceId())
                        && location.port().equals(port.port())));
        return there ? Optional.empty() : Optional.of("the address belongs to another station or port");
    }

    /**
     * Returns whether a clock is known; if it is not, asks for its address at all edge ports.
     *
     * @param address the address of the clock
     * @return true if ONOS knows a host with the address
     */
    boolean isKnown(IpAddress address) {
        if (!hosts.getHostsByIp(address).isEmpty()) {
            return true;
        }
        if (asked.getIfPresent(address) == null) {
            asked.put(address, true);
            edges.emitPacket(ByteBuffer.wrap(AddressProbe.of(address)), Optional.empty());
        }
        return false;
    }

    private void ask(IpAddress address, ConnectPoint port) {
        if (asked.getIfPresent(address) == null) {
            asked.put(address, true);
            emit(packets, port.deviceId(), port.port(), AddressProbe.of(address));
        }
    }

    /**
     * Sends a frame out of a port.
     *
     * @param packets sends it
     * @param device  the switch
     * @param port    its port
     * @param frame   the frame
     */
    static void emit(PacketService packets, DeviceId device, PortNumber port, byte[] frame) {
        packets.emit(new DefaultOutboundPacket(device, DefaultTrafficTreatment.builder().setOutput(port).build(),
                                               ByteBuffer.wrap(frame)));
    }
}
