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

import org.onosproject.cfg.ComponentConfigService;
import org.onosproject.net.DeviceId;
import org.onosproject.net.driver.DriverService;
import org.onosproject.net.group.GroupOperations;
import org.onosproject.net.group.GroupProvider;
import org.onosproject.net.group.GroupProviderRegistry;
import org.onosproject.net.group.GroupProviderService;
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
import org.roundtrip.openflow.driver.DriverExtensions;
import org.roundtrip.openflow.session.SessionTimer;
import org.roundtrip.openflow.session.SwitchSessions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Set;

import static org.onlab.util.Tools.getIntegerProperty;
import static org.roundtrip.openflow.group.OsgiPropertyConstants.GROUP_POLL_PERIOD;
import static org.roundtrip.openflow.group.OsgiPropertyConstants.GROUP_POLL_PERIOD_DEFAULT;

/**
 * Carries groups between ONOS and the switches that this node is master of.
 */
@Component(immediate = true, service = GroupProvider.class,
        property = GROUP_POLL_PERIOD + ":Integer=" + GROUP_POLL_PERIOD_DEFAULT)
public class OpenFlowGroupProvider extends AbstractProvider implements GroupProvider {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Logger log = LoggerFactory.getLogger(getClass());

    @Reference
    protected GroupProviderRegistry registry;

    @Reference
    protected OpenFlowController controller;

    @Reference
    protected DriverService drivers;

    @Reference
    protected ComponentConfigService configuration;

    /** Seconds between two readings of a switch's groups. */
    private int groupPollPeriod = GROUP_POLL_PERIOD_DEFAULT;

    private GroupProviderService core;
    private SwitchSessions<SwitchGroups> sessions;

    /**
     * Creates the provider.
     */
    public OpenFlowGroupProvider() {
        super(OpenFlowProviderId.OPENFLOW);
    }

    @Activate
    protected void activate(ComponentContext context) {
        configuration.registerProperties(getClass());
        modified(context);
        sessions = new SwitchSessions<>(controller, "onos/openflow-group", Set.of(
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
        Integer wanted = getIntegerProperty(context.getProperties(), GROUP_POLL_PERIOD);
        if (wanted != null && wanted <= 0) {
            log.warn("{} must be 1 or more seconds, not {}: keeping {}", GROUP_POLL_PERIOD, wanted, groupPollPeriod);
        } else if (wanted != null) {
            groupPollPeriod = wanted;
        }
    }

    @Override
    public void performGroupOperation(DeviceId deviceId, GroupOperations operations) {
        if (!sessions.execute(deviceId, groups -> groups.perform(operations.operations()))) {
            // ONOS compares when the switch is back, and asks again.
            log.warn("{}: {} group operations not done: the switch is not connected", deviceId,
                     operations.operations().size());
        }
    }

    private SwitchGroups session(OpenFlowSwitch connected, SessionTimer timer) {
        DeviceId deviceId = SwitchSessions.deviceId(connected);
        return new SwitchGroups(deviceId, connected, DriverExtensions.of(drivers, deviceId), core, timer,
                                Duration.ofSeconds(groupPollPeriod), PATIENCE);
    }
}
