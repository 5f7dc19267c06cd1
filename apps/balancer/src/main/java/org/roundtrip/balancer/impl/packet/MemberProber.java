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
import org.onlab.util.Tools;
import org.onosproject.cluster.ClusterService;
import org.onosproject.cluster.LeadershipService;
import org.onosproject.net.edge.EdgePortService;
import org.onosproject.net.host.HostService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.roundtrip.balancer.MemberState;
import org.roundtrip.balancer.impl.PublishedPlans;
import org.roundtrip.base.cluster.Leader;
import org.roundtrip.base.packet.AddressProbe;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Asks for members that the network has not seen yet, out of all edge ports: ONOS learns them from their answers. One
 * node of the cluster asks.
 */
@Component(immediate = true, service = MemberProber.class)
public class MemberProber {

    private static final Logger log = LoggerFactory.getLogger(MemberProber.class);

    private static final Duration TICK = Duration.ofMillis(250);

    @Reference
    ClusterService clusterService;
    @Reference
    LeadershipService leadershipService;
    @Reference
    HostService hostService;
    @Reference
    EdgePortService edgePortService;
    @Reference
    PublishedPlans plans;

    private final LongSupplier elapsed;
    private final ProbeSchedule schedule = new ProbeSchedule();
    private Leader leader;
    private ScheduledExecutorService executor;

    /**
     * Creates the prober for the controller.
     */
    public MemberProber() {
        this(System::nanoTime);
    }

    MemberProber(LongSupplier elapsed) {
        this.elapsed = elapsed;
    }

    @Activate
    void activate() {
        leader = new Leader(leadershipService, clusterService.getLocalNode().id(), () -> { });
        leader.run();
        executor = Executors.newSingleThreadScheduledExecutor(
                Tools.groupedThreads("roundtrip/balancer", "prober", log));
        executor.scheduleWithFixedDelay(this::tick, 0, TICK.toMillis(), TimeUnit.MILLISECONDS);
        log.info("Started");
    }

    @Deactivate
    void deactivate() {
        executor.shutdownNow();
        leader.close();
        log.info("Stopped");
    }

    /** A scheduled task that throws is never run again. */
    private void tick() {
        try {
            if (leader.isSelf()) {
                probe();
            }
        } catch (RuntimeException e) {
            log.warn("Can't ask for members that are missed; trying again", e);
        }
    }

    private void probe() {
        schedule.due(missed(), Duration.ofNanos(elapsed.getAsLong())).forEach(address ->
                edgePortService.emitPacket(ByteBuffer.wrap(AddressProbe.of(address)), Optional.empty()));
    }

    private Set<IpAddress> missed() {
        return plans.vips().stream().flatMap(vip -> vip.servers().stream())
                .flatMap(server -> server.request().members().stream())
                .filter(member -> member.state() != MemberState.DISABLED)
                .map(member -> member.address())
                .filter(address -> hostService.getHostsByIp(address).isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }
}
