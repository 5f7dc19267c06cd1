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
package org.roundtrip.base.flow;

import com.google.common.collect.ImmutableList;
import org.onlab.packet.IpAddress;
import org.onosproject.net.flow.DefaultTrafficSelector;
import org.onosproject.net.flow.TrafficSelector;
import org.onosproject.net.flow.criteria.Criteria;
import org.onosproject.net.flow.criteria.Criterion;

import java.util.stream.Stream;

/**
 * The messages of ICMP (RFC 792) and ICMPv6 (RFC 4443), in the words of the IP version.
 */
public enum IcmpFields {

    /** ICMP: destination unreachable, time exceeded and parameter problem are errors. */
    IPV4(IpAddress.Version.INET, 1, 8, 0, ImmutableList.of(3, 11, 12)) {
        @Override
        Criterion type(int type) {
            return Criteria.matchIcmpType((byte) type);
        }
    },

    /** ICMPv6: destination unreachable, packet too big, time exceeded and parameter problem are errors. */
    IPV6(IpAddress.Version.INET6, 58, 128, 129, ImmutableList.of(1, 2, 3, 4)) {
        @Override
        Criterion type(int type) {
            return Criteria.matchIcmpv6Type((byte) type);
        }
    };

    /** Neighbor solicitations (RFC 4861, section 4.3). */
    public static final int NEIGHBOR_SOLICITATION = 135;

    /** Neighbor advertisements (RFC 4861, section 4.4). */
    public static final int NEIGHBOR_ADVERTISEMENT = 136;

    private final IpAddress.Version version;
    private final int protocol;
    private final int echoRequest;
    private final int echoReply;
    private final ImmutableList<Integer> errors;

    IcmpFields(IpAddress.Version version, int protocol, int echoRequest, int echoReply,
               ImmutableList<Integer> errors) {
        this.version = version;
        this.protocol = protocol;
        this.echoRequest = echoRequest;
        this.echoReply = echoReply;
        this.errors = errors;
    }

    /**
     * Returns the messages that belong to a version of IP.
     *
     * @param version the version
     * @return its messages
     */
    public static IcmpFields of(IpAddress.Version version) {
        return version == IpAddress.Version.INET ? IPV4 : IPV6;
    }

    abstract Criterion type(int type);

    /**
     * Returns whether a message quotes a packet of which it says what became.
     *
     * @param protocolNumber the protocol of IP by which it came
     * @param type           its type, 0 to 255
     * @return true if it is an error of this protocol
     */
    public boolean isError(int protocolNumber, int type) {
        return protocolNumber == protocol && errors.contains(type);
    }

    /**
     * Begins to match any message.
     *
     * @return a selector to go on with
     */
    public TrafficSelector.Builder match() {
        return DefaultTrafficSelector.builder().add(IpCriteria.version(version)).matchIPProtocol((byte) protocol);
    }

    /**
     * Begins to match messages of a type.
     *
     * @param type the type, 0 to 255
     * @return a selector to go on with
     */
    public TrafficSelector.Builder match(int type) {
        return match().add(type(type));
    }

    /**
     * Begins to match echo requests.
     *
     * @return a selector to go on with
     */
    public TrafficSelector.Builder matchEchoRequest() {
        return match(echoRequest);
    }

    /**
     * Begins to match echo replies.
     *
     * @return a selector to go on with
     */
    public TrafficSelector.Builder matchEchoReply() {
        return match(echoReply);
    }

    /**
     * Begins to match messages that say that a destination can't be reached.
     *
     * @return a selector to go on with
     */
    public TrafficSelector.Builder matchUnreachable() {
        return match(errors.get(0));
    }

    /**
     * Begins to match each type of messages that quote a packet of which they say what became.
     *
     * @return a selector to go on with for each type
     */
    public Stream<TrafficSelector.Builder> matchErrors() {
        return errors.stream().map(this::match);
    }
}
