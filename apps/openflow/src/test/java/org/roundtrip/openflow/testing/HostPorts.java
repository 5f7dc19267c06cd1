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
package org.roundtrip.openflow.testing;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.onlab.packet.Ethernet;
import org.onosproject.net.ConnectPoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Ports of a private Open vSwitch where hosts are attached: frames of hosts are given to the switch, and those that it
 * gives to them are read from files. Not safe for several threads.
 */
public final class HostPorts implements BeforeAllCallback {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int PCAP_HEADER = 24;
    private static final int RECORD_HEADER = 16;

    private final OpenVswitch openVswitch;
    private final Map<ConnectPoint, Integer> seen = new LinkedHashMap<>();
    private Path captures;

    /**
     * Creates no port yet.
     *
     * @param openVswitch the switch, which runs when the first host is attached
     */
    public HostPorts(OpenVswitch openVswitch) {
        this.openVswitch = openVswitch;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        captures = Files.createTempDirectory("captures");
    }

    /**
     * Attaches a host.
     *
     * @param bridge the bridge
     * @param port   the port, by the id of this bridge
     */
    public void attach(String bridge, ConnectPoint port) {
        openVswitch.addPort(bridge, name(port), (int) port.port().toLong());
        openVswitch.vsctl("set", "interface", name(port), "options:tx_pcap=" + captures.resolve(name(port)));
        seen.put(port, 0);
    }

    /**
     * Sends frames from a host.
     *
     * @param host   where it is attached
     * @param frames what it sends
     */
    public void send(ConnectPoint host, Ethernet... frames) {
        openVswitch.appctl(Stream.concat(Stream.of("netdev-dummy/receive", name(host)), Stream.of(frames)
                .map(frame -> HexFormat.of().formatHex(frame.serialize()))).toArray(String[]::new));
    }

    /**
     * Waits for the next frames that a host gets.
     *
     * @param host  where it is attached
     * @param count how many
     * @return the frames
     */
    public List<byte[]> receive(ConnectPoint host, int count) {
        int before = seen.get(host);
        List<byte[]> frames = Awaitility.await("frames at " + host).atMost(PATIENCE)
                .pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5))
                .until(() -> read(host), all -> all.size() >= before + count);
        seen.put(host, before + count);
        return frames.subList(before, before + count);
    }

    /**
     * Returns what a host has got and nobody has asked for.
     *
     * @param host where it is attached
     * @return the number of frames
     */
    public int unexpected(ConnectPoint host) {
        return read(host).size() - seen.get(host);
    }

    /**
     * Waits until one of some hosts gets a frame.
     *
     * @param candidates where they are attached
     * @return where the one is attached
     */
    public ConnectPoint receiver(Collection<ConnectPoint> candidates) {
        return Awaitility.await("a frame at " + candidates).atMost(PATIENCE).pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> candidates.stream().filter(host -> unexpected(host) > 0).findFirst(),
                       Optional::isPresent).orElseThrow();
    }

    /** Forgets the frames that hosts have got up to now. */
    public void forget() {
        seen.replaceAll((host, count) -> read(host).size());
    }

    private static String name(ConnectPoint point) {
        return "h" + Long.parseLong(point.deviceId().toString().substring(3), 16) + "-" + point.port().toLong();
    }

    private List<byte[]> read(ConnectPoint host) {
        try {
            byte[] file = Files.readAllBytes(captures.resolve(name(host)));
            List<byte[]> frames = new ArrayList<>();
            ByteBuffer buffer = ByteBuffer.wrap(file).order(ByteOrder.nativeOrder());
            int at = PCAP_HEADER;
            while (at + RECORD_HEADER <= file.length) {
                int length = buffer.getInt(at + 8);
                if (at + RECORD_HEADER + length > file.length) {
                    break;
                }
                byte[] frame = new byte[length];
                System.arraycopy(file, at + RECORD_HEADER, frame, 0, length);
                frames.add(frame);
                at += RECORD_HEADER + length;
            }
            return frames;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
