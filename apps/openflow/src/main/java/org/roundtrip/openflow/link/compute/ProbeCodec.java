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
package org.roundtrip.openflow.link.compute;

import org.onlab.packet.ChassisId;
import org.onlab.packet.EthType;
import org.onlab.packet.Ethernet;
import org.onlab.packet.MacAddress;
import org.onlab.packet.ONOSLLDP;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DeviceId;
import org.onosproject.net.PortNumber;

import java.time.Duration;
import java.util.Optional;

/**
 * Writes and reads probes: LLDP frames (IEEE 802.1AB) with ONOS's organisationally specific TLVs, which name the port,
 * the time and a signature of both by HMAC-SHA256.
 *
 * <p>The signature keeps out frames that were forged, and the time those that were recorded. It does not keep out a
 * frame that a station receives on one port and passes on at once to another: that station is, in fact, a link.
 *
 * <p>Immutable and thread-safe.
 */
public final class ProbeCodec {

    /** IEEE 802.1AB, section 7.1: bridges do not pass frames to this address on. */
    private static final MacAddress NEAREST_BRIDGE = MacAddress.valueOf("01:80:c2:00:00:0e");

    private final MacAddress fingerprint;
    private final String secret;
    private final Duration maxAge;

    /**
     * Creates a codec.
     *
     * @param fingerprint source address of all probes of this cluster of controllers
     * @param secret      secret shared by the nodes of this cluster
     * @param maxAge      time after which a probe is no longer believed
     */
    public ProbeCodec(MacAddress fingerprint, String secret, Duration maxAge) {
        this.fingerprint = fingerprint;
        this.secret = secret;
        this.maxAge = maxAge;
    }

    /**
     * Makes a probe with the present time.
     *
     * @param source  port that it will be sent out of
     * @param chassis chassis of the switch
     * @return frame
     */
    public Ethernet encode(ConnectPoint source, ChassisId chassis) {
        Ethernet frame = new Ethernet();
        frame.setDestinationMACAddress(NEAREST_BRIDGE);
        frame.setSourceMACAddress(fingerprint);
        frame.setEtherType(EthType.EtherType.LLDP.ethType().toShort());
        frame.setPad(true);
        frame.setPayload(ONOSLLDP.onosSecureLLDP(source.deviceId().toString(), chassis,
                                                 (int) source.port().toLong(), secret));
        return frame;
    }

    /**
     * Reads a probe.
     *
     * @param frame any frame
     * @return probe, or empty if the frame is not a probe, is malformed, or comes from another cluster, or if its
     *         signature is wrong or its time is not within the last {@code maxAge}
     */
    public Optional<Probe> decode(Ethernet frame) {
        if (frame.getEtherType() != Ethernet.TYPE_LLDP || !fingerprint.equals(frame.getSourceMAC())) {
            return Optional.empty();
        }
        try {
            ONOSLLDP probe = ONOSLLDP.parseONOSLLDP(frame);
            if (probe == null || !ONOSLLDP.verify(probe, secret, maxAge.toMillis())) {
                return Optional.empty();
            }
            ConnectPoint source = new ConnectPoint(DeviceId.deviceId(probe.getDeviceString()),
                                                   PortNumber.portNumber(probe.getPort()));
            return Optional.of(Probe.of(source, probe.getTimestamp()));
        } catch (RuntimeException malformed) {
            // Anyone can send LLDP, and the parser answers to absurd TLVs with whatever exception it runs into.
            return Optional.empty();
        }
    }
}
