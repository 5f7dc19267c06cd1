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
package org.roundtrip.tepath;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;
import org.onlab.packet.IpPrefix;
import org.onlab.packet.MacAddress;
import org.onlab.packet.TpPort;
import org.onosproject.net.flow.DefaultTrafficSelector;
import org.onosproject.net.flow.TrafficSelector;
import org.roundtrip.base.InvalidRequestException;
import org.roundtrip.base.Validation;
import org.roundtrip.base.ValueType;
import org.roundtrip.base.flow.IpCriteria;

import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * Which packets that enter at an end of a path go through it. What is left out matches anything; a packet must have the
 * path's {@link Payload} in any case.
 */
@Value.Immutable
@ValueType
@JsonSerialize(as = ImmutableTrafficMatch.class)
@JsonDeserialize(as = ImmutableTrafficMatch.class)
public abstract class TrafficMatch {

    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int SCTP = 132;

    /**
     * Returns the position in the list of matches of a request, which YANG needs as a key. It says nothing about which
     * packets match, so matches are equal whatever their index; a request fills it in.
     *
     * @return 0 or more, or empty for a match outside a request
     */
    @Value.Auxiliary
    public abstract Optional<Integer> index();

    /**
     * Returns the source MAC address to match.
     *
     * @return the address, or empty for any
     */
    public abstract Optional<MacAddress> ethSource();

    /**
     * Returns the destination MAC address to match.
     *
     * @return the address, or empty for any
     */
    public abstract Optional<MacAddress> ethDestination();

    /**
     * Returns the source prefix to match.
     *
     * @return the prefix, or empty for any
     */
    public abstract Optional<IpPrefix> ipSource();

    /**
     * Returns the destination prefix to match.
     *
     * @return the prefix, or empty for any
     */
    public abstract Optional<IpPrefix> ipDestination();

    /**
     * Returns the IP protocol number to match (IPv4) or the next header (IPv6).
     *
     * @return 0 to 255, or empty for any
     */
    public abstract Optional<Integer> ipProtocol();

    /**
     * Returns the transport source port to match; needs {@link #ipProtocol} TCP (6), UDP (17) or SCTP (132).
     *
     * @return 0 to 65535, or empty for any
     */
    public abstract Optional<Integer> sourcePort();

    /**
     * Returns the transport destination port to match; needs {@link #ipProtocol} TCP (6), UDP (17) or SCTP (132).
     *
     * @return 0 to 65535, or empty for any
     */
    public abstract Optional<Integer> destinationPort();

    /**
     * Returns the metadata of a logical port to match (OpenFlow 1.3.5, section 7.2.3.7, OXM_OF_TUNNEL_ID): what another
     * rule of the same switch has given to a packet before it looks the packet up once more, so that several paths can
     * each take in a copy of the same packet. A packet that nothing has been given to has 0.
     *
     * @return 0 to 2<sup>63</sup> - 1, or empty for any
     */
    public abstract Optional<Long> tunnelId();

    /**
     * Refuses what no packet can match.
     *
     * @throws InvalidRequestException naming the fields that are wrong
     */
    @Value.Check
    protected void check() {
        boolean portsAllowed = ipProtocol().filter(p -> p == TCP || p == UDP || p == SCTP).isPresent();
        new Validation()
                .require(ipProtocol().filter(p -> p < 0 || p > 255).isEmpty(), "ip-protocol", "must be 0 to 255")
                .require(isPort(sourcePort()), "source-port", "must be 0 to 65535")
                .require(isPort(destinationPort()), "destination-port", "must be 0 to 65535")
                .require(portsAllowed || (sourcePort().isEmpty() && destinationPort().isEmpty()), "ip-protocol",
                         "must be 6 (TCP), 17 (UDP) or 132 (SCTP) where ports are matched")
                .require(ipSource().isEmpty() || ipDestination().isEmpty()
                                 || ipSource().get().version() == ipDestination().get().version(), "ip-destination",
                         "must be of the same IP version as ip-source")
                .require(tunnelId().filter(id -> id < 0).isEmpty(), "tunnel-id",
                         "must be 0 to " + Long.MAX_VALUE)
                .throwIfInvalid();
    }

    private static boolean isPort(Optional<Integer> port) {
        return port.filter(number -> number < 0 || number > 65535).isEmpty();
    }

    /**
     * Returns whether there can be packets that this match and another one both match: whether they agree in every
     * field that both of them name.
     *
     * @param other another match
     * @return true if a switch that has rules for both could follow one of them only
     */
    public boolean overlaps(TrafficMatch other) {
        return agree(ethSource(), other.ethSource(), Object::equals)
                && agree(ethDestination(), other.ethDestination(), Object::equals)
                && agree(ipSource(), other.ipSource(), TrafficMatch::intersect)
                && agree(ipDestination(), other.ipDestination(), TrafficMatch::intersect)
                && agree(ipProtocol(), other.ipProtocol(), Object::equals)
                && agree(sourcePort(), other.sourcePort(), Object::equals)
                && agree(destinationPort(), other.destinationPort(), Object::equals)
                && agree(tunnelId(), other.tunnelId(), Object::equals);
    }

    private static <T> boolean agree(Optional<T> one, Optional<T> other, BiPredicate<T, T> equal) {
        return one.isEmpty() || other.isEmpty() || equal.test(one.get(), other.get());
    }

    private static boolean intersect(IpPrefix one, IpPrefix other) {
        return one.contains(other) || other.contains(one);
    }

    /**
     * Begins a selector of the packets that match.
     *
     * @param payload what the path carries, which they have
     * @return the selector, to which more conditions can be added, such as the port
     */
    public TrafficSelector.Builder selector(Payload payload) {
        TrafficSelector.Builder selector =
                DefaultTrafficSelector.builder().matchEthType(payload.ethType().toShort());
        tunnelId().ifPresent(selector::matchTunnelId);
        ethSource().ifPresent(selector::matchEthSrc);
        ethDestination().ifPresent(selector::matchEthDst);
        // A prefix of length 0 matches everything, and a switch would report it as no match at all.
        ipSource().filter(prefix -> prefix.prefixLength() > 0).map(IpCriteria::source).ifPresent(selector::add);
        ipDestination().filter(prefix -> prefix.prefixLength() > 0)
                .map(IpCriteria::destination).ifPresent(selector::add);
        ipProtocol().ifPresent(protocol -> {
            selector.matchIPProtocol(protocol.byteValue());
            sourcePort().map(TpPort::tpPort).ifPresent(port -> matchSourcePort(selector, protocol, port));
            destinationPort().map(TpPort::tpPort).ifPresent(port -> matchDestinationPort(selector, protocol, port));
        });
        return selector;
    }

    private static void matchSourcePort(TrafficSelector.Builder selector, int protocol, TpPort port) {
        if (protocol == TCP) {
            selector.matchTcpSrc(port);
        } else if (protocol == UDP) {
            selector.matchUdpSrc(port);
        } else {
            selector.matchSctpSrc(port);
        }
    }

    private static void matchDestinationPort(TrafficSelector.Builder selector, int protocol, TpPort port) {
        if (protocol == TCP) {
            selector.matchTcpDst(port);
        } else if (protocol == UDP) {
            selector.matchUdpDst(port);
        } else {
            selector.matchSctpDst(port);
        }
    }

    /**
     * Returns a builder.
     *
     * @return a builder of a match that matches everything
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Builds matches. */
    public static final class Builder extends ImmutableTrafficMatch.Builder {
    }
}
