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
package org.roundtrip.openflow.device;

import org.onlab.util.PredictableExecutor;
import org.onosproject.cfg.ComponentConfigService;
import org.onosproject.net.DeviceId;
import org.onosproject.net.MastershipRole;
import org.onosproject.net.PortNumber;
import org.onosproject.net.device.DeviceProvider;
import org.onosproject.net.device.DeviceProviderRegistry;
import org.onosproject.net.device.DeviceProviderService;
import org.onosproject.net.device.PortDescription;
import org.onosproject.net.provider.AbstractProvider;
import org.onosproject.openflow.controller.Dpid;
import org.onosproject.openflow.controller.OpenFlowController;
import org.onosproject.openflow.controller.OpenFlowSwitch;
import org.onosproject.openflow.controller.OpenFlowSwitchListener;
import org.onosproject.openflow.controller.RoleState;
import org.osgi.service.component.ComponentContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.projectfloodlight.openflow.protocol.OFPortConfig;
import org.projectfloodlight.openflow.protocol.OFPortDesc;
import org.projectfloodlight.openflow.protocol.OFPortReason;
import org.projectfloodlight.openflow.protocol.OFPortStatus;
import org.projectfloodlight.openflow.types.OFPort;
import org.roundtrip.openflow.compute.PortNumbers;
import org.roundtrip.openflow.device.compute.DeviceDescriptions;
import org.roundtrip.openflow.device.compute.PortDescriptions;
import org.roundtrip.openflow.device.compute.PortLiveness;
import org.roundtrip.openflow.device.compute.Roles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import static org.onlab.util.Tools.getIntegerProperty;
import static org.onlab.util.Tools.groupedThreads;
import static org.roundtrip.openflow.device.OsgiPropertyConstants.PORT_STATISTICS_PERIOD;
import static org.roundtrip.openflow.device.OsgiPropertyConstants.PORT_STATISTICS_PERIOD_DEFAULT;

/**
 * Makes the switches that connect over OpenFlow known to ONOS as devices with ports, and carries ONOS's decisions about
 * mastership and port state to them.
 *
 * <p>ONOS answers some of these reports only after an election among its nodes. So that no thread of the OpenFlow
 * controller waits for that, reports of one switch are handed, in order, to a thread of this provider.
 */
@Component(immediate = true, service = DeviceProvider.class,
        property = PORT_STATISTICS_PERIOD + ":Integer=" + PORT_STATISTICS_PERIOD_DEFAULT)
public class OpenFlowDeviceProvider extends AbstractProvider implements DeviceProvider {

    /**
     * Number of threads that report on switches. More than the processors, since these threads mostly wait.
     */
    private static final int REPORTERS = 8;

    private final Logger log = LoggerFactory.getLogger(getClass());
    private final OpenFlowSwitchListener listener = new Reports();
    private final PortLiveness liveness = new PortLiveness();

    @Reference
    protected DeviceProviderRegistry registry;

    @Reference
    protected OpenFlowController controller;

    @Reference
    protected ComponentConfigService configuration;

    /** Seconds between two readings of the port counters of a switch. */
    private int portStatisticsPeriod = PORT_STATISTICS_PERIOD_DEFAULT;

    private DeviceProviderService core;
    private PredictableExecutor reporters;
    private PortStatisticsPoller poller;

    /**
     * Creates the provider.
     */
    public OpenFlowDeviceProvider() {
        super(OpenFlowProviderId.OPENFLOW);
    }

    @Activate
    protected void activate(ComponentContext context) {
        configuration.registerProperties(getClass());
        reporters = new PredictableExecutor(REPORTERS, groupedThreads("onos/openflow-device", "report-%d", log));
        core = registry.register(this);
        poller = new PortStatisticsPoller(controller, core);
        controller.addListener(listener);
        // Those that were connected before this provider was there; a switch that comes in between is reported twice,
        // which does no harm.
        controller.getSwitches().forEach(connected -> listener.switchAdded(connected.getDpid()));
        modified(context);
        log.info("Started");
    }

    @Deactivate
    protected void deactivate() {
        configuration.unregisterProperties(getClass(), false);
        controller.removeListener(listener);
        poller.stop();
        reporters.shutdownNow();
        registry.unregister(this);
        log.info("Stopped");
    }

    @Modified
    protected void modified(ComponentContext context) {
        Integer wanted = getIntegerProperty(context.getProperties(), PORT_STATISTICS_PERIOD);
        if (wanted != null && wanted <= 0) {
            log.warn("{} must be 1 or more seconds, not {}: keeping {}",
                     PORT_STATISTICS_PERIOD, wanted, portStatisticsPeriod);
        } else if (wanted != null) {
            portStatisticsPeriod = wanted;
        }
        poller.every(Duration.ofSeconds(portStatisticsPeriod));
    }

    @Override
    public boolean isReachable(DeviceId device) {
        return connected(device).isPresent();
    }

    @Override
    public void triggerProbe(DeviceId device) {
        Optional<OpenFlowSwitch> found = connected(device);
        if (found.isPresent()) {
            found.get().sendMsg(found.get().factory().buildPortDescStatsRequest().build());
        } else {
            report(Dpid.dpid(device.uri()), () -> core.deviceDisconnected(device));
        }
    }

    @Override
    public void roleChanged(DeviceId device, MastershipRole mastership) {
        controller.setRole(Dpid.dpid(device.uri()), Roles.roleOf(mastership));
    }

    @Override
    public void changePortState(DeviceId device, PortNumber number, boolean enable) {
        Optional<OpenFlowSwitch> found = connected(device);
        if (found.isEmpty()) {
            log.warn("Port {}/{} can't be {}: the switch is not connected",
                     device, number, enable ? "enabled" : "disabled");
            return;
        }
        OFPort port = PortNumbers.encode(number);
        Optional<OFPortDesc> description = found.get().getPorts().stream()
                .filter(candidate -> candidate.getPortNo().equals(port))
                .findFirst();
        if (description.isEmpty()) {
            log.warn("Port {}/{} can't be {}: the switch has no such port",
                     device, number, enable ? "enabled" : "disabled");
            return;
        }
        Set<OFPortConfig> config = enable ? EnumSet.noneOf(OFPortConfig.class) : EnumSet.of(OFPortConfig.PORT_DOWN);
        found.get().sendMsg(found.get().factory().buildPortMod()
                                    .setPortNo(port)
                                    .setHwAddr(description.get().getHwAddr())
                                    .setConfig(config)
                                    .setMask(EnumSet.of(OFPortConfig.PORT_DOWN))
                                    .setAdvertise(0)
                                    .build());
    }

    @Override
    public void triggerDisconnect(DeviceId device) {
        connected(device).ifPresent(OpenFlowSwitch::disconnectSwitch);
    }

    private Optional<OpenFlowSwitch> connected(DeviceId device) {
        return Optional.ofNullable(controller.getSwitch(Dpid.dpid(device.uri())))
                .filter(OpenFlowSwitch::isConnected);
    }

    private void report(Dpid dpid, Runnable report) {
        reporters.execute(() -> {
            try {
                report.run();
            } catch (RuntimeException refusal) {
                log.error("ONOS did not take a report on switch {}", dpid, refusal);
            }
        }, dpid.hashCode());
    }

    /**
     * Hands on what the OpenFlow controller tells of switches.
     */
    private final class Reports implements OpenFlowSwitchListener {

        @Override
        public void switchAdded(Dpid dpid) {
            report(dpid, () -> {
                OpenFlowSwitch added = controller.getSwitch(dpid);
                if (added == null) {
                    log.info("Switch {} went away before it was known to ONOS", dpid);
                    return;
                }
                DeviceId device = DeviceDescriptions.id(dpid);
                core.deviceConnected(device, DeviceDescriptions.of(added));
                core.updatePorts(device, described(dpid, added.getPorts()));
            });
        }

        @Override
        public void switchRemoved(Dpid dpid) {
            poller.forget(dpid);
            report(dpid, () -> {
                liveness.forget(dpid);
                core.deviceDisconnected(DeviceDescriptions.id(dpid));
            });
        }

        @Override
        public void switchChanged(Dpid dpid) {
            report(dpid, () -> {
                OpenFlowSwitch changed = controller.getSwitch(dpid);
                if (changed != null) {
                    core.updatePorts(DeviceDescriptions.id(dpid), described(dpid, changed.getPorts()));
                }
            });
        }

        @Override
        public void portChanged(Dpid dpid, OFPortStatus status) {
            DeviceId device = DeviceDescriptions.id(dpid);
            report(dpid, () -> {
                PortDescription port = described(dpid, List.of(status.getDesc())).get(0);
                if (status.getReason() == OFPortReason.DELETE) {
                    core.deletePort(device, port);
                } else {
                    core.portStatusChanged(device, port);
                }
            });
        }

        @Override
        public void receivedRoleReply(Dpid dpid, RoleState requested, RoleState response) {
            report(dpid, () -> core.receivedRoleReply(DeviceDescriptions.id(dpid), mastership(requested),
                                                      mastership(response)));
        }

        private List<PortDescription> described(Dpid dpid, List<OFPortDesc> ports) {
            liveness.learn(dpid, ports);
            return ports.stream().map(port -> PortDescriptions.of(port, liveness.isLive(dpid, port)))
                    .collect(Collectors.toUnmodifiableList());
        }

        // Both are null where the switch refused the role: so ONOS's interface has it.
        private MastershipRole mastership(RoleState role) {
            return role == null ? null : Roles.mastershipOf(role);
        }
    }
}
