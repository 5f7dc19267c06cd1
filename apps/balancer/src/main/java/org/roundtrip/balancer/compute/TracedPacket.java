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

import org.immutables.value.Value;
import org.onlab.packet.EthType;
import org.onlab.packet.IpAddress;
import org.onlab.packet.MacAddress;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.TrafficSelector;
import org.onosproject.net.flow.criteria.Criterion;
import org.onosproject.net.flow.criteria.EthCriterion;
import org.onosproject.net.flow.criteria.EthTypeCriterion;
import org.onosproject.net.flow.criteria.ExtensionCriterion;
import org.onosproject.net.flow.criteria.IPCriterion;
import org.onosproject.net.flow.criteria.IPProtocolCriterion;
import org.onosproject.net.flow.criteria.PortCriterion;
import org.onosproject.net.flow.criteria.SctpPortCriterion;
import org.onosproject.net.flow.criteria.TcpPortCriterion;
import org.onosproject.net.flow.criteria.TunnelIdCriterion;
import org.onosproject.net.flow.criteria.UdpPortCriterion;
import org.onosproject.net.flow.instructions.Instruction;
import org.onosproject.net.flow.instructions.L2ModificationInstruction;
import org.onosproject.net.flow.instructions.L3ModificationInstruction;
import org.onosproject.net.flow.instructions.L4ModificationInstruction;
import org.roundtrip.balancer.TransportProtocol;
import org.roundtrip.base.ValueType;

import java.math.BigInteger;
import java.util.Optional;

/**
 * An untagged packet of a connection, as a switch sees it while it goes through the tables.
 */
@Value.Immutable
@ValueType
public abstract class TracedPacket {

    private static final long EXACT = 0xffff_ffff_ffffL;
    private static final int ALL_PORTS = 0xffff;

    /**
     * Returns where it came in.
     *
     * @return a port, or empty if it is not known or the switch has been told to forget it
     */
    public abstract Optional<PortNumber> inPort();

    /**
     * Returns from which station its frame comes.
     *
     * @return the MAC address, or empty if it is not known
     */
    public abstract Optional<MacAddress> ethSource();

    /**
     * Returns to which station its frame goes.
     *
     * @return the MAC address, or empty if it is not known
     */
    public abstract Optional<MacAddress> ethDestination();

    /**
     * Returns from which address it comes.
     *
     * @return the address
     */
    public abstract IpAddress source();

    /**
     * Returns to which address it goes.
     *
     * @return the address
     */
    public abstract IpAddress destination();

    /**
     * Returns its transport protocol.
     *
     * @return the protocol
     */
    public abstract TransportProtocol protocol();

    /**
     * Returns from which port it comes.
     *
     * @return 1 to 65535
     */
    public abstract int sourcePort();

    /**
     * Returns to which port it goes.
     *
     * @return 1 to 65535
     */
    public abstract int destinationPort();

    /**
     * Returns its tunnel id.
     *
     * @return {@link Pipeline#ARRIVED} unless said otherwise
     */
    @Value.Default
    public long tunnelId() {
        return Pipeline.ARRIVED;
    }

    /**
     * Returns the mark of its connection.
     *
     * @return 0 unless it was looked up and is known
     */
    @Value.Default
    public long mark() {
        return 0;
    }

    /** Returns the packet as the switch behind a link sees it: what goes with it inside of a switch stays there. */
    TracedPacket arrivedAt(Optional<PortNumber> port) {
        return builder().from(this).inPort(port).tunnelId(Pipeline.ARRIVED).mark(0).build();
    }

    /** Returns whether a rule with this match takes it. Fields that are not known match nothing. */
    boolean matches(TrafficSelector selector) {
        return selector.criteria().stream().allMatch(this::matches);
    }

    private boolean matches(Criterion criterion) {
        switch (criterion.type()) {
            case IN_PORT:
                return inPort().filter(((PortCriterion) criterion).port()::equals).isPresent();
            case ETH_SRC:
            case ETH_SRC_MASKED:
                return matches((EthCriterion) criterion, ethSource());
            case ETH_DST:
            case ETH_DST_MASKED:
                return matches((EthCriterion) criterion, ethDestination());
            case ETH_TYPE:
                return ((EthTypeCriterion) criterion).ethType().equals(ethType());
            case IP_PROTO:
                return ((IPProtocolCriterion) criterion).protocol() == protocol().number();
            case IPV4_SRC:
            case IPV6_SRC:
                return ((IPCriterion) criterion).ip().contains(source());
            case IPV4_DST:
            case IPV6_DST:
                return ((IPCriterion) criterion).ip().contains(destination());
            case TUNNEL_ID:
                return ((TunnelIdCriterion) criterion).tunnelId() == tunnelId();
            case EXTENSION:
                return DescribedExtensions.mark(((ExtensionCriterion) criterion).extensionSelector())
                        .filter(mark -> mark == mark()).isPresent();
            default:
                return matchesPort(criterion);
        }
    }

    private boolean matchesPort(Criterion criterion) {
        switch (criterion.type()) {
            case TCP_SRC:
            case TCP_SRC_MASKED:
                return protocol() == TransportProtocol.TCP && matches((TcpPortCriterion) criterion, sourcePort());
            case TCP_DST:
            case TCP_DST_MASKED:
                return protocol() == TransportProtocol.TCP && matches((TcpPortCriterion) criterion, destinationPort());
            case UDP_SRC:
            case UDP_SRC_MASKED:
                return protocol() == TransportProtocol.UDP && matches((UdpPortCriterion) criterion, sourcePort());
            case UDP_DST:
            case UDP_DST_MASKED:
                return protocol() == TransportProtocol.UDP && matches((UdpPortCriterion) criterion, destinationPort());
            case SCTP_SRC:
            case SCTP_SRC_MASKED:
                return protocol() == TransportProtocol.SCTP && matches((SctpPortCriterion) criterion, sourcePort());
            case SCTP_DST:
            case SCTP_DST_MASKED:
                return protocol() == TransportProtocol.SCTP
                        && matches((SctpPortCriterion) criterion, destinationPort());
            default:
                return false;
        }
    }

    private EthType ethType() {
        return (source().isIp6() ? EthType.EtherType.IPV6 : EthType.EtherType.IPV4).ethType();
    }

    private static boolean matches(EthCriterion wanted, Optional<MacAddress> address) {
        long mask = wanted.mask() == null ? EXACT : wanted.mask().toLong();
        return address.filter(known -> ((known.toLong() ^ wanted.mac().toLong()) & mask) == 0).isPresent();
    }

    private static boolean matches(TcpPortCriterion wanted, int port) {
        return matches(wanted.tcpPort().toInt(), wanted.mask() == null ? ALL_PORTS : wanted.mask().toInt(), port);
    }

    private static boolean matches(UdpPortCriterion wanted, int port) {
        return matches(wanted.udpPort().toInt(), wanted.mask() == null ? ALL_PORTS : wanted.mask().toInt(), port);
    }

    private static boolean matches(SctpPortCriterion wanted, int port) {
        return matches(wanted.sctpPort().toInt(), wanted.mask() == null ? ALL_PORTS : wanted.mask().toInt(), port);
    }

    private static boolean matches(int wanted, int mask, int port) {
        return ((wanted ^ port) & mask) == 0;
    }

    /** Returns the packet after an instruction that changes a field; as it is if the instruction does not. */
    TracedPacket changedBy(Instruction instruction) {
        switch (instruction.type()) {
            case L2MODIFICATION:
                return changedBy((L2ModificationInstruction) instruction);
            case L3MODIFICATION:
                return changedBy((L3ModificationInstruction) instruction);
            case L4MODIFICATION:
                return changedBy((L4ModificationInstruction) instruction);
            default:
                return this;
        }
    }

    private TracedPacket changedBy(L2ModificationInstruction instruction) {
        switch (instruction.subtype()) {
            case ETH_SRC:
                return builder().from(this).ethSource(
                        ((L2ModificationInstruction.ModEtherInstruction) instruction).mac()).build();
            case ETH_DST:
                return builder().from(this).ethDestination(
                        ((L2ModificationInstruction.ModEtherInstruction) instruction).mac()).build();
            case TUNNEL_ID:
                return withTunnelId(((L2ModificationInstruction.ModTunnelIdInstruction) instruction).tunnelId());
            default:
                return this;
        }
    }

    private TracedPacket changedBy(L3ModificationInstruction instruction) {
        switch (instruction.subtype()) {
            case IPV4_SRC:
            case IPV6_SRC:
                return builder().from(this).source(
                        ((L3ModificationInstruction.ModIPInstruction) instruction).ip()).build();
            case IPV4_DST:
            case IPV6_DST:
                return builder().from(this).destination(
                        ((L3ModificationInstruction.ModIPInstruction) instruction).ip()).build();
            default:
                return this;
        }
    }

    private TracedPacket changedBy(L4ModificationInstruction instruction) {
        int port = ((L4ModificationInstruction.ModTransportPortInstruction) instruction).port().toInt();
        switch (instruction.subtype()) {
            case TCP_SRC:
            case UDP_SRC:
                return builder().from(this).sourcePort(port).build();
            default:
                return builder().from(this).destinationPort(port).build();
        }
    }

    /** Returns the packet after bits of one field have gone to another one. */
    TracedPacket moved(PacketField from, int firstBit, PacketField to, int firstBitThere, int bits) {
        long mask = -1L >>> (Long.SIZE - bits);
        return value(from).flatMap(value -> value(to).map(before -> with(
                        to, before & ~(mask << firstBitThere) | (value >>> firstBit & mask) << firstBitThere)))
                .orElse(this);
    }

    /** Returns the last bits of a field, if it is one that a packet of a connection has and it is known. */
    private Optional<Long> value(PacketField field) {
        switch (field) {
            case ETH_SRC:
                return ethSource().map(MacAddress::toLong);
            case ETH_DST:
                return ethDestination().map(MacAddress::toLong);
            case IPV4_SRC:
            case IPV6_SRC:
                return Optional.of(new BigInteger(source().toOctets()).longValue());
            case TCP_SRC:
            case UDP_SRC:
                return Optional.of((long) sourcePort());
            case TUNNEL_ID:
                return Optional.of(tunnelId());
            case CT_MARK:
                return Optional.of(mark());
            default:
                return Optional.empty();
        }
    }

    private TracedPacket with(PacketField field, long value) {
        switch (field) {
            case ETH_SRC:
                return builder().from(this).ethSource(MacAddress.valueOf(value)).build();
            case ETH_DST:
                return builder().from(this).ethDestination(MacAddress.valueOf(value)).build();
            case TUNNEL_ID:
                return withTunnelId(value);
            default:
                return this;
        }
    }

    /** Returns the packet with another tunnel id. */
    TracedPacket withTunnelId(long tunnelId) {
        return builder().from(this).tunnelId(tunnelId).build();
    }

    /** Returns the packet after its connection has been looked up. */
    TracedPacket withMark(long mark) {
        return builder().from(this).mark(mark).build();
    }

    /** Returns the packet of which the switch has forgotten where it came in. */
    TracedPacket withoutInPort() {
        return builder().from(this).inPort(Optional.empty()).build();
    }

    /**
     * Returns a builder.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Builds packets. */
    public static final class Builder extends ImmutableTracedPacket.Builder {
    }
}
