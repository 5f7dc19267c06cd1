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
package org.roundtrip.clock.compute.negotiation;

import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;
import org.onlab.packet.MacAddress;
import org.onosproject.net.ConnectPoint;
import org.roundtrip.clock.ClockPolicy;
import org.roundtrip.clock.compute.message.ClockIdentity;
import org.roundtrip.clock.compute.message.GrantUnicastTransmission;
import org.roundtrip.clock.compute.message.PathConsistency;
import org.roundtrip.clock.compute.message.PortIdentity;
import org.roundtrip.clock.compute.message.PtpHeader;
import org.roundtrip.clock.compute.message.RequestUnicastTransmission;
import org.roundtrip.clock.compute.message.SignallingMessage;
import org.roundtrip.clock.compute.message.Tlv;

import java.util.Set;

/** Clients, servers and what they say. */
final class Signals {

    static final IpAddress SERVER = IpAddress.valueOf("10.0.0.1");
    static final IpAddress CLIENT = IpAddress.valueOf("10.0.1.2");
    static final ClockPair PAIR = ClockPair.of(CLIENT, SERVER);
    static final ConnectPoint PORT = port(1);
    static final PortIdentity CLIENT_CLOCK = PortIdentity.of(ClockIdentity.of(0x3A6706FFFE1490FEL), 1);
    static final PortIdentity SERVER_CLOCK = PortIdentity.of(ClockIdentity.of(0x0ECA7EFFFE8DE7C6L), 1);
    static final PathConsistency CONSISTENCY =
            PathConsistency.builder().coRouted(true).tunnelId(7).delayAsymmetry(-20).build();

    private Signals() {
    }

    static ClockPolicy.Builder policy() {
        return ClockPolicy.builder().name("cell-sites").servers(Set.of(SERVER))
                .clients(Set.of(IpPrefix.valueOf("10.0.1.0/24")));
    }

    static ConnectPoint port(int number) {
        return ConnectPoint.deviceConnectPoint("of:0000000000000001/" + number);
    }

    static ClientSignal from(IpAddress client, ConnectPoint port, SignallingMessage message) {
        return ClientSignal.builder()
                .pair(ClockPair.of(client, SERVER))
                .port(port)
                .source(MacAddress.valueOf("00:00:00:00:00:02"))
                .destination(MacAddress.valueOf("00:00:00:00:00:01"))
                .message(message)
                .build();
    }

    static ClientSignal signal(Tlv... tlvs) {
        return signalIn(0, tlvs);
    }

    static ClientSignal signalIn(int domain, Tlv... tlvs) {
        return from(CLIENT, PORT, fromClient(domain, tlvs));
    }

    static SignallingMessage fromClient(int domain, Tlv... tlvs) {
        return SignallingMessage.of(PtpHeader.builder().domain(domain).source(CLIENT_CLOCK).sequenceId(1).build(),
                                    PortIdentity.ALL, tlvs);
    }

    static SignallingMessage fromServer(Tlv... tlvs) {
        return SignallingMessage.of(PtpHeader.builder().domain(0).source(SERVER_CLOCK).sequenceId(1).build(),
                                    CLIENT_CLOCK, tlvs);
    }

    static RequestUnicastTransmission request(int messageType) {
        return RequestUnicastTransmission.of(messageType, 0, 300);
    }

    static GrantUnicastTransmission grant(int messageType) {
        return GrantUnicastTransmission.of(messageType, 0, 300, true);
    }
}
