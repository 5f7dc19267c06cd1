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
package org.roundtrip.openflow.group;

import org.onosproject.net.DeviceId;
import org.onosproject.net.group.DefaultGroup;
import org.onosproject.net.group.GroupOperation;
import org.onosproject.net.group.GroupOperation.GroupMsgErrorCode;
import org.onosproject.net.group.GroupProviderService;
import org.onosproject.openflow.controller.OpenFlowSwitch;
import org.projectfloodlight.openflow.protocol.OFErrorMsg;
import org.projectfloodlight.openflow.protocol.OFFactory;
import org.projectfloodlight.openflow.protocol.OFGroupDescStatsEntry;
import org.projectfloodlight.openflow.protocol.OFGroupDescStatsReply;
import org.projectfloodlight.openflow.protocol.OFGroupStatsReply;
import org.projectfloodlight.openflow.protocol.OFMessage;
import org.projectfloodlight.openflow.protocol.OFStatsReply;
import org.projectfloodlight.openflow.protocol.OFStatsRequest;
import org.projectfloodlight.openflow.types.OFGroup;
import org.roundtrip.openflow.compute.ErrorReason;
import org.roundtrip.openflow.compute.ExtensionCodec;
import org.roundtrip.openflow.compute.GroupCodec;
import org.roundtrip.openflow.compute.RuleDecodingException;
import org.roundtrip.openflow.compute.RuleEncodingException;
import org.roundtrip.openflow.session.AuditedSession;
import org.roundtrip.openflow.session.SessionTimer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The groups of one switch.
 */
final class SwitchGroups extends AuditedSession<GroupOperation> {

    private final Logger log = LoggerFactory.getLogger(getClass());
    private final DeviceId deviceId;
    private final OFFactory factory;
    private final GroupCodec codec;
    private final GroupProviderService core;

    SwitchGroups(DeviceId deviceId, OpenFlowSwitch target, ExtensionCodec extensions, GroupProviderService core,
                 SessionTimer timer, Duration pollPeriod, Duration patience) {
        super(target, timer, pollPeriod, patience);
        this.deviceId = deviceId;
        this.factory = target.factory();
        this.codec = new GroupCodec(factory, deviceId, extensions);
        this.core = core;
    }

    @Override
    protected OFMessage encode(GroupOperation operation) {
        return codec.encode(operation);
    }

    @Override
    protected List<OFStatsRequest<?>> requests() {
        return List.of(factory.buildGroupDescStatsRequest().build(),
                       factory.buildGroupStatsRequest().setGroup(OFGroup.ALL).build());
    }

    @Override
    protected void unspeakable(GroupOperation operation, RuleEncodingException reason) {
        fail(operation, GroupMsgErrorCode.BAD_BUCKET, reason.getMessage());
    }

    /**
     * A switch keeps its groups while it is away, and ONOS may add one before it has read them. Told that there is one,
     * ONOS would take it for the one it wants: so that one takes the place of the one that is there.
     */
    @Override
    protected void refused(GroupOperation operation, OFErrorMsg error) {
        GroupMsgErrorCode code = GroupCodec.decode(error);
        if (operation.opType() == GroupOperation.Type.ADD && code == GroupMsgErrorCode.GROUP_EXISTS) {
            log.info("{}: group {} is there already and is replaced", deviceId, operation.groupId());
            send(operation, codec.encode(GroupOperation.createModifyGroupOperation(
                    operation.groupId(), operation.groupType(), operation.buckets())));
        } else {
            fail(operation, code, "the switch refused it: " + ErrorReason.of(error));
        }
    }

    @Override
    protected void unanswered(GroupOperation operation) {
        // ONOS has no word for silence. It compares at the next report, and asks again.
        log.warn("{}: no answer to {} of group {}", deviceId, operation.opType(), operation.groupId());
    }

    @Override
    protected void report(List<OFStatsReply> replies) {
        Map<OFGroup, DefaultGroup> groups = new LinkedHashMap<>();
        parts(OFGroupDescStatsReply.class, replies)
                .forEach(part -> part.getEntries().forEach(entry -> decode(entry)
                        .ifPresent(group -> groups.put(entry.getGroup(), group))));
        parts(OFGroupStatsReply.class, replies)
                .forEach(part -> part.getEntries().forEach(entry -> Optional.ofNullable(groups.get(entry.getGroup()))
                        .ifPresent(group -> GroupCodec.count(group, entry))));
        core.pushGroupMetrics(deviceId, List.copyOf(groups.values()));
    }

    private Optional<DefaultGroup> decode(OFGroupDescStatsEntry entry) {
        try {
            return Optional.of(codec.decode(entry));
        } catch (RuleDecodingException e) {
            log.debug("{}: group {} is not one of ONOS: {}", deviceId, entry.getGroup(), e.getMessage());
            return Optional.empty();
        }
    }

    private void fail(GroupOperation operation, GroupMsgErrorCode code, String reason) {
        log.warn("{}: {} of group {} failed: {}", deviceId, operation.opType(), operation.groupId(), reason);
        core.groupOperationFailed(deviceId, GroupOperation.createFailedGroupOperation(operation, code));
    }
}
