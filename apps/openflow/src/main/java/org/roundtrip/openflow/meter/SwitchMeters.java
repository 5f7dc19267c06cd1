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
package org.roundtrip.openflow.meter;

import org.onosproject.core.ApplicationId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.meter.Meter;
import org.onosproject.net.meter.MeterFailReason;
import org.onosproject.net.meter.MeterOperation;
import org.onosproject.net.meter.MeterProviderService;
import org.onosproject.openflow.controller.OpenFlowSwitch;
import org.projectfloodlight.openflow.protocol.OFErrorMsg;
import org.projectfloodlight.openflow.protocol.OFFactory;
import org.projectfloodlight.openflow.protocol.OFMessage;
import org.projectfloodlight.openflow.protocol.OFMeterConfig;
import org.projectfloodlight.openflow.protocol.OFMeterConfigStatsReply;
import org.projectfloodlight.openflow.protocol.OFMeterFeatures;
import org.projectfloodlight.openflow.protocol.OFMeterMod;
import org.projectfloodlight.openflow.protocol.OFMeterStats;
import org.projectfloodlight.openflow.protocol.OFMeterStatsReply;
import org.projectfloodlight.openflow.protocol.OFStatsReply;
import org.projectfloodlight.openflow.protocol.OFStatsRequest;
import org.roundtrip.openflow.compute.ErrorReason;
import org.roundtrip.openflow.compute.MeterCodec;
import org.roundtrip.openflow.compute.RuleDecodingException;
import org.roundtrip.openflow.compute.RuleEncodingException;
import org.roundtrip.openflow.session.AuditedSession;
import org.roundtrip.openflow.session.SessionTimer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The meters of one switch.
 * <p>
 * What a meter is like is remembered from its operation. Only of meters that this session has not made the switch is
 * asked, because ONOS's OpenFlow controller writes a warning for each such answer.
 */
final class SwitchMeters extends AuditedSession<MeterOperation> {

    /** OFPM_ALL. */
    private static final long ALL = 0xffff_ffffL;

    private final Logger log = LoggerFactory.getLogger(getClass());
    private final DeviceId deviceId;
    private final OpenFlowSwitch target;
    private final OFFactory factory;
    private final ApplicationId applicationId;
    private final MeterCodec codec;
    private final MeterProviderService core;
    private final Map<Long, OFMeterConfig> configs = new HashMap<>();
    private boolean complete = true;

    SwitchMeters(DeviceId deviceId, OpenFlowSwitch target, ApplicationId applicationId, MeterProviderService core,
                 SessionTimer timer, Duration pollPeriod, Duration patience) {
        super(target, timer, pollPeriod, patience);
        this.deviceId = deviceId;
        this.target = target;
        this.factory = target.factory();
        this.applicationId = applicationId;
        this.codec = new MeterCodec(factory, deviceId);
        this.core = core;
    }

    @Override
    public void start() {
        OFMeterFeatures features = target.getMeterFeatures();
        if (features != null) {
            core.pushMeterFeatures(deviceId, codec.decode(features));
        }
        super.start();
    }

    @Override
    public void stop() {
        super.stop();
        core.deleteMeterFeatures(deviceId);
    }

    @Override
    protected OFMessage encode(MeterOperation operation) {
        OFMeterMod message = codec.encode(operation);
        if (operation.type() != MeterOperation.Type.REMOVE) {
            configs.put(message.getMeterId(), codec.config(message));
        }
        return message;
    }

    @Override
    protected List<OFStatsRequest<?>> requests() {
        OFStatsRequest<?> counters = factory.buildMeterStatsRequest().setMeterId(ALL).build();
        return complete ? List.of(counters)
                : List.of(counters, factory.buildMeterConfigStatsRequest().setMeterId(ALL).build());
    }

    @Override
    protected void unspeakable(MeterOperation operation, RuleEncodingException reason) {
        fail(operation, MeterFailReason.BAD_BAND, reason.getMessage());
    }

    @Override
    protected void refused(MeterOperation operation, OFErrorMsg error) {
        forget(operation);
        fail(operation, MeterCodec.decode(error), "the switch refused it: " + ErrorReason.of(error));
    }

    @Override
    protected void unanswered(MeterOperation operation) {
        forget(operation);
        fail(operation, MeterFailReason.TIMEOUT, "the switch does not answer");
    }

    @Override
    protected void report(List<OFStatsReply> replies) {
        parts(OFMeterConfigStatsReply.class, replies)
                .forEach(part -> part.getEntries().forEach(config -> configs.put(config.getMeterId(), config)));
        List<OFMeterStats> counters = parts(OFMeterStatsReply.class, replies)
                .flatMap(part -> part.getEntries().stream()).collect(Collectors.toList());
        configs.keySet().retainAll(counters.stream().map(OFMeterStats::getMeterId).collect(Collectors.toSet()));
        boolean asked = !complete;
        complete = configs.size() == counters.size();
        if (!complete && !asked) {
            readSoon();
            return;
        }
        core.pushMeterMetrics(deviceId, counters.stream().map(this::decode).flatMap(Optional::stream)
                .collect(Collectors.toList()));
    }

    private Optional<Meter> decode(OFMeterStats counters) {
        try {
            return Optional.ofNullable(configs.get(counters.getMeterId()))
                    .map(config -> codec.decode(config, counters, applicationId));
        } catch (RuleDecodingException e) {
            log.debug("{}: meter {} is not one of ONOS: {}", deviceId, counters.getMeterId(), e.getMessage());
            return Optional.empty();
        }
    }

    private void forget(MeterOperation operation) {
        // It may be like before or gone; reading tells.
        configs.remove(operation.meter().id().id());
    }

    private void fail(MeterOperation operation, MeterFailReason code, String reason) {
        log.warn("{}: {} of meter {} failed: {}", deviceId, operation.type(), operation.meter().meterCellId(), reason);
        core.meterOperationFailed(operation, code);
    }
}
