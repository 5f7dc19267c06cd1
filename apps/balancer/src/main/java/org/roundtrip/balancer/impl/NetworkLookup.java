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
package org.roundtrip.balancer.impl;

import org.onlab.packet.IpAddress;
import org.onlab.packet.VlanId;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.Device;
import org.onosproject.net.DeviceId;
import org.onosproject.net.Host;
import org.onosproject.net.Link;
import org.onosproject.net.Port;
import org.onosproject.net.device.DeviceService;
import org.onosproject.net.host.HostService;
import org.onosproject.net.link.LinkService;
import org.roundtrip.balancer.compute.HostPlace;
import org.roundtrip.balancer.compute.MemberRecord;
import org.roundtrip.balancer.compute.MemberSighting;
import org.roundtrip.balancer.compute.NetworkView;
import org.roundtrip.balancer.compute.SwitchLink;

import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sees members and switches through the services of ONOS. Thread-safe; no method waits.
 */
final class NetworkLookup {

    private final DeviceService devices;
    private final HostService hosts;
    private final LinkService links;
    private final SwitchPreparation switches;
    /** Addresses that have been seen since the start: what of these is not there any more is gone. */
    private final Set<IpAddress> seenAddresses = ConcurrentHashMap.newKeySet();
    /** Switches that have been reached since the start: those that are not there any more are lost. */
    private final Set<DeviceId> reachedSwitches = ConcurrentHashMap.newKeySet();

    NetworkLookup(DeviceService devices, HostService hosts, LinkService links, SwitchPreparation switches) {
        this.devices = devices;
        this.hosts = hosts;
        this.links = links;
        this.switches = switches;
    }

    /**
     * Returns what is seen of a member. One that has not been seen since the start is taken to be where it was: after a
     * start it takes a while until hosts are known again. One whose port is down is known to be there and cut off, even
     * if ONOS has forgotten its host for that reason.
     *
     * @param member what is known of it
     * @return what is seen of it now
     */
    MemberSighting sighting(MemberRecord member) {
        IpAddress address = member.member().address();
        Set<Host> found = hosts.getHostsByIp(address);
        Optional<Host> host = found.stream().filter(each -> each.vlan().equals(VlanId.NONE))
                .max(Comparator.<Host>comparingLong(each -> each.location().time())
                             .thenComparing(each -> each.id().toString()));
        if (host.isPresent()) {
            seenAddresses.add(address);
            return at(place(host.get())).build();
        }
        if (!found.isEmpty()) {
            return MemberSighting.builder().remark("its host is in a VLAN, which virtual servers do not support: "
                    + found.iterator().next().id()).build();
        }
        return member.place().map(last -> lastSeen(address, last)).orElse(MemberSighting.NOTHING);
    }

    private MemberSighting lastSeen(IpAddress address, HostPlace last) {
        MemberSighting sighting = at(last).build();
        if (!seenAddresses.contains(address)) {
            return MemberSighting.builder().from(sighting).remark("the network does not know its host yet; it is taken"
                    + " to be at " + last.port()).build();
        }
        return sighting.isPortUp() && sighting.isSwitchReachable() ? MemberSighting.NOTHING : sighting;
    }

    private static HostPlace place(Host host) {
        return HostPlace.of(host.mac(), new ConnectPoint(host.location().deviceId(), host.location().port()));
    }

    private MemberSighting.Builder at(HostPlace place) {
        boolean isReachable = isReachable(place.port().deviceId());
        return MemberSighting.builder().place(place)
                .isPortUp(!isReachable || isUp(place.port()) || !hasTold(place.port().deviceId()))
                .isSwitchReachable(isReachable || !reachedSwitches.contains(place.port().deviceId()));
    }

    private boolean isReachable(DeviceId device) {
        boolean isReachable = devices.isAvailable(device);
        if (isReachable) {
            reachedSwitches.add(device);
        }
        return isReachable;
    }

    /**
     * Returns whether a switch has told of its ports since it is there. ONOS shows it as available before, and then has
     * no ports, or takes all that it had for disabled. Where really none is up, nothing passes anyway.
     */
    private boolean hasTold(DeviceId device) {
        return devices.getPorts(device).stream().anyMatch(Port::isEnabled);
    }

    private boolean isUp(ConnectPoint port) {
        return Optional.ofNullable(devices.getPort(port)).filter(Port::isEnabled).isPresent();
    }

    /**
     * Returns the hosts that have an address.
     *
     * @param address an address
     * @return the hosts
     */
    Set<Host> hosts(IpAddress address) {
        return hosts.getHostsByIp(address);
    }

    /**
     * Returns the network as it is now.
     *
     * @return the switches that can be used, and the links that are up between them
     */
    NetworkView view() {
        NetworkView.Builder view = NetworkView.builder();
        for (Device device : devices.getDevices()) {
            if (isReachable(device.id())) {
                switches.facilities(device.id()).ifPresent(facilities -> view.putSwitches(device.id(), facilities));
            }
        }
        for (Link link : links.getLinks()) {
            if (isUp(link)) {
                view.addLinks(SwitchLink.of(link.src(), link.dst()));
            }
        }
        return view.build();
    }

    private boolean isUp(Link link) {
        return link.state() == Link.State.ACTIVE && isReachable(link.src().deviceId())
                && isReachable(link.dst().deviceId()) && isUp(link.src()) && isUp(link.dst());
    }
}
