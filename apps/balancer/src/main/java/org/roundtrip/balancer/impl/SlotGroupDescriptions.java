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

import org.onosproject.core.ApplicationId;
import org.onosproject.core.GroupId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.flow.TrafficTreatment;
import org.onosproject.net.group.DefaultGroupBucket;
import org.onosproject.net.group.DefaultGroupDescription;
import org.onosproject.net.group.DefaultGroupKey;
import org.onosproject.net.group.GroupBuckets;
import org.onosproject.net.group.GroupDescription;
import org.onosproject.net.group.GroupKey;
import org.roundtrip.balancer.compute.Pipeline;
import org.roundtrip.balancer.compute.SlotGroups;
import org.roundtrip.balancer.compute.SlotTable;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What the groups that choose slots look like in a switch. All buckets weigh the same, and which one a packet takes is
 * for the switch to compute from its addresses and ports, the same way each time: so an equal group chooses equally.
 */
final class SlotGroupDescriptions {

    /**
     * The groups, whose ids are far from those that ONOS gives, which begin at 1. They are the same in all switches.
     */
    static final SlotGroups GROUPS = SlotGroups.builder()
            .connection(new GroupId(0x4c42_0001)).address(new GroupId(0x4c42_0002)).build();

    /** How they are found again in ONOS's store. */
    static final List<GroupKey> KEYS = List.of(key(GROUPS.connection()), key(GROUPS.address()));

    private static final int HALF = 4;

    private SlotGroupDescriptions() {
    }

    /**
     * Returns the groups of a switch.
     *
     * @param application whose groups they are
     * @param device      the switch
     * @param extensions  what it can do beyond OpenFlow
     * @return both groups, in the order of their {@link #KEYS}
     */
    static List<GroupDescription> of(ApplicationId application, DeviceId device, DriverSwitchExtensions extensions) {
        return List.of(
                select(application, device, GROUPS.connection(), SlotTable.SLOTS,
                       slot -> DefaultTrafficTreatment.builder().setTunnelId(slot)
                               .add(extensions.resubmit(Pipeline.SLOTS)).build()),
                select(application, device, GROUPS.address(), 1 << HALF,
                       half -> DefaultTrafficTreatment.builder().add(extensions.loadTunnelId(HALF, HALF, half))
                               .add(extensions.resubmit(Pipeline.SLOTS)).build()));
    }

    private static GroupDescription select(ApplicationId application, DeviceId device, GroupId id, int buckets,
                                           IntFunction<TrafficTreatment> treatment) {
        return new DefaultGroupDescription(
                device, GroupDescription.Type.SELECT,
                new GroupBuckets(IntStream.range(0, buckets).mapToObj(treatment)
                                         .map(DefaultGroupBucket::createSelectGroupBucket)
                                         .collect(Collectors.toList())),
                key(id), id.id(), application);
    }

    private static GroupKey key(GroupId id) {
        return new DefaultGroupKey(("org.roundtrip.balancer/" + id.id()).getBytes(StandardCharsets.UTF_8));
    }
}
