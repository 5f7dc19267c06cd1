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

import com.google.common.collect.ImmutableList;
import org.onosproject.net.DeviceId;
import org.onosproject.net.device.DeviceProviderService;
import org.onosproject.openflow.controller.Dpid;
import org.onosproject.openflow.controller.OpenFlowController;
import org.onosproject.openflow.controller.OpenFlowMessageListener;
import org.onosproject.openflow.controller.OpenFlowSwitch;
import org.onosproject.openflow.controller.RoleState;
import org.projectfloodlight.openflow.protocol.OFMessage;
import org.projectfloodlight.openflow.protocol.OFPortStatsReply;
import org.projectfloodlight.openflow.protocol.OFPortStatsRequest;
import org.projectfloodlight.openflow.types.OFPort;
import org.roundtrip.openflow.compute.Multipart;
import org.roundtrip.openflow.device.compute.DeviceDescriptions;
import org.roundtrip.openflow.device.compute.PortCounters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import static org.onlab.util.Tools.groupedThreads;

/**
 * Asks the switches that this node is master of for their port counters, periodically, and reports the answers.
 *
 * <p>Thread-safe.
 */
final class PortStatisticsPoller {

    private final Logger log = LoggerFactory.getLogger(getClass());
    private final OpenFlowController controller;
    private final DeviceProviderService core;
    private final OpenFlowMessageListener replies = new Replies();
    private final Map<Dpid, Multipart<OFPortStatsReply>> unfinished = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            groupedThreads("onos/openflow-device", "port-statistics", log));
    private ScheduledFuture<?> polling;
    private Duration period = Duration.ZERO;

    PortStatisticsPoller(OpenFlowController controller, DeviceProviderService core) {
        this.controller = controller;
        this.core = core;
        controller.addMessageListener(replies);
    }

    /**
     * Starts polling, or changes its period.
     *
     * @param wanted time between two readings
     */
    synchronized void every(Duration wanted) {
        if (wanted.equals(period)) {
            return;
        }
        if (polling != null) {
            polling.cancel(false);
        }
        period = wanted;
        polling = timer.scheduleWithFixedDelay(this::poll, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Drops what a switch that has gone left unfinished.
     *
     * @param dpid switch
     */
    void forget(Dpid dpid) {
        unfinished.remove(dpid);
    }

    void stop() {
        controller.removeMessageListener(replies);
        timer.shutdownNow();
    }

    private void poll() {
        try {
            controller.getSwitches().forEach(this::ask);
        } catch (RuntimeException failure) {
            // A scheduled task that throws is never run again.
            log.warn("Port counters could not be asked for", failure);
        }
    }

    private void ask(OpenFlowSwitch connected) {
        if (connected.isConnected() && connected.getRole() == RoleState.MASTER) {
            OFPortStatsRequest request = connected.factory().buildPortStatsRequest().setPortNo(OFPort.ANY).build();
            unfinished.put(connected.getDpid(), new Multipart<>(OFPortStatsReply.class, request.getXid()));
            connected.sendMsg(request);
        }
    }

    /**
     * Collects the answers. This listener, unlike that for events, is called in the order of the messages, which the
     * parts of one answer need.
     */
    private final class Replies implements OpenFlowMessageListener {

        @Override
        public void handleIncomingMessage(Dpid dpid, OFMessage message) {
            Multipart<OFPortStatsReply> answer = unfinished.get(dpid);
            if (answer != null && message instanceof OFPortStatsReply) {
                answer.add((OFPortStatsReply) message).ifPresent(parts -> report(DeviceDescriptions.id(dpid), parts));
            }
        }

        private void report(DeviceId device, List<OFPortStatsReply> parts) {
            core.updatePortStatistics(device, parts.stream()
                    .map(part -> PortCounters.of(device, part.getEntries()))
                    .flatMap(List::stream)
                    .collect(ImmutableList.toImmutableList()));
        }

        @Override
        public void handleOutgoingMessage(Dpid dpid, List<OFMessage> messages) {
            // What is sent is of no interest here.
        }
    }
}
