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
import org.onosproject.net.Host;
import org.roundtrip.balancer.Member;
import org.roundtrip.balancer.PortRange;
import org.roundtrip.balancer.VirtualServerRequest;
import org.roundtrip.base.ConflictException;
import org.roundtrip.base.FieldError;
import org.roundtrip.base.InvalidRequestException;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a virtual server can't be because of the others and the network.
 */
public final class ServerConflicts {

    private final VirtualServerRequest request;
    private final Collection<VirtualServerRequest> others;
    private final List<FieldError> errors = new ArrayList<>();

    private ServerConflicts(VirtualServerRequest request, Collection<VirtualServerRequest> others) {
        this.request = request;
        this.others = others;
    }

    /**
     * Refuses a virtual server that contradicts others or the network. Switches that nobody knows are no reason: they
     * may come. Linear in the members of all others.
     *
     * @param request    what is asked for
     * @param others     what was asked for by other names
     * @param hostsOfVip the hosts that have the virtual IP address. Those that are members are meant to have it, and
     *                   what has its own MAC address is the balancer itself
     * @throws InvalidRequestException if two of its own members can't be told apart by their replies
     * @throws ConflictException       naming all fields that contradict something
     */
    public static void requireNone(VirtualServerRequest request, Collection<VirtualServerRequest> others,
                                   Set<Host> hostsOfVip) {
        new ServerConflicts(request, others).check(hostsOfVip);
    }

    private void check(Set<Host> hostsOfVip) {
        requireOwnMembersApart();
        requireVipOfNoHost(hostsOfVip);
        others.forEach(other -> {
            requireVipOfNoMember(other);
            if (other.vip().equals(request.vip())) {
                requireSameAccessSwitches(other);
                if (other.protocol() == request.protocol()) {
                    requireOtherPorts(other);
                    requireOtherListeners(other);
                }
            } else {
                requireOtherMac(other);
            }
        });
        if (!errors.isEmpty()) {
            throw new ConflictException(errors);
        }
    }

    private void requireOwnMembersApart() {
        List<FieldError> same = new ArrayList<>();
        for (int i = 0; i < request.members().size(); i++) {
            Member member = request.members().get(i);
            if (request.members().subList(0, i).stream().anyMatch(earlier -> listenAlike(earlier, request, member))) {
                same.add(FieldError.of(field(i), "listens at the same address and port as another member, whose port"
                        + " is written differently: leave one of them out"));
            }
        }
        if (!same.isEmpty()) {
            throw new InvalidRequestException(same);
        }
    }

    private void requireVipOfNoHost(Set<Host> hosts) {
        Set<IpAddress> members = Stream.concat(Stream.of(request), others.stream())
                .filter(server -> server.vip().equals(request.vip())).flatMap(server -> server.members().stream())
                .map(Member::address).collect(Collectors.toSet());
        hosts.stream().filter(host -> !host.mac().equals(VipMac.of(request.vip())))
                .filter(host -> host.ipAddresses().stream().noneMatch(members::contains)).findFirst()
                .ifPresent(host -> refuse("vip", request.vip() + " is the address of the host " + host.id() + " at "
                        + host.location() + ", which is no member: choose an address that no host has"));
    }

    private void requireVipOfNoMember(VirtualServerRequest other) {
        if (other.members().stream().anyMatch(member -> member.address().equals(request.vip()))) {
            refuse("vip", request.vip() + " is the address of a member of the virtual server '" + other.name()
                    + "': choose another one");
        }
        for (int i = 0; i < request.members().size(); i++) {
            if (request.members().get(i).address().equals(other.vip())) {
                refuse(field(i) + ".address", other.vip() + " is the virtual IP address of '" + other.name()
                        + "': name the address that the member's interface has for itself");
            }
        }
    }

    private void requireSameAccessSwitches(VirtualServerRequest other) {
        if (!other.accessSwitches().equals(request.accessSwitches())) {
            refuse("access-switches", "must be those of the virtual server '" + other.name() + "', which has the same"
                    + " virtual IP address: " + other.accessSwitches().stream().map(Object::toString).sorted()
                    .collect(Collectors.joining(", ")));
        }
    }

    private void requireOtherPorts(VirtualServerRequest other) {
        request.ports().forEach(range -> other.ports().stream().filter(range::overlaps).forEach(taken -> refuse(
                "ports", range + (taken.equals(range) ? " is" : " overlaps with " + taken) + " of the virtual server '"
                        + other.name() + "', which has the same virtual IP address and protocol")));
    }

    /** A reply only tells the port where its member listens: it must tell the port to which the client has sent. */
    private void requireOtherListeners(VirtualServerRequest other) {
        for (int i = 0; i < request.members().size(); i++) {
            Member member = request.members().get(i);
            if (other.members().stream().anyMatch(present -> listenAlike(present, other, member))) {
                refuse(field(i), member.id() + " listens there for the virtual server '" + other.name() + "' too,"
                        + " which has the same virtual IP address: its replies could be of either; let it listen at"
                        + " another port for one of them");
            }
        }
    }

    private void requireOtherMac(VirtualServerRequest other) {
        if (VipMac.of(other.vip()).equals(VipMac.of(request.vip()))) {
            refuse("vip", "the MAC address that follows from it, " + VipMac.of(request.vip()) + ", is that of "
                    + other.vip() + " of the virtual server '" + other.name() + "' too: choose another address");
        }
    }

    private boolean listenAlike(Member one, VirtualServerRequest server, Member other) {
        return one.address().equals(other.address()) && listening(one, server).anyMatch(
                range -> listening(other, request).anyMatch(range::overlaps));
    }

    private static Stream<PortRange> listening(Member member, VirtualServerRequest server) {
        return member.port() == 0 ? server.ports().stream() : Stream.of(PortRange.of(member.port(), member.port()));
    }

    private static String field(int member) {
        return "members[" + member + "]";
    }

    private void refuse(String field, String detail) {
        errors.add(FieldError.of(field, detail));
    }
}
