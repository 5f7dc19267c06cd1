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
package org.roundtrip.clock.impl.negotiation;

import org.onosproject.cluster.ClusterService;
import org.onosproject.cluster.LeadershipService;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.CoreService;
import org.onosproject.event.EventDeliveryService;
import org.onosproject.event.ListenerRegistry;
import org.onosproject.net.Host;
import org.onosproject.net.HostLocation;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.host.HostListener;
import org.onosproject.net.host.HostService;
import org.onosproject.store.service.StorageException;
import org.onosproject.store.service.StorageService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.roundtrip.base.NotFoundException;
import org.roundtrip.base.Status;
import org.roundtrip.base.UnavailableException;
import org.roundtrip.base.cluster.Leader;
import org.roundtrip.base.reconcile.ReconcileLoop;
import org.roundtrip.base.store.DurableMap;
import org.roundtrip.clock.ClockEndpoint;
import org.roundtrip.clock.ClockPolicy;
import org.roundtrip.clock.ClockPolicyEvent;
import org.roundtrip.clock.ClockPolicyListener;
import org.roundtrip.clock.ClockPolicyService;
import org.roundtrip.clock.ClockReference;
import org.roundtrip.clock.ClockServer;
import org.roundtrip.clock.ClockServerState;
import org.roundtrip.clock.ClockSessionListener;
import org.roundtrip.clock.ClockSessionService;
import org.roundtrip.clock.compute.negotiation.PolicyConflicts;
import org.roundtrip.clock.compute.negotiation.ServerDirectory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Collectors;

/**
 * Keeps the policies in a durable map, and tells others of them and of the servers. Every node of the cluster watches;
 * the leader changes.
 */
@Component(immediate = true, service = ClockPolicyService.class)
public class ClockPolicyManager implements ClockPolicyService {

    private static final Logger log = LoggerFactory.getLogger(ClockPolicyManager.class);

    private static final String APPLICATION = "org.roundtrip.clock";
    private static final String POLICIES = "roundtrip-clock-policies";

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    @Reference
    CoreService coreService;
    @Reference
    ClusterService clusterService;
    @Reference
    LeadershipService leadershipService;
    @Reference
    StorageService storageService;
    @Reference
    EventDeliveryService eventDispatcher;
    @Reference
    HostService hostService;
    @Reference
    ClockSessionService sessionService;
    @Reference
    HeardServers heardServers;

    private final Clock clock = Clock.systemUTC();
    private final ListenerRegistry<ClockPolicyEvent, ClockPolicyListener> listeners = new ListenerRegistry<>();
    private final PublishedPolicies published = new PublishedPolicies(event -> eventDispatcher.post(event));
    private final ClockSessionListener sessionListener = event -> trigger();
    private final HostListener hostListener = event -> trigger();

    private ReconcileLoop loop;
    private Leader leader;
    private DurableMap<ClockPolicy> policies;
    private volatile List<ClockServer> servers = List.of();

    @Activate
    void activate() {
        ApplicationId application = coreService.registerApplication(APPLICATION);
        policies = DurableMap.open(storageService, application, POLICIES, ClockPolicy.class);
        eventDispatcher.addSink(ClockPolicyEvent.class, listeners);
        loop = new ReconcileLoop("roundtrip/clock/policies", this::publish);
        leader = new Leader(leadershipService, clusterService.getLocalNode().id(), this::trigger);
        leader.run();
        policies.listen(Runnable::run, name -> trigger());
        sessionService.addListener(sessionListener);
        hostService.addListener(hostListener);
        // Refusals can come as fast as a flood.
        heardServers.watch(() -> loop.triggerAfter(BETWEEN_LOOKS));
        // Before anybody asks: no policies would mean that nothing is allowed.
        loop.call(() -> {
            publish();
            return true;
        });
        log.info("Started");
    }

    @Deactivate
    void deactivate() {
        heardServers.watch(() -> { });
        loop.close();
        hostService.removeListener(hostListener);
        sessionService.removeListener(sessionListener);
        policies.close();
        leader.close();
        eventDispatcher.removeSink(ClockPolicyEvent.class);
        log.info("Stopped");
    }

    @Override
    public ClockPolicy put(ClockPolicy policy) {
        return change(() -> {
            PolicyConflicts.requireOwnServers(policy, policies.all().values());
            policies.put(policy.name(), policy);
            return policy;
        });
    }

    @Override
    public ClockPolicy remove(String name) {
        return change(() -> policies.remove(name).orElseThrow(
                () -> new NotFoundException("name", "there is no clock policy '" + name + "'")));
    }

    @Override
    public Optional<ClockPolicy> policy(String name) {
        return published.get(name);
    }

    @Override
    public List<ClockPolicy> policies() {
        return published.all();
    }

    @Override
    public List<ClockServer> servers() {
        return servers;
    }

    @Override
    public void addListener(ClockPolicyListener listener) {
        listeners.addListener(listener);
    }

    @Override
    public void removeListener(ClockPolicyListener listener) {
        listeners.removeListener(listener);
    }

    private void trigger() {
        loop.trigger();
    }

    private ClockPolicy change(Callable<ClockPolicy> request) {
        leader.requireSelf();
        try {
            return loop.call(() -> {
                ClockPolicy changed = request.call();
                publish();
                return changed;
            });
        } catch (StorageException e) {
            throw new UnavailableException("", "the durable store does not answer (" + e + "): try again, and look"
                    + " first whether the request was recorded all the same");
        } catch (RejectedExecutionException e) {
            throw new UnavailableException("", "the application is stopping");
        }
    }

    private void publish() {
        published.publish(policies.all());
        Map<ClockReference, Status<ClockServerState>> previous = servers.stream()
                .collect(Collectors.toMap(ClockServer::server, ClockServer::status));
        servers = ServerDirectory.servers(published.all(), sessionService.sessions(), this::endpoint,
                                          heardServers.identities(), heardServers::refusals, previous, clock.instant());
    }

    /** Only what is there without doubt: a session says more about its server than the network does. */
    private Optional<ClockEndpoint> endpoint(ClockReference reference) {
        Set<Host> hosts = reference.ipAddress().map(hostService::getHostsByIp).orElseGet(Set::of);
        return hosts.size() != 1 ? Optional.empty() : hosts.stream()
                .filter(host -> host.locations().size() == 1)
                .map(host -> ClockEndpoint.builder().host(host.id()).mac(host.mac()).ip(reference.ipAddress())
                        .connectPoint(port(host.locations().iterator().next())).build())
                .findFirst();
    }

    private static ConnectPoint port(HostLocation location) {
        return new ConnectPoint(location.deviceId(), location.port());
    }
}
