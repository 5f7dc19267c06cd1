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
package org.roundtrip.messaging.proxy.message;

import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.roundtrip.base.InvalidRequestException;
import org.roundtrip.base.NotFoundException;
import org.roundtrip.base.RequestException;
import org.roundtrip.base.UnavailableException;
import org.roundtrip.messaging.configuration.Application;
import org.roundtrip.messaging.configuration.DataCentre;
import org.roundtrip.messaging.configuration.MessageQueue;
import org.roundtrip.messaging.configuration.MessageRoute;
import org.roundtrip.messaging.configuration.MessagingConfiguration;
import org.roundtrip.messaging.configuration.QueueReport;
import org.roundtrip.messaging.configuration.compute.Correspondence;
import org.roundtrip.messaging.configuration.compute.Destination;
import org.roundtrip.messaging.configuration.compute.TopicNames;
import org.roundtrip.messaging.proxy.message.Outbox.Entry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The message proxy of one data centre. Applications send to applications and receive what is for them; where they are,
 * and what the storage servers call their queues, is in the configuration of messaging, without which it does nothing.
 * <p>
 * Messages of one key arrive in the order in which they were confirmed, or given to one proxy. A message that is
 * confirmed is delivered, and not again once it is acknowledged; if the proxy dies before it has committed, it comes
 * again unless the application names its position when it comes back. Thread-safe.
 */
public final class MessageProxy implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(MessageProxy.class);

    private final MessageProxySettings settings;
    private final KafkaClients clients;
    private final MessageMetrics metrics;
    private final Clock clock;
    /** By the application and the number of its subscription. */
    private final Map<Place, Subscription> subscriptions = new TreeMap<>();

    private volatile Optional<State> state = Optional.empty();

    /** Which of the subscriptions of an application here. */
    private record Place(String application, int number) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            int byName = application.compareTo(other.application);
            return byName != 0 ? byName : Integer.compare(number, other.number);
        }

        @Override
        public String toString() {
            return application + "." + number;
        }
    }

    private record State(Correspondence correspondence, Storage storage) {
    }

    /**
     * Creates a proxy that waits for its configuration.
     *
     * @param settings what it has to know beside that
     * @param registry where it counts
     */
    public MessageProxy(MessageProxySettings settings, MeterRegistry registry) {
        this(settings, registry, new RealKafkaClients(settings), Clock.systemUTC());
    }

    MessageProxy(MessageProxySettings settings, MeterRegistry registry, KafkaClients clients, Clock clock) {
        this.settings = settings;
        this.clients = clients;
        this.metrics = new MessageMetrics(registry);
        this.clock = clock;
    }

    /**
     * Works by a configuration from now on.
     *
     * @param configuration the configuration
     * @throws InvalidRequestException if its parts do not fit, or it does not know this data centre; then nothing has
     *                                 changed
     */
    public synchronized void configure(MessagingConfiguration configuration) {
        Correspondence correspondence = Correspondence.of(configuration);
        DataCentre here = correspondence.dataCentre(settings.dataCentre())
                .orElseThrow(() -> new InvalidRequestException("data-centres", "this proxy is in '"
                        + settings.dataCentre() + "', and there is none of that name"));
        Optional<Storage> before = state.map(State::storage);
        boolean isSame = before.filter(storage -> storage.bootstrapServers().equals(here.bootstrapServers()))
                .isPresent();
        Storage storage = isSame ? before.orElseThrow()
                : new Storage(settings, clients, metrics, here.bootstrapServers());
        storage.configure(correspondence);
        state = Optional.of(new State(correspondence, storage));
        if (!isSame) {
            subscriptions.values().forEach(Subscription::restart);
            before.ifPresent(Storage::close);
        }
        subscriptions.forEach((place, subscription) ->
                subscription.subscribe(queuesOf(place.application(), correspondence)));
        log.info("Works by configuration {}", configuration.version());
    }

    private State state() {
        return state.orElseThrow(() -> new UnavailableException("", "this proxy has no configuration yet"));
    }

    /**
     * Returns by which configuration it works.
     *
     * @return the configuration, or empty if it has none yet
     */
    public Optional<Correspondence> correspondence() {
        return state.map(State::correspondence);
    }

    /**
     * Sends a message.
     *
     * @param message the message
     * @return its receipt, when all in-sync replicas of the storage server of this data centre have it; fails with a
     * {@link RequestException}: {@link SendFailedException}, or what is wrong with the message
     */
    public CompletableFuture<Receipt> send(OutgoingMessage message) {
        try {
            State now = state();
            check(message);
            Destination destination = now.correspondence().destination(message.sender(), message.processor());
            Entry entry = destination.dataCentre().equals(settings.dataCentre())
                    ? local(now, message, destination) : remote(now, message, destination);
            return now.storage().outbox().store(entry)
                    .handle((metadata, failure) -> receipt(destination, metadata, Optional.ofNullable(failure)));
        } catch (RequestException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void check(OutgoingMessage message) {
        long size = message.payload().length + message.key().map(key -> key.length() * 3L).orElse(0L)
                + message.headers().stream().mapToLong(each -> each.name().length() + each.value().length).sum();
        if (size > settings.largest()) {
            throw new InvalidRequestException("payload", "is too large: with its key and headers the message has "
                    + size + " bytes, and at most " + settings.largest() + " are allowed");
        }
        if (message.deadline().isNegative() || message.deadline().isZero()) {
            throw new InvalidRequestException("deadline", "must be positive");
        }
    }

    private Entry local(State now, OutgoingMessage message, Destination destination) {
        return new Entry(MessageRecords.local(message, destination, clock.instant()),
                         now.correspondence().queue(destination.queue()).orElseThrow().partitions(),
                         Optional::empty, message.whenFull(), message.deadline());
    }

    private Entry remote(State now, OutgoingMessage message, Destination destination) {
        String to = destination.dataCentre();
        Instant accepted = clock.instant();
        MessageRoute route = now.correspondence().nextHop(settings.dataCentre(), to)
                .orElseThrow(() -> new NotFoundException("processor", "no route leads from '" + settings.dataCentre()
                        + "' to '" + to + "', where '" + message.processor() + "' is"));
        BacklogLimits limits = now.storage().limits();
        return new Entry(MessageRecords.remote(message, destination, accepted, route.timeToLive().map(accepted::plus)),
                         now.correspondence().dataCentre(to).orElseThrow().partitions(),
                         () -> limits.full(to), message.whenFull(), message.deadline());
    }

    private Receipt receipt(Destination destination, RecordMetadata metadata, Optional<Throwable> failure) {
        failure.ifPresent(why -> {
            if (why instanceof SendFailedException) {
                metrics.of(destination.queue()).sendFailed(((SendFailedException) why).kind());
            }
            throw new CompletionException(why);
        });
        metrics.of(destination.queue()).sent();
        if (!destination.dataCentre().equals(settings.dataCentre())) {
            state().storage().limits().sent(destination.dataCentre(), (long) metadata.serializedKeySize()
                    + metadata.serializedValueSize());
        }
        return new Receipt(new MessageId(settings.dataCentre(), metadata.partition(), metadata.offset()),
                           destination.dataCentre());
    }

    /**
     * Receives what is for an application.
     *
     * @param application the application
     * @param options     how it receives
     * @param listener    gets the messages
     * @return ends it when it is closed
     * @throws NotFoundException       if there is no such application
     * @throws InvalidRequestException if its messages are processed in another data centre, or it has no queues
     */
    public synchronized Subscription receive(String application, SubscriptionOptions options,
                                             DeliveryListener listener) {
        Correspondence correspondence = state().correspondence();
        Application processor = correspondence.application(application).orElseThrow(
                () -> new NotFoundException("application", "there is no application '" + application + "'"));
        if (!processor.dataCentre().equals(settings.dataCentre())) {
            throw new InvalidRequestException("application", "the messages of '" + application
                    + "' are processed in data centre '" + processor.dataCentre() + "', and this proxy is in '"
                    + settings.dataCentre() + "'");
        }
        List<SubscribedQueue> queues = queuesOf(application, correspondence);
        if (queues.isEmpty()) {
            throw new InvalidRequestException("application", "'" + application + "' processes no queue");
        }
        subscriptions.values().removeIf(Subscription::isClosed);
        Place place = IntStream.iterate(0, number -> number + 1)
                .mapToObj(number -> new Place(application, number))
                .filter(each -> !subscriptions.containsKey(each)).findFirst().orElseThrow();
        Subscription subscription = new Subscription(
                new Subscription.Parts(place.toString(), settings, () -> clients.consumer(
                        state().storage().bootstrapServers(), "roundtrip.message." + application,
                        settings.name() + "." + place), this::bury, metrics, clock, System::nanoTime),
                queues, options, listener);
        subscriptions.put(place, subscription);
        subscription.start();
        return subscription;
    }

    private CompletableFuture<?> bury(SubscribedQueue queue, ConsumerRecord<byte[], byte[]> record, String reason) {
        return state().storage().outbox().store(new Entry(
                MessageRecords.deadLetter(queue.deadLettersTopic(), record, reason), queue.partitions(),
                Optional::empty, OutgoingMessage.WhenFull.BLOCK, OutgoingMessage.USUAL_DEADLINE));
    }

    private List<SubscribedQueue> queuesOf(String application, Correspondence correspondence) {
        return correspondence.queuesProcessedIn(settings.dataCentre()).stream()
                .filter(queue -> queue.processor().equals(application))
                .map(MessageProxy::subscribed)
                .collect(Collectors.toList());
    }

    private static SubscribedQueue subscribed(MessageQueue queue) {
        return new SubscribedQueue(queue.name(), TopicNames.privateTopic(queue), queue.partitions(),
                                   TopicNames.deadLetters(queue));
    }

    /**
     * Returns what is wrong with subscriptions now.
     *
     * @return by application and number the last failure; only of those that do not work
     */
    public synchronized Map<String, String> troubles() {
        Map<String, String> troubles = new TreeMap<>();
        subscriptions.forEach((place, subscription) ->
                subscription.trouble().ifPresent(trouble -> troubles.put(place.toString(), trouble)));
        return troubles;
    }

    /**
     * Returns what it has done for the queues that are processed here.
     *
     * @return one report for each
     */
    public synchronized List<QueueReport> report() {
        Map<String, Long> waiting = new TreeMap<>();
        subscriptions.values().forEach(subscription ->
                subscription.backlogs().forEach((queue, messages) -> waiting.merge(queue, messages, Long::sum)));
        return correspondence().map(known -> known.queuesProcessedIn(settings.dataCentre())).orElse(List.of()).stream()
                .map(queue -> metrics.of(queue.name()).report(waiting.getOrDefault(queue.name(), 0L)))
                .collect(Collectors.toList());
    }

    /** Ends all subscriptions, and stores what was given to it, as far as that takes no more than some seconds. */
    @Override
    public synchronized void close() {
        subscriptions.values().forEach(Subscription::close);
        subscriptions.clear();
        state.map(State::storage).ifPresent(Storage::close);
    }
}
