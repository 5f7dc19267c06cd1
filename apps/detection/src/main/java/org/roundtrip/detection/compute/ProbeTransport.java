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
package org.roundtrip.detection.compute;

import org.onlab.packet.IpAddress;
import org.onlab.packet.TpPort;
import org.onosproject.net.flow.DefaultTrafficSelector;
import org.onosproject.net.flow.TrafficSelector;
import org.roundtrip.base.flow.IcmpFields;
import org.roundtrip.base.flow.IpCriteria;
import org.roundtrip.detection.protocol.ProbeType;

/**
 * What carries a probe and its answer in IP.
 */
public enum ProbeTransport {

    /** Segments of TCP (RFC 9293). */
    TCP {
        @Override
        TrafficSelector.Builder matchProbe(IpAddress.Version version, int port) {
            return match(version, TCP_NUMBER).matchTcpDst(TpPort.tpPort(port));
        }

        @Override
        TrafficSelector.Builder matchAnswer(IpAddress.Version version, int port) {
            return match(version, TCP_NUMBER).matchTcpSrc(TpPort.tpPort(port))
                    .matchTcpDstMasked(FIRST_AGENT_PORT, FIRST_AGENT_PORT);
        }
    },

    /** Datagrams of UDP (RFC 768). */
    UDP {
        @Override
        TrafficSelector.Builder matchProbe(IpAddress.Version version, int port) {
            return match(version, UDP_NUMBER).matchUdpDst(TpPort.tpPort(port));
        }

        @Override
        TrafficSelector.Builder matchAnswer(IpAddress.Version version, int port) {
            return match(version, UDP_NUMBER).matchUdpSrc(TpPort.tpPort(port))
                    .matchUdpDstMasked(FIRST_AGENT_PORT, FIRST_AGENT_PORT);
        }
    },

    /** Echo requests and replies of ICMP (RFC 792) and ICMPv6 (RFC 4443), which have no ports. */
    ICMP {
        @Override
        TrafficSelector.Builder matchProbe(IpAddress.Version version, int port) {
            return IcmpFields.of(version).matchEchoRequest();
        }

        @Override
        TrafficSelector.Builder matchAnswer(IpAddress.Version version, int port) {
            return IcmpFields.of(version).matchEchoReply();
        }
    };

    /**
     * From which port on agents send, and the only bit of it. What listens on the host of an agent has a lower one, and
     * so no member can reach it from the port where it is probed.
     */
    private static final TpPort FIRST_AGENT_PORT = TpPort.tpPort(0x8000);

    private static final byte TCP_NUMBER = 6;
    private static final byte UDP_NUMBER = 17;

    /**
     * Returns what carries probes of a type.
     *
     * @param type the type
     * @return its transport
     */
    public static ProbeTransport of(ProbeType type) {
        switch (type) {
            case UDP:
                return UDP;
            case ICMP:
                return ICMP;
            default:
                return TCP;
        }
    }

    /** Begins to match probes to a port of a member. */
    abstract TrafficSelector.Builder matchProbe(IpAddress.Version version, int port);

    /** Begins to match answers from a port of a member. */
    abstract TrafficSelector.Builder matchAnswer(IpAddress.Version version, int port);

    private static TrafficSelector.Builder match(IpAddress.Version version, byte protocol) {
        return DefaultTrafficSelector.builder().add(IpCriteria.version(version)).matchIPProtocol(protocol);
    }
}
