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

import org.onlab.packet.IpAddress;
import org.onlab.packet.TpPort;
import org.onosproject.net.flow.DefaultTrafficSelector;
import org.onosproject.net.flow.TrafficSelector;
import org.onosproject.net.flow.TrafficTreatment;
import org.roundtrip.balancer.TransportProtocol;
import org.roundtrip.balancer.VirtualServerRequest;
import org.roundtrip.base.flow.IpCriteria;

/**
 * The fields of the packets of a virtual server, in the words of its IP version and transport protocol.
 */
final class ServerFields {

    private final IpAddress.Version version;
    private final TransportProtocol protocol;

    private ServerFields(IpAddress.Version version, TransportProtocol protocol) {
        this.version = version;
        this.protocol = protocol;
    }

    static ServerFields of(VirtualServerRequest request) {
        return of(request.vip().version(), request.protocol());
    }

    static ServerFields of(IpAddress.Version version, TransportProtocol protocol) {
        return new ServerFields(version, protocol);
    }

    /** Begins to match packets of the virtual server's IP version and transport protocol. */
    TrafficSelector.Builder match() {
        return DefaultTrafficSelector.builder().add(IpCriteria.version(version))
                .matchIPProtocol((byte) protocol.number());
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
