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
package org.roundtrip.messaging.impl;

import org.onosproject.cluster.ClusterService;
import org.onosproject.cluster.LeadershipService;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.CoreService;
import org.onosproject.store.service.StorageException;
import org.onosproject.store.service.StorageService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.roundtrip.base.ConflictException;
import org.roundtrip.base.InvalidRequestException;
import org.roundtrip.base.NotFoundException;
import org.roundtrip.base.UnavailableException;
import org.roundtrip.base.cluster.Leader;
import org.roundtrip.base.json.Json;
import org.roundtrip.base.reconcile.ReconcileLoop;
import org.roundtrip.messaging.ChangeRequest;
import org.roundtrip.messaging.ConfigurationChange;
import org.roundtrip.messaging.ConfigurationVersion;
import org.roundtrip.messaging.MessagingConfigurationService;
import org.roundtrip.messaging.MessagingStateService;
import org.roundtrip.messaging.ProxyStatus;
import org.roundtrip.messaging.RouteStatus;
import org.roundtrip.messaging.VersionMismatchException;
import org.roundtrip.messaging.compute.ConfigurationDifference;
import org.roundtrip.messaging.compute.ConfigurationEdits;
import org.roundtrip.messaging.compute.ConfigurationRecord;
import org.roundtrip.messaging.compute.ProxyTrack;
import org.roundtrip.messaging.compute.RouteSummary;
import org.roundtrip.messaging.configuration.Application;
import org.roundtrip.messaging.configuration.DataCentre;
import org.roundtrip.messaging.configuration.MessageQueue;
import org.roundtrip.messaging.configuration.MessageRoute;
import org.roundtrip.messaging.configuration.MessagingConfiguration;
import org.roundtrip.messaging.configuration.ProxyReport;
import org.roundtrip.messaging.configuration.RouteOrder;
import org.roundtrip.messaging.configuration.compute.Correspondence;
import org.roundtrip.messaging.impl.network.RouteNetworks;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Keeps the configuration and what proxies tell. Every node of the cluster answers what the configuration is; the one
 * that leads changes it and listens to proxies.
 */
@Component(immediate = true, service = {MessagingConfigurationService.class, MessagingStateService.class})
public class MessagingManager implements MessagingConfigurationService, MessagingStateService {

    private static final Logger log = LoggerFactory.getLogger(MessagingManager.class);

    private static final String APPLICATION = "org.roundtrip.messaging";
    /** What the durable store takes in one piece is 1 MiB with all that goes with it. */
    private static final int LONGEST_RECORD = 900_000;
    private static final MessagingConfiguration NOTHING = MessagingConfiguration.builder().version(0).build();

    @Reference
    CoreService coreService;
    @Reference
    ClusterService clusterService;
    @Reference
    LeadershipService leadershipService;
    @Reference
    StorageService storageService;
    @Reference
    RouteNetworks routeNetworks;

    private final Clock clock;
    private final LongSupplier elapsed;
    private final ProxyBook proxies;

    private ReconcileLoop loop;
    private Leader leader;
    private ConfigurationLedger ledger;
    private ConfigurationWaiters waiters;
    private Instant started = Instant.EPOCH;
    private volatile Correspondence correspondence = Correspondence.of(NOTHING);

    /**
     * Creates the manager for the controller, which has the time of the system.
     */
    public MessagingManager() {
        this(Clock.systemUTC(), System::nanoTime);
    }

    MessagingManager(Clock clock, LongSupplier elapsed) {
        this.clock = clock;
        this.elapsed = elapsed;
        proxies = new ProxyBook(MOST_PROXIES, clock, elapsed);
    }

    @Activate
    void activate() {
        ApplicationId application = coreService.registerApplication(APPLICATION);
        started = clock.instant();
        ledger = new ConfigurationLedger(storageService, application, KEPT_VERSIONS);
        waiters = new ConfigurationWaiters(this::configuration);
        loop = new ReconcileLoop("roundtrip/messaging", this::refresh);
        leader = new Leader(leadershipService, clusterService.getLocalNode().id(), loop::trigger);
        ledger.listen(loop::trigger);
        leader.run();
        loop.trigger();
        log.info("Started");
    }

    @Deactivate
    void deactivate() {
        loop.close();
        leader.close();
        ledger.close();
        waiters.close();
        log.info("Stopped");
    }

    private void refresh() {
        ledger.refresh();
        MessagingConfiguration present = present();
        if (present.version() != correspondence.configuration().version()) {
            // What was stored was checked then.
            correspondence = Correspondence.of(present);
        }
        routeNetworks.provide(present);
        waiters.tell();
    }

    private MessagingConfiguration present() {
        return ledger.present().map(ConfigurationRecord::configuration).orElse(NOTHING);
    }

    @Override
    public MessagingConfiguration configuration() {
        return correspondence.configuration();
    }

    @Override
    public CompletableFuture<MessagingConfiguration> otherThan(long version) {
        return waiters.otherThan(version);
    }

    @Override
    public List<ConfigurationVersion> versions() {
        return ledger.versions().stream().map(ConfigurationRecord::audit).collect(Collectors.toUnmodifiableList());
    }

    @Override
    public Optional<MessagingConfiguration> configuration(long version) {
        return version == 0 ? Optional.of(NOTHING) : ledger.version(version).map(ConfigurationRecord::configuration);
    }

    @Override
    public List<ConfigurationChange> differences(long from, long to) {
        return ConfigurationDifference.between(kept("from", from), kept("to", to));
    }

    private MessagingConfiguration kept(String field, long version) {
        return configuration(version).orElseThrow(() -> new NotFoundException(
                field, "there is no version " + version + ": the latest " + KEPT_VERSIONS + " are kept"));
    }

    @Override
    public MessagingConfiguration replace(MessagingConfiguration configuration, ChangeRequest request) {
        return change(present -> {
            requireVersion(Optional.of(configuration.version()), present);
            return ConfigurationEdits.replace(present, configuration);
        }, request);
    }

    @Override
    public MessagingConfiguration put(DataCentre dataCentre, ChangeRequest request) {
        return change(present -> ConfigurationEdits.put(present, dataCentre), request);
    }

    @Override
    public MessagingConfiguration put(Application application, ChangeRequest request) {
        return change(present -> ConfigurationEdits.put(present, application), request);
    }

    @Override
    public MessagingConfiguration put(MessageQueue queue, ChangeRequest request) {
        return change(present -> ConfigurationEdits.put(present, queue), request);
    }

    @Override
    public MessagingConfiguration put(MessageRoute route, ChangeRequest request) {
        return change(present -> ConfigurationEdits.put(present, route), request);
    }

    @Override
    public MessagingConfiguration removeDataCentre(String name, ChangeRequest request) {
        return change(present -> ConfigurationEdits.removeDataCentre(present, name), request);
    }

    @Override
    public MessagingConfiguration removeApplication(String name, ChangeRequest request) {
        return change(present -> ConfigurationEdits.removeApplication(present, name), request);
    }

    @Override
    public MessagingConfiguration removeQueue(String name, ChangeRequest request) {
        return change(present -> ConfigurationEdits.removeQueue(present, name), request);
    }

    @Override
    public MessagingConfiguration removeRoute(String from, String to, ChangeRequest request) {
        return change(present -> ConfigurationEdits.removeRoute(present, from, to), request);
    }

    @Override
    public MessagingConfiguration pause(String from, String to, boolean paused, ChangeRequest request) {
        return change(present -> ConfigurationEdits.pause(present, from, to, paused), request);
    }

    @Override
    public MessagingConfiguration order(String from, String to, RouteOrder.Move move, Instant since,
                                        ChangeRequest request) {
        if (since.isAfter(clock.instant())) {
            throw new InvalidRequestException("since", since + " is still to come: name a time that is past");
        }
        return change(present -> ConfigurationEdits.order(present, from, to, move, since), request);
    }

    private MessagingConfiguration change(UnaryOperator<MessagingConfiguration> edit, ChangeRequest request) {
        leader.requireSelf();
        try {
            return loop.call(() -> {
                refresh();
                MessagingConfiguration present = present();
                requireVersion(request.expectedVersion(), present);
                MessagingConfiguration edited = edit.apply(present);
                if (!edited.equals(present)) {
                    store(present, edited, request.author());
                }
                return configuration();
            });
        } catch (StorageException e) {
            throw new UnavailableException("", "the durable store does not answer (" + e + "): try again, and look"
                    + " first whether the change was recorded all the same");
        } catch (RejectedExecutionException e) {
            throw new UnavailableException("", "the application is stopping");
        } finally {
            loop.trigger();
        }
    }

    private static void requireVersion(Optional<Long> expected, MessagingConfiguration present) {
        expected.filter(version -> version != present.version()).ifPresent(version -> {
            throw new VersionMismatchException(version, present.version());
        });
    }

    private void store(MessagingConfiguration present, MessagingConfiguration edited, String author) {
        MessagingConfiguration next = MessagingConfiguration.builder().from(edited).version(present.version() + 1)
                .build();
        Correspondence valid = Correspondence.of(next);
        ConfigurationRecord record = ConfigurationRecord.of(
                ConfigurationVersion.builder().version(next.version())
                        .time(clock.instant().truncatedTo(ChronoUnit.MILLIS)).author(author)
                        .changes(ConfigurationDifference.between(present, next)).build(), next);
        int length = Json.write(record).length();
        if (length > LONGEST_RECORD) {
            throw new InvalidRequestException("", "the configuration and what has changed are " + length
                    + " characters, and at most " + LONGEST_RECORD + " can be kept: make fewer changes at a time, or"
                    + " the configuration smaller");
        }
        if (!ledger.add(record)) {
            throw new ConflictException("version", "somebody else has just made version " + next.version()
                    + ": look at it, and make the change again");
        }
        log.info("Version {} of the configuration was made by {}", next.version(), author);
        correspondence = valid;
        routeNetworks.provide(next);
        waiters.tell();
    }

    @Override
    public ProxyStatus report(ProxyReport report) {
        leader.requireSelf();
        proxies.report(report);
        return proxy(report.name()).orElseThrow(() -> new UnavailableException("", "the proxy was removed meanwhile"));
    }

    @Override
    public void forget(String name) {
        leader.requireSelf();
        proxies.forget(name);
    }

    @Override
    public List<ProxyStatus> proxies() {
        return proxies.tracks().stream().map(this::status).collect(Collectors.toUnmodifiableList());
    }

    @Override
    public Optional<ProxyStatus> proxy(String name) {
        return proxies.track(name).map(this::status);
    }

    private ProxyStatus status(ProxyTrack track) {
        return track.status(elapsed.getAsLong(), configuration().version(),
                            ledger.present().map(record -> record.audit().time()).orElse(started));
    }

    @Override
    public List<RouteStatus> routes() {
        Correspondence present = correspondence;
        return present.configuration().routes().stream()
                .sorted(Comparator.comparing(MessageRoute::from).thenComparing(MessageRoute::to))
                .map(route -> status(present, route))
                .collect(Collectors.toUnmodifiableList());
    }

    @Override
    public Optional<RouteStatus> route(String from, String to) {
        Correspondence present = correspondence;
        return present.routesFrom(from).stream().filter(route -> route.to().equals(to)).findFirst()
                .map(route -> status(present, route));
    }

    private RouteStatus status(Correspondence present, MessageRoute route) {
        return RouteSummary.of(present, route, proxies.tracks(), elapsed.getAsLong(), started,
                               routeNetworks.network(route));
    }
}
