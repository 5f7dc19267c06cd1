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
package org.roundtrip.balancer.impl.packet;

import org.onlab.packet.IpAddress;
import org.onlab.packet.MacAddress;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.CoreServiceAdapter;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.net.ConnectPoint;
import org.roundtrip.balancer.Member;
import org.roundtrip.balancer.PortRange;
import org.roundtrip.balancer.TransportProtocol;
import org.roundtrip.balancer.VirtualServerRequest;
import org.roundtrip.balancer.MemberId;
import org.roundtrip.balancer.compute.MemberPlace;
import org.roundtrip.balancer.compute.NetworkView;
import org.roundtrip.balancer.compute.ServerPlan;
import org.roundtrip.balancer.compute.SlotHistory;
import org.roundtrip.balancer.compute.SlotTable;
import org.roundtrip.balancer.compute.VipPlan;
import org.roundtrip.balancer.impl.PublishedPlans;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Plans of virtual servers, put together by hand. */
final class Plans implements PublishedPlans {

    static final ApplicationId APPLICATION = new DefaultApplicationId(7, "org.roundtrip.balancer");
    /** The cookie of a rule of the balancer. */
    static final long COOKIE = 7L << 48 | 0x1234;
    static final ConnectPoint MEMBER_PORT = ConnectPoint.deviceConnectPoint("of:0000000000000002/1");
    static final MacAddress MEMBER_MAC = MacAddress.valueOf("02:00:00:00:00:11");
    static final int SERVER = 0x102;
    static final int MEMBER = 3;

    private final List<VipPlan> vips = new CopyOnWriteArrayList<>();

    /** Adds a virtual server of its own VIP, whose only member listens at a port and may not have been seen yet. */
    void add(String vip, TransportProtocol protocol, int port, String member, int memberPort, boolean isSeen) {
        VirtualServerRequest request = VirtualServerRequest.builder().name("web").vip(IpAddress.valueOf(vip))
                .protocol(protocol).addPorts(PortRange.of(port, port))
                .addMembers(Member.builder().address(IpAddress.valueOf(member)).port(memberPort).build())
                .addAccessSwitches(MEMBER_PORT.deviceId()).build();
        ServerPlan.Builder plan = ServerPlan.builder().number(SERVER).request(request).table(SlotTable.EMPTY)
                .history(SlotHistory.EMPTY);
        if (isSeen) {
            MemberId id = MemberId.of(IpAddress.valueOf(member), memberPort);
            plan.putPlaces(id, MemberPlace.builder().member(id).number(MEMBER).mac(MEMBER_MAC).port(MEMBER_PORT)
                    .build());
        }
        vips.add(VipPlan.builder().addServers(plan.build()).build());
    }

    void clear() {
        vips.clear();
    }

    @Override
    public List<VipPlan> vips() {
        return List.copyOf(vips);
    }

    @Override
    public NetworkView network() {
        return NetworkView.builder().build();
    }

    static CoreServiceAdapter core() {
        return new CoreServiceAdapter() {
            @Override
            public ApplicationId registerApplication(String name) {
                return APPLICATION;
            }
        };
    }
}
