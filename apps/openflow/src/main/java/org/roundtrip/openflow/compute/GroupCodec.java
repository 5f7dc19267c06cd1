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
package org.roundtrip.openflow.compute;

import org.onosproject.core.GroupId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.flow.TrafficTreatment;
import org.onosproject.net.group.DefaultGroup;
import org.onosproject.net.group.DefaultGroupBucket;
import org.onosproject.net.group.GroupBucket;
import org.onosproject.net.group.GroupBuckets;
import org.onosproject.net.group.GroupDescription;
import org.onosproject.net.group.GroupOperation;
import org.onosproject.net.group.GroupOperation.GroupMsgErrorCode;
import org.onosproject.net.group.StoredGroupBucketEntry;
import org.onosproject.net.group.Group;
import org.projectfloodlight.openflow.protocol.OFBucket;
import org.projectfloodlight.openflow.protocol.OFBucketCounter;
import org.projectfloodlight.openflow.protocol.OFErrorMsg;
import org.projectfloodlight.openflow.protocol.OFFactory;
import org.projectfloodlight.openflow.protocol.OFGroupDescStatsEntry;
import org.projectfloodlight.openflow.protocol.OFGroupMod;
import org.projectfloodlight.openflow.protocol.OFGroupStatsEntry;
import org.projectfloodlight.openflow.protocol.OFGroupType;
import org.projectfloodlight.openflow.protocol.errormsg.OFGroupModFailedErrorMsg;
import org.projectfloodlight.openflow.types.OFGroup;
import org.projectfloodlight.openflow.types.OFPort;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Groups of ONOS and of OpenFlow 1.3 (sections 5.6, 7.3.4.2 and 7.3.5.9).
 * <p>
 * Immutable, so it can be shared between threads if the {@link ExtensionCodec} can.
 */
public final class GroupCodec {

    private static final int UNWEIGHTED = 0;

    private final OFFactory factory;
    private final DeviceId deviceId;
    private final ActionListCodec actions;

    /**
     * Creates a codec.
     *
     * @param factory    makes OpenFlow 1.3 objects
     * @param deviceId   the device whose groups these are
     * @param extensions what the device's driver knows beyond OpenFlow
     */
    public GroupCodec(OFFactory factory, DeviceId deviceId, ExtensionCodec extensions) {
        this.factory = factory;
        this.deviceId = deviceId;
        this.actions = new ActionListCodec(factory, deviceId, extensions);
    }

    /**
     * Encodes an operation.
     *
     * @param operation what to do with which group
     * @return the message, with a transaction id of its own
     * @throws RuleEncodingException if a part of the group has no counterpart
     */
    public OFGroupMod encode(GroupOperation operation) {
        OFGroup group = OFGroup.of(operation.groupId().id());
        OFGroupType type = encode(operation.groupType());
        switch (operation.opType()) {
            case ADD:
                return factory.buildGroupAdd().setGroup(group).setGroupType(type)
                        .setBuckets(encode(operation.buckets())).build();
            case MODIFY:
                return factory.buildGroupModify().setGroup(group).setGroupType(type)
                        .setBuckets(encode(operation.buckets())).build();
            case DELETE:
                return factory.buildGroupDelete().setGroup(group).setGroupType(type).build();
            default:
                throw new RuleEncodingException(operation.opType().name(), "OpenFlow 1.3 has no such group command");
        }
    }

    /**
     * Decodes a group.
     *
     * @param entry the group as the switch describes it
     * @return the group, in state ADDED, without counters
     * @throws RuleDecodingException if a part of it has no counterpart
     */
    public DefaultGroup decode(OFGroupDescStatsEntry entry) {
        List<GroupBucket> buckets = entry.getBuckets().stream()
                .map(bucket -> decode(bucket, entry.getGroupType())).collect(Collectors.toList());
        DefaultGroup group = new DefaultGroup(new GroupId(entry.getGroup().getGroupNumber()), deviceId,
                                              decode(entry.getGroupType()), new GroupBuckets(buckets));
        group.setState(Group.GroupState.ADDED);
        return group;
    }

    /**
     * Puts counters into a group.
     *
     * @param group a group as {@link #decode(OFGroupDescStatsEntry)} returned it
     * @param entry the counters of the same group
     */
    public static void count(DefaultGroup group, OFGroupStatsEntry entry) {
        group.setLife(entry.getDurationSec());
        group.setPackets(entry.getPacketCount().getValue());
        group.setBytes(entry.getByteCount().getValue());
        group.setReferenceCount(entry.getRefCount());
        List<GroupBucket> buckets = group.buckets().buckets();
        List<OFBucketCounter> counters = entry.getBucketStats();
        for (int i = 0; i < Math.min(buckets.size(), counters.size()); i++) {
            StoredGroupBucketEntry bucket = (StoredGroupBucketEntry) buckets.get(i);
            bucket.setPackets(counters.get(i).getPacketCount().getValue());
            bucket.setBytes(counters.get(i).getByteCount().getValue());
        }
    }

    /**
     * Decodes why a switch refused an operation.
     *
     * @param error the error message
     * @return ONOS's code; BAD_BUCKET if the error is about the contents of a bucket
     */
    public static GroupMsgErrorCode decode(OFErrorMsg error) {
        if (!(error instanceof OFGroupModFailedErrorMsg)) {
            return GroupMsgErrorCode.BAD_BUCKET;
        }
        String code = ((OFGroupModFailedErrorMsg) error).getCode().name();
        return Arrays.stream(GroupMsgErrorCode.values()).filter(same -> same.name().equals(code)).findFirst()
                .orElse(GroupMsgErrorCode.BAD_BUCKET);
    }

    private static OFGroupType encode(GroupDescription.Type type) {
        switch (type) {
            case ALL:
                return OFGroupType.ALL;
            case SELECT:
                return OFGroupType.SELECT;
            case INDIRECT:
                return OFGroupType.INDIRECT;
            case FAILOVER:
                return OFGroupType.FF;
            default:
                throw new RuleEncodingException(type.name(), "OpenFlow 1.3 has no such type of group");
        }
    }

    private static GroupDescription.Type decode(OFGroupType type) {
        switch (type) {
            case ALL:
                return GroupDescription.Type.ALL;
            case SELECT:
                return GroupDescription.Type.SELECT;
            case INDIRECT:
                return GroupDescription.Type.INDIRECT;
            case FF:
                return GroupDescription.Type.FAILOVER;
            default:
                throw new RuleDecodingException(type.name(), "ONOS has no such type of group");
        }
    }

    private List<OFBucket> encode(GroupBuckets buckets) {
        List<OFBucket> encoded = new ArrayList<>();
        buckets.buckets().forEach(bucket -> encoded.add(encode(bucket)));
        return encoded;
    }

    private OFBucket encode(GroupBucket bucket) {
        TrafficTreatment treatment = bucket.treatment();
        if (treatment.tableTransition() != null || treatment.writeMetadata() != null || !treatment.meters().isEmpty()
                || treatment.clearedDeferred() || treatment.statTrigger() != null) {
            throw new RuleEncodingException(treatment.toString(), "a bucket is a set of actions: it has no table"
                    + " transition, metadata, meter, clearing or statistics trigger");
        }
        boolean weighted = bucket.type() == GroupDescription.Type.SELECT;
        boolean watched = bucket.type() == GroupDescription.Type.FAILOVER;
        return factory.buildBucket()
                .setWeight(weighted ? Short.toUnsignedInt(bucket.weight()) : UNWEIGHTED)
                .setWatchPort(watched && bucket.watchPort() != null
                                      ? PortNumbers.encode(bucket.watchPort()) : OFPort.ANY)
                .setWatchGroup(watched && bucket.watchGroup() != null
                                       ? OFGroup.of(bucket.watchGroup().id()) : OFGroup.ANY)
                .setActions(actions.encode(treatment.allInstructions()))
                .build();
    }

    private GroupBucket decode(OFBucket bucket, OFGroupType type) {
        TrafficTreatment.Builder builder = DefaultTrafficTreatment.builder();
        actions.decode(bucket.getActions()).forEach(builder::add);
        TrafficTreatment treatment = builder.build();
        switch (type) {
            case ALL:
                return DefaultGroupBucket.createAllGroupBucket(treatment);
            case INDIRECT:
                return DefaultGroupBucket.createIndirectGroupBucket(treatment);
            case SELECT:
                if (bucket.getWeight() == UNWEIGHTED) {
                    throw new RuleDecodingException(bucket.toString(), "ONOS's weights are at least 1");
                }
                return DefaultGroupBucket.createSelectGroupBucket(treatment, (short) bucket.getWeight());
            case FF:
                boolean port = !bucket.getWatchPort().equals(OFPort.ANY);
                boolean group = !bucket.getWatchGroup().equals(OFGroup.ANY);
                if (!port && !group) {
                    throw new RuleDecodingException(bucket.toString(), "ONOS's failover buckets watch something");
                }
                return DefaultGroupBucket.createFailoverGroupBucket(
                        treatment, port ? PortNumbers.decode(bucket.getWatchPort()) : null,
                        group ? new GroupId(bucket.getWatchGroup().getGroupNumber()) : null);
            default:
                throw new RuleDecodingException(type.name(), "ONOS has no such type of group");
        }
    }
}
