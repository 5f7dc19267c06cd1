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
package org.roundtrip.balancer;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;
import org.onosproject.net.DeviceId;
import org.roundtrip.base.InvalidRequestException;
import org.roundtrip.base.Validation;
import org.roundtrip.base.ValueType;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;

/**
 * What a user wants of a virtual server.
 */
@Value.Immutable
@ValueType
@JsonPropertyOrder({"name", "vip", "segmentLength", "protocol", "ports", "members", "accessSwitches", "affinity",
    "drainTime", "panicThreshold", "detectionProfile", "slowStart"})
@JsonSerialize(as = ImmutableVirtualServerRequest.class)
@JsonDeserialize(as = ImmutableVirtualServerRequest.class)
public abstract class VirtualServerRequest {

    /** The longest drain time in seconds: a day. */
    public static final int LONGEST_DRAIN_TIME = 86_400;

    /** The longest slow start in seconds: an hour. */
    public static final int LONGEST_SLOW_START = 3_600;

    /** The most members: each can have a slot. */
    public static final int MOST_MEMBERS = 256;

    /** The most ports and ranges of ports: each takes up to 30 rules in every switch. */
    public static final int MOST_PORT_RANGES = 32;

    private static final int IPV4_SEGMENT = 24;
    private static final int IPV6_SEGMENT = 64;

    /**
     * Returns the name, which no other virtual server has.
     *
     * @return the name
     */
    public abstract String name();

    /**
     * Returns the virtual IP address, to which clients send and from which members answer.
     *
     * @return an IPv4 or IPv6 address that no host has for itself
     */
    public abstract IpAddress vip();

    /**
     * Returns how many leading bits of an address make a network segment. The virtual IP address and the addresses of
     * the
     * members must lie in different ones: a member would otherwise find its clients' gateway in its own segment.
     *
     * @return 1 to 31 for IPv4, 24 unless said otherwise; 1 to 127 for IPv6, 64 unless said otherwise
     */
    @Value.Default
    public int segmentLength() {
        return vip().isIp4() ? IPV4_SEGMENT : IPV6_SEGMENT;
    }

    /**
     * Returns the transport protocol.
     *
     * @return TCP unless said otherwise
     */
    @Value.Default
    public TransportProtocol protocol() {
        return TransportProtocol.TCP;
    }

    /**
     * Returns the ports.
     *
     * @return one to {@link #MOST_PORT_RANGES}, which do not overlap
     */
    @Value.NaturalOrder
    public abstract SortedSet<PortRange> ports();

    /**
     * Returns the members.
     *
     * @return none to {@link #MOST_MEMBERS}, of which no two have the same address and port
     */
    public abstract List<Member> members();

    /**
     * Returns the switches that act as load balancers.
     *
     * @return one or more switches
     */
    public abstract Set<DeviceId> accessSwitches();

    /**
     * Returns what makes two connections go to the same member.
     *
     * @return nothing unless said otherwise
     */
    @Value.Default
    public Affinity affinity() {
        return Affinity.CONNECTION;
    }

    /**
     * Returns for how long connections of a member that is drained or removed go on.
     *
     * @return seconds, 0 to {@link #LONGEST_DRAIN_TIME}; 300 unless said otherwise
     */
    @Value.Default
    public int drainTime() {
        return 300;
    }

    /**
     * Returns the share of members below which, when no more look usable, all are used.
     *
     * @return percent, 0, which is never, to 100; 0 unless said otherwise
     */
    @Value.Default
    public int panicThreshold() {
        return 0;
    }

    /**
     * Returns how the members are probed.
     *
     * @return the name of a profile, or empty if they are not
     */
    public abstract Optional<String> detectionProfile();

    /**
     * Returns for how long the share of a member grows that begins to serve or serves again.
     *
     * @return seconds, 0, in which case it has its share at once, to {@link #LONGEST_SLOW_START}; 0 unless said
     *         otherwise
     */
    @Value.Default
    public int slowStart() {
        return 0;
    }

    /**
     * Refuses what can't be a virtual server in any network.
     *
     * @throws InvalidRequestException naming the fields that are wrong
     */
    @Value.Check
    protected void check() {
        int bits = vip().isIp4() ? 32 : 128;
        Validation validation = new Validation()
                .requireName(name(), "name")
                .require(isOfOneHost(vip().toInetAddress()), "vip", "must be an address of one host, not link-local")
                .require(segmentLength() > 0 && segmentLength() < bits, "segment-length", "must be 1 to " + (bits - 1))
                .require(!ports().isEmpty(), "ports", "must be one or more, such as 80 or 8000-8079")
                .require(ports().size() <= MOST_PORT_RANGES, "ports", "must be at most " + MOST_PORT_RANGES
                        + " ports and ranges of ports")
                .require(members().size() <= MOST_MEMBERS, "members", "must be at most " + MOST_MEMBERS)
                .require(!accessSwitches().isEmpty(), "access-switches", "must be one or more switches, such as"
                        + " of:0000000000000001")
                .require(drainTime() >= 0 && drainTime() <= LONGEST_DRAIN_TIME, "drain-time",
                         "must be 0 to " + LONGEST_DRAIN_TIME + " seconds")
                .require(panicThreshold() >= 0 && panicThreshold() <= 100, "panic-threshold",
                         "must be 0 to 100 percent")
                .require(slowStart() >= 0 && slowStart() <= LONGEST_SLOW_START, "slow-start",
                         "must be 0 to " + LONGEST_SLOW_START + " seconds");
        detectionProfile().ifPresent(profile -> validation.requireName(profile, "detection-profile"));
        requirePorts(validation);
        // What is refused for its size need not be searched for other errors, which takes long.
        Map<MemberId, Integer> positions = new HashMap<>();
        for (int i = 0; i < Math.min(members().size(), MOST_MEMBERS); i++) {
            Member member = members().get(i);
            String field = "members[" + i + "]";
            requireMember(validation, field, member);
            Integer same = positions.putIfAbsent(member.id(), i);
            validation.require(same == null, field, () -> "is the same as members[" + same + "], " + member.id());
        }
        validation.throwIfInvalid();
    }

    private static boolean isOfOneHost(InetAddress address) {
        return !address.isAnyLocalAddress() && !address.isLoopbackAddress() && !address.isMulticastAddress()
                && !address.isLinkLocalAddress();
    }

    private void requirePorts(Validation validation) {
        PortRange previous = null;
        for (PortRange range : ports()) {
            validation.require(previous == null || !previous.overlaps(range), "ports", range + " overlaps with "
                    + previous + ": name each port once");
            previous = range;
        }
    }

    private void requireMember(Validation validation, String field, Member member) {
        boolean hasVersion = member.address().version() == vip().version();
        validation.require(hasVersion, field + ".address", "must be of the IP version of the vip, "
                + (vip().isIp4() ? "IPv4" : "IPv6"));
        validation.require(!hasVersion || !inSegmentOfVip(member.address()), field + ".address", () -> member.address()
                + " is in the segment of the vip, " + segment(vip()) + ": give the member's interface an address in"
                + " another segment, or say by segment-length how long the prefix of a segment is");
        validation.require(member.port() == 0 || hasOnePort(), field + ".port", "must be left out: the virtual"
                + " server has several ports, and members listen at the same");
        validation.require(member.port() == 0 || protocol() != TransportProtocol.SCTP, field + ".port",
                           "must be left out: ports of SCTP can't be translated, and members listen at the same");
    }

    private boolean hasOnePort() {
        return ports().size() == 1 && ports().first().isSingle();
    }

    private boolean inSegmentOfVip(IpAddress address) {
        return segmentLength() > 0 && segment(vip()).contains(address);
    }

    private IpPrefix segment(IpAddress address) {
        return IpPrefix.valueOf(address, Math.min(segmentLength(), address.isIp4() ? 32 : 128));
    }

    /**
     * Returns a builder.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Builds these values. */
    public static final class Builder extends ImmutableVirtualServerRequest.Builder {
    }
}
