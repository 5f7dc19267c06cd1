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
package org.roundtrip.balancer.compute;

import org.onlab.packet.EthType;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;
import org.onlab.packet.TpPort;
import org.onosproject.net.flow.DefaultTrafficSelector;
import org.onosproject.net.flow.TrafficSelector;
import org.onosproject.net.flow.TrafficTreatment;
import org.onosproject.net.flow.instructions.Instructions;
import org.roundtrip.balancer.TransportProtocol;
import org.roundtrip.balancer.VirtualServerRequest;

/**
 * The fields of the packets of a virtual server, in the words of its IP version and transport protocol.
 */
final class ServerFields {

    private final boolean isIpv6;
    private final TransportProtocol protocol;

    private ServerFields(boolean isIpv6, TransportProtocol protocol) {
        this.isIpv6 = isIpv6;
        this.protocol = protocol;
    }

    static ServerFields of(VirtualServerRequest request) {
        return new ServerFields(request.vip().isIp6(), request.protocol());
    }

    /** Begins to match packets of the virtual server's IP version and transport protocol. */
    TrafficSelector.Builder match() {
        return DefaultTrafficSelector.builder()
                .matchEthType((isIpv6 ? EthType.EtherType.IPV6 : EthType.EtherType.IPV4).ethType().toShort())
                .matchIPProtocol((byte) protocol.number());
    }

    TrafficSelector.Builder matchDestination(TrafficSelector.Builder selector, IpAddress address) {
        IpPrefix host = address.toIpPrefix();
        return isIpv6 ? selector.matchIPv6Dst(host) : selector.matchIPDst(host);
    }

    TrafficSelector.Builder matchSource(TrafficSelector.Builder selector, IpAddress address) {
        IpPrefix host = address.toIpPrefix();
        return isIpv6 ? selector.matchIPv6Src(host) : selector.matchIPSrc(host);
    }

    TrafficSelector.Builder matchDestinationPort(TrafficSelector.Builder selector, PortMask ports) {
        TpPort value = TpPort.tpPort(ports.value());
        TpPort mask = TpPort.tpPort(ports.mask());
        switch (protocol) {
            case TCP:
                return ports.isExact() ? selector.matchTcpDst(value) : selector.matchTcpDstMasked(value, mask);
            case UDP:
                return ports.isExact() ? selector.matchUdpDst(value) : selector.matchUdpDstMasked(value, mask);
            default:
                return ports.isExact() ? selector.matchSctpDst(value) : selector.matchSctpDstMasked(value, mask);
        }
    }

    TrafficSelector.Builder matchSourcePort(TrafficSelector.Builder selector, PortMask ports) {
        TpPort value = TpPort.tpPort(ports.value());
        TpPort mask = TpPort.tpPort(ports.mask());
        switch (protocol) {
            case TCP:
                return ports.isExact() ? selector.matchTcpSrc(value) : selector.matchTcpSrcMasked(value, mask);
            case UDP:
                return ports.isExact() ? selector.matchUdpSrc(value) : selector.matchUdpSrcMasked(value, mask);
            default:
                return ports.isExact() ? selector.matchSctpSrc(value) : selector.matchSctpSrcMasked(value, mask);
        }
    }

    TrafficTreatment.Builder setDestination(TrafficTreatment.Builder treatment, IpAddress address) {
        return treatment.add(isIpv6 ? Instructions.modL3IPv6Dst(address) : Instructions.modL3Dst(address));
    }

    /** Virtual servers of SCTP do not translate ports, for which ONOS has no instruction. */
    TrafficTreatment.Builder setDestinationPort(TrafficTreatment.Builder treatment, int port) {
        return protocol == TransportProtocol.TCP ? treatment.setTcpDst(TpPort.tpPort(port))
                : treatment.setUdpDst(TpPort.tpPort(port));
    }

    TrafficTreatment.Builder setSourcePort(TrafficTreatment.Builder treatment, int port) {
        return protocol == TransportProtocol.TCP ? treatment.setTcpSrc(TpPort.tpPort(port))
                : treatment.setUdpSrc(TpPort.tpPort(port));
    }
}
