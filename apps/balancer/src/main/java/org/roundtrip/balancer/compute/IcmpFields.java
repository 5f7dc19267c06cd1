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

import com.google.common.collect.ImmutableList;
import org.onlab.packet.IpAddress;
import org.onosproject.net.flow.DefaultTrafficSelector;
import org.onosproject.net.flow.TrafficSelector;
import org.onosproject.net.flow.criteria.Criteria;
import org.onosproject.net.flow.criteria.Criterion;
import org.roundtrip.base.flow.IpCriteria;

import java.util.stream.Stream;

/**
 * The messages of ICMP (RFC 792) and ICMPv6 (RFC 4443), in the words of the IP version.
 */
enum IcmpFields {

    /** ICMP: destination unreachable, time exceeded and parameter problem are errors. */
    IPV4(IpAddress.Version.INET, 1, 8, ImmutableList.of(3, 11, 12)) {
        @Override
        Criterion type(int type) {
            return Criteria.matchIcmpType((byte) type);
        }
    },

    /** ICMPv6: destination unreachable, packet too big, time exceeded and parameter problem are errors. */
    IPV6(IpAddress.Version.INET6, 58, 128, ImmutableList.of(1, 2, 3, 4)) {
        @Override
        Criterion type(int type) {
            return Criteria.matchIcmpv6Type((byte) type);
        }
    };

    /** Neighbor solicitations (RFC 4861, section 4.3). */
    static final int NEIGHBOR_SOLICITATION = 135;

    /** Neighbor advertisements (RFC 4861, section 4.4). */
    static final int NEIGHBOR_ADVERTISEMENT = 136;

    private final IpAddress.Version version;
    private final int protocol;
    private final int echoRequest;
    private final ImmutableList<Integer> errors;

    IcmpFields(IpAddress.Version version, int protocol, int echoRequest, ImmutableList<Integer> errors) {
        this.version = version;
        this.protocol = protocol;
        this.echoRequest = echoRequest;
        this.errors = errors;
    }

    static IcmpFields of(IpAddress.Version version) {
        return version == IpAddress.Version.INET ? IPV4 : IPV6;
    }

    abstract Criterion type(int type);

    /** Returns whether a protocol of IP and a type of it are a message that quotes a packet. */
    boolean isError(int protocolNumber, int type) {
        return protocolNumber == protocol && errors.contains(type);
    }

    /** Begins to match any message. */
    TrafficSelector.Builder match() {
        return DefaultTrafficSelector.builder().add(IpCriteria.version(version)).matchIPProtocol((byte) protocol);
    }

    /** Begins to match messages of a type. */
    TrafficSelector.Builder match(int type) {
        return match().add(type(type));
    }

    /** Begins to match echo requests. */
    TrafficSelector.Builder matchEchoRequest() {
        return match(echoRequest);
    }

    /** Begins to match each type of messages that quote a packet of which they say what became. */
    Stream<TrafficSelector.Builder> matchErrors() {
        return errors.stream().map(this::match);
    }
}
