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

import org.onosproject.cfg.ComponentConfigService;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.CoreService;
import org.onosproject.net.DeviceId;
import org.onosproject.net.meter.MeterFailReason;
import org.onosproject.net.meter.MeterOperation;
import org.onosproject.net.meter.MeterOperations;
import org.onosproject.net.meter.MeterProvider;
import org.onosproject.net.meter.MeterProviderRegistry;
import org.onosproject.net.meter.MeterProviderService;
import org.onosproject.net.provider.AbstractProvider;
import org.onosproject.openflow.controller.OpenFlowController;
import org.onosproject.openflow.controller.OpenFlowSwitch;
import org.osgi.service.component.ComponentContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.projectfloodlight.openflow.protocol.OFType;
import org.roundtrip.openflow.device.OpenFlowProviderId;
import org.roundtrip.openflow.session.SessionTimer;
import org.roundtrip.openflow.session.SwitchSessions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import static org.onlab.util.Tools.getIntegerProperty;
import static org.roundtrip.openflow.meter.OsgiPropertyConstants.METER_POLL_PERIOD;
import static org.roundtrip.openflow.meter.OsgiPropertyConstants.METER_POLL_PERIOD_DEFAULT;

/**
 * Carries meters between ONOS and the switches that this node is master of.
 */
@Component(immediate = true, service = MeterProvider.class,
        property = METER_POLL_PERIOD + ":Integer=" + METER_POLL_PERIOD_DEFAULT)
public class OpenFlowMeterProvider extends AbstractProvider implements MeterProvider {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Logger log = LoggerFactory.getLogger(getClass());

    @Reference
    protected MeterProviderRegistry registry;

    @Reference
    protected OpenFlowController controller;

    @Reference
    protected CoreService applications;

    @Reference
    protected ComponentConfigService configuration;

    /** Seconds between two readings of a switch's meters. */
    private int meterPollPeriod = METER_POLL_PERIOD_DEFAULT;

    private MeterProviderService core;
    private SwitchSessions<SwitchMeters> sessions;

    /**
     * Creates the provider.
     */
    public OpenFlowMeterProvider() {
        super(OpenFlowProviderId.OPENFLOW);
    }

    @Activate
    protected void activate(ComponentContext context) {
        configuration.registerProperties(getClass());
        modified(context);
        sessions = new SwitchSessions<>(controller, "onos/openflow-meter", Set.of(
                OFType.ERROR, OFType.BARRIER_REPLY, OFType.STATS_REPLY), this::session);
        core = registry.register(this);
        sessions.open();
        log.info("Started");
    }

    @Deactivate
    protected void deactivate() {
        configuration.unregisterProperties(getClass(), false);
        registry.unregister(this);
        sessions.close();
        log.info("Stopped");
    }

    @Modified
    protected void modified(ComponentContext context) {
        Integer wanted = getIntegerProperty(context.getProperties(), METER_POLL_PERIOD);
        if (wanted != null && wanted <= 0) {
            log.warn("{} must be 1 or more seconds, not {}: keeping {}", METER_POLL_PERIOD, wanted, meterPollPeriod);
        } else if (wanted != null) {
            meterPollPeriod = wanted;
        }
    }

    @Override
    public void performMeterOperation(DeviceId deviceId, MeterOperations operations) {
        perform(deviceId, operations.operations());
    }

    @Override
    public void performMeterOperation(DeviceId deviceId, MeterOperation operation) {
        perform(deviceId, List.of(operation));
    }

    private void perform(DeviceId deviceId, List<MeterOperation> operations) {
        if (!sessions.execute(deviceId, meters -> meters.perform(operations))) {
            log.warn("{}: {} meter operations failed: the switch is not connected", deviceId, operations.size());
            operations.forEach(failed -> core.meterOperationFailed(failed, MeterFailReason.UNKNOWN_DEVICE));
        }
    }

    private SwitchMeters session(OpenFlowSwitch connected, SessionTimer timer) {
        // Whose a meter is, the switch doesn't know; ONOS has it beside what is reported.
        ApplicationId anyones = applications.getAppId(CoreService.CORE_APP_NAME);
        return new SwitchMeters(SwitchSessions.deviceId(connected), connected, anyones, core, timer,
                                Duration.ofSeconds(meterPollPeriod), PATIENCE);
    }
}
