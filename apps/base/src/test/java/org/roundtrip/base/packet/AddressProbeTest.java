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
package org.roundtrip.base.packet;

import org.junit.jupiter.api.Test;
import org.onlab.packet.ARP;
import org.onlab.packet.DeserializationException;
import org.onlab.packet.Ethernet;
import org.onlab.packet.ICMP6;
import org.onlab.packet.IPv6;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.IpAddress;
import org.onlab.packet.MacAddress;
import org.onlab.packet.ndp.NeighborSolicitation;

import static org.assertj.core.api.Assertions.assertThat;

class AddressProbeTest {

    @Test
    void anArpProbeComesFromNoAddress() throws DeserializationException {
        Ethernet frame = read(IpAddress.valueOf("192.0.2.7"));

        assertThat(frame.getDestinationMAC()).isEqualTo(MacAddress.BROADCAST);
        assertThat(frame.getSourceMAC()).isEqualTo(MacAddress.ONOS);
        ARP question = (ARP) frame.getPayload();
        assertThat(question.getOpCode()).isEqualTo(ARP.OP_REQUEST);
        assertThat(question.getSenderProtocolAddress()).isEqualTo(Ip4Address.ZERO.toOctets());
        assertThat(question.getTargetProtocolAddress()).isEqualTo(Ip4Address.valueOf("192.0.2.7").toOctets());
    }

    @Test
    void aSolicitationGoesToTheGroupOfTheAddress() throws DeserializationException {
        Ethernet frame = read(IpAddress.valueOf("2001:db8::12:3456"));

        assertThat(frame.getDestinationMAC()).isEqualTo(MacAddress.valueOf("33:33:ff:12:34:56"));
        IPv6 packet = (IPv6) frame.getPayload();
        assertThat(packet.getHopLimit()).isEqualTo((byte) 255);
        assertThat(packet.getDestinationAddress()).isEqualTo(Ip6Address.valueOf("ff02::1:ff12:3456").toOctets());
        ICMP6 message = (ICMP6) packet.getPayload();
        assertThat(message.getIcmpType()).isEqualTo(ICMP6.NEIGHBOR_SOLICITATION);
        assertThat(((NeighborSolicitation) message.getPayload()).getTargetAddress())
                .isEqualTo(Ip6Address.valueOf("2001:db8::12:3456").toOctets());
    }

    private static Ethernet read(IpAddress address) throws DeserializationException {
        byte[] frame = AddressProbe.of(address);
        return Ethernet.deserializer().deserialize(frame, 0, frame.length);
    }
}
