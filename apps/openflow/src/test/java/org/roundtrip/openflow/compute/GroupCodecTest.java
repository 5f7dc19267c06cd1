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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.onosproject.core.GroupId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.flow.TrafficTreatment;
import org.onosproject.net.group.DefaultGroup;
import org.onosproject.net.group.DefaultGroupBucket;
import org.onosproject.net.group.GroupBucket;
import org.onosproject.net.group.GroupBuckets;
import org.onosproject.net.group.GroupDescription;
import org.onosproject.net.group.GroupOperation;
import org.onosproject.net.group.GroupOperation.GroupMsgErrorCode;
import org.onosproject.net.meter.MeterId;
import org.projectfloodlight.openflow.protocol.OFBadActionCode;
import org.projectfloodlight.openflow.protocol.OFBucket;
import org.projectfloodlight.openflow.protocol.OFFactories;
import org.projectfloodlight.openflow.protocol.OFFactory;
import org.projectfloodlight.openflow.protocol.OFGroupDescStatsEntry;
import org.projectfloodlight.openflow.protocol.OFGroupMod;
import org.projectfloodlight.openflow.protocol.OFGroupModCommand;
import org.projectfloodlight.openflow.protocol.OFGroupModFailedCode;
import org.projectfloodlight.openflow.protocol.OFGroupType;
import org.projectfloodlight.openflow.protocol.OFVersion;
import org.projectfloodlight.openflow.types.OFGroup;
import org.projectfloodlight.openflow.types.OFPort;
import org.projectfloodlight.openflow.types.U64;

import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class GroupCodecTest {

    private static final OFFactory FACTORY = OFFactories.getFactory(OFVersion.OF_13);
    private static final DeviceId DEVICE = DeviceId.deviceId("of:0000000000000001");
    private static final GroupCodec CODEC = new GroupCodec(FACTORY, DEVICE, ExtensionCodec.NONE);
    private static final GroupId ID = new GroupId(7);

    static Stream<GroupBucket> buckets() {
        TrafficTreatment out = DefaultTrafficTreatment.builder().setOutput(PortNumber.portNumber(1)).build();
        return Stream.of(
                DefaultGroupBucket.createAllGroupBucket(out),
                DefaultGroupBucket.createIndirectGroupBucket(DefaultTrafficTreatment.emptyTreatment()),
                DefaultGroupBucket.createSelectGroupBucket(out),
                DefaultGroupBucket.createSelectGroupBucket(out, (short) -2),
                DefaultGroupBucket.createFailoverGroupBucket(out, PortNumber.portNumber(9), null),
                DefaultGroupBucket.createFailoverGroupBucket(out, null, new GroupId(3)));
    }

    @ParameterizedTest
    @MethodSource("buckets")
    void bucketsComeBack(GroupBucket bucket) {
        OFGroupMod message = CODEC.encode(add(bucket));

        DefaultGroup group = CODEC.decode(description(message.getGroupType(), message.getBuckets()));

        assertThat(message.getCommand()).isEqualTo(OFGroupModCommand.ADD);
        assertThat(group.id()).isEqualTo(ID);
        assertThat(group.type()).isEqualTo(bucket.type());
        assertThat(group.buckets().buckets()).containsExactly(bucket);
        assertThat(group.buckets().buckets().get(0).hasSameParameters(bucket)).isTrue();
    }

    static Stream<TrafficTreatment> treatmentsThatAreNoActions() {
        return Stream.of(DefaultTrafficTreatment.builder().transition(3).build(),
                         DefaultTrafficTreatment.builder().writeMetadata(1, 1).build(),
                         DefaultTrafficTreatment.builder().meter(MeterId.meterId(1)).build(),
                         DefaultTrafficTreatment.builder().wipeDeferred().build(),
                         DefaultTrafficTreatment.builder().truncate(9).build());
    }

    @ParameterizedTest
    @MethodSource("treatmentsThatAreNoActions")
    void whatABucketCantHoldIsNamed(TrafficTreatment treatment) {
        assertThatThrownBy(() -> CODEC.encode(add(DefaultGroupBucket.createAllGroupBucket(treatment))))
                .isInstanceOf(RuleEncodingException.class);
    }

    @Test
    void cloneGroupsAreNotOfOpenFlow() {
        assertThatThrownBy(() -> CODEC.encode(add(DefaultGroupBucket.createCloneGroupBucket(
                DefaultTrafficTreatment.emptyTreatment())))).isInstanceOf(RuleEncodingException.class)
                .hasMessageContaining("CLONE");
    }

    @Test
    void bucketsThatOnosCantSayAreNotDecoded() {
        OFBucket bucket = FACTORY.buildBucket().setWeight(0).setWatchPort(OFPort.ANY).setWatchGroup(OFGroup.ANY)
                .setActions(List.of()).build();

        assertThatThrownBy(() -> CODEC.decode(description(OFGroupType.SELECT, List.of(bucket))))
                .isInstanceOf(RuleDecodingException.class);
        assertThatThrownBy(() -> CODEC.decode(description(OFGroupType.FF, List.of(bucket))))
                .isInstanceOf(RuleDecodingException.class);
    }

    @Test
    void moreCountersThanBucketsDoNoHarm() {
        DefaultGroup group = new DefaultGroup(ID, DEVICE, GroupDescription.Type.ALL, new GroupBuckets(List.of()));

        GroupCodec.count(group, FACTORY.buildGroupStatsEntry().setPacketCount(U64.of(3)).setByteCount(U64.of(4))
                .setRefCount(2).setDurationSec(5).setBucketStats(List.of(
                        FACTORY.buildBucketCounter().setPacketCount(U64.of(1)).setByteCount(U64.of(1)).build()))
                .build());

        assertThat(group.packets()).isEqualTo(3);
        assertThat(group.bytes()).isEqualTo(4);
        assertThat(group.referenceCount()).isEqualTo(2);
        assertThat(group.life()).isEqualTo(5);
    }

    @ParameterizedTest
    @EnumSource(value = OFGroupModFailedCode.class, names = {"UNKNOWN_BUCKET", "BUCKET_EXISTS"},
            mode = EnumSource.Mode.EXCLUDE)
    void errorCodesKeepTheirNames(OFGroupModFailedCode code) {
        assertThat(GroupCodec.decode(FACTORY.errorMsgs().buildGroupModFailedErrorMsg().setCode(code).build()))
                .isEqualTo(GroupMsgErrorCode.valueOf(code.name()));
    }

    @Test
    void otherErrorsAreAboutBuckets() {
        assertThat(GroupCodec.decode(FACTORY.errorMsgs().buildBadActionErrorMsg()
                                             .setCode(OFBadActionCode.BAD_OUT_PORT).build()))
                .isEqualTo(GroupMsgErrorCode.BAD_BUCKET);
    }

    private static GroupOperation add(GroupBucket bucket) {
        return GroupOperation.createAddGroupOperation(ID, bucket.type(), new GroupBuckets(List.of(bucket)));
    }

    private static OFGroupDescStatsEntry description(OFGroupType type, List<OFBucket> buckets) {
        return FACTORY.buildGroupDescStatsEntry().setGroup(OFGroup.of(ID.id())).setGroupType(type).setBuckets(buckets)
                .build();
    }
}
