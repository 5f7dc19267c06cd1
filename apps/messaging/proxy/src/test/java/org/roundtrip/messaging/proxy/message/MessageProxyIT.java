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

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.roundtrip.base.InvalidRequestException;
import org.roundtrip.base.NotFoundException;
import org.roundtrip.messaging.proxy.testing.Broker;
import org.roundtrip.messaging.proxy.message.compute.Position;
import org.roundtrip.messaging.proxy.message.compute.ProcessedPositions;
import org.roundtrip.messaging.proxy.message.compute.RedeliverySchedule;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The library with a real storage server.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MessageProxyIT {

    private static final byte[] PAYLOAD = "hello".getBytes(StandardCharsets.UTF_8);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private static Path folder;
    private static Broker broker;

    private MessageProxy proxy;

    @BeforeAll
    static void startBroker() throws IOException {
        broker = new Broker(folder.resolve("north"));
        Awaitility.setDefaultTimeout(PATIENCE);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void startProxy() {
        proxy = proxy();
    }

    @AfterEach
    void stopProxy() {
        proxy.close();
    }

    private static MessageProxy proxy() {
        MessageProxySettings usual = MessageProxySettings.of("proxy-1", "north");
        MessageProxySettings settings = new MessageProxySettings(
                usual.name(), usual.dataCentre(), Map.of(),
                new RedeliverySchedule(Duration.ofMillis(50), Duration.ofMillis(100), 3), usual.largest(),
                usual.handOverTime());
        MessageProxy proxy = new MessageProxy(settings, new SimpleMeterRegistry());
        proxy.configure(Examples.configuration(broker.bootstrapServers()).build());
        return proxy;
    }

    private static OutgoingMessage toPayment(String key, String payload) {
        return OutgoingMessage.of("shop", "payment", key, payload.getBytes(StandardCharsets.UTF_8));
    }

    private Subscription receive(BlockingQueue<Delivery> into) {
        return proxy.receive("payment", SubscriptionOptions.USUAL, into::add);
    }

    private static Delivery next(BlockingQueue<Delivery> deliveries) throws InterruptedException {
        Delivery delivery = deliveries.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(delivery).as("a delivery").isNotNull();
        return delivery;
    }

    /** Takes and acknowledges whatever others have left. */
    private void drain() {
        List<Receipt> marks = IntStream.range(0, 40)
                .mapToObj(i -> proxy.send(toPayment("mark " + i, "mark")).join()).toList();
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        try (Subscription subscription = proxy.receive("payment", SubscriptionOptions.USUAL, delivery -> {
            delivery.acknowledge();
            seen.add(delivery.id().toString());
        })) {
            Awaitility.await().untilAsserted(() -> assertThat(seen)
                    .containsAll(marks.stream().map(mark -> mark.id().toString()).toList()));
        }
    }

    @Test
    void aLocalMessageComesToItsProcessorWithoutRoutingInformation() throws Exception {
        drain();
        OutgoingMessage message = new OutgoingMessage(
                "shop", "payment", Optional.of("ключ-键-🔑"), PAYLOAD, List.of(MessageHeader.of("tänant", "ü")),
                OutgoingMessage.WhenFull.BLOCK, OutgoingMessage.USUAL_DEADLINE);
        Receipt receipt = proxy.send(message).join();
        BlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>();
        try (Subscription subscription = receive(deliveries)) {
            Delivery delivery = next(deliveries);
            assertThat(delivery.id()).isEqualTo(receipt.id());
            assertThat(delivery.sender()).isEqualTo("shop");
            assertThat(delivery.key()).contains("ключ-键-🔑");
            assertThat(delivery.payload()).isEqualTo(PAYLOAD);
            assertThat(delivery.headers()).singleElement().satisfies(header -> {
                assertThat(header.name()).isEqualTo("tänant");
                assertThat(header.text()).isEqualTo("ü");
            });
            assertThat(delivery.attempt()).isEqualTo(1);
            delivery.acknowledge();
        }
        assertThat(headersOf(read("roundtrip.private.payments", receipt.id())))
                .containsExactly("tänant", "roundtrip.sender", "roundtrip.accepted");
    }

    @Test
    void aRemoteMessageGoesToThePublicAreaWithRoutingInformation() {
        Receipt receipt = proxy.send(OutgoingMessage.of("shop", "ledger", "k", PAYLOAD)).join();
        assertThat(receipt.dataCentre()).isEqualTo("south");
        assertThat(receipt.id().dataCentre()).isEqualTo("north");
        ConsumerRecord<byte[], byte[]> record = read("roundtrip.public.south", receipt.id());
        assertThat(headersOf(record)).containsExactly("roundtrip.sender", "roundtrip.accepted", "roundtrip.routing",
                                                      "roundtrip.expires");
        assertThat(new String(record.headers().lastHeader("roundtrip.routing").value(), StandardCharsets.UTF_8))
                .isEqualTo("bookings south 192.0.2.1:9092");
    }

    @Test
    void emptyAndLargePayloadsArriveAsTheyWere() throws Exception {
        drain();
        byte[] large = new byte[1 << 20];
        new Random(1).nextBytes(large);
        proxy.send(OutgoingMessage.of("shop", "payment", "same", new byte[0])).join();
        proxy.send(OutgoingMessage.of("shop", "payment", "same", large)).join();
        BlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>();
        try (Subscription subscription = receive(deliveries)) {
            Delivery first = next(deliveries);
            assertThat(first.payload()).isEmpty();
            first.acknowledge();
            Delivery second = next(deliveries);
            assertThat(second.payload()).isEqualTo(large);
            second.acknowledge();
        }
    }

    @Test
    void whatIsRefusedComesAgainHoldsBackItsKeyAndIsADeadLetterInTheEnd() throws Exception {
        drain();
        proxy.send(toPayment("poor", "1")).join();
        proxy.send(toPayment("poor", "2")).join();
        BlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>();
        try (Subscription subscription = receive(deliveries)) {
            for (int attempt = 1; attempt <= 3; attempt++) {
                Delivery delivery = next(deliveries);
                assertThat(new String(delivery.payload(), StandardCharsets.UTF_8)).isEqualTo("1");
                assertThat(delivery.attempt()).isEqualTo(attempt);
                delivery.refuse("no money");
            }
            Delivery after = next(deliveries);
            assertThat(new String(after.payload(), StandardCharsets.UTF_8)).isEqualTo("2");
            after.acknowledge();
        }
        ConsumerRecord<byte[], byte[]> letter = last("roundtrip.dead-letters.payments");
        assertThat(letter.value()).isEqualTo("1".getBytes(StandardCharsets.UTF_8));
        assertThat(new String(letter.headers().lastHeader("roundtrip.reason").value(), StandardCharsets.UTF_8))
                .isEqualTo("refused 3 times, at last: no money");
    }

    @Test
    void whatIsNotAcknowledgedComesAgainWithTheSameIdentifierAndWhatIsNamedDoesNot() throws Exception {
        drain();
        Receipt named = proxy.send(toPayment("one", "processed")).join();
        Receipt other = proxy.send(toPayment("two", "not processed")).join();
        BlockingQueue<Delivery> before = new LinkedBlockingQueue<>();
        Map<String, Position> positions = new HashMap<>();
        try (Subscription subscription = receive(before)) {
            for (int i = 0; i < 2; i++) {
                Delivery delivery = next(before);
                positions.put(delivery.id().toString(), delivery.position());
            }
        }
        BlockingQueue<Delivery> after = new LinkedBlockingQueue<>();
        try (Subscription subscription = proxy.receive("payment", new SubscriptionOptions(100, new ProcessedPositions(
                List.of(positions.get(named.id().toString())), List.of())), after::add)) {
            Delivery delivery = next(after);
            assertThat(delivery.id()).isEqualTo(other.id());
            delivery.acknowledge();
            proxy.send(toPayment("one", "end")).join();
            Delivery end = next(after);
            assertThat(new String(end.payload(), StandardCharsets.UTF_8)).isEqualTo("end");
            end.acknowledge();
        }
    }

    @Test
    void recordsOfARemoteOriginThatWereSentTwiceAreDeliveredOnce() throws Exception {
        drain();
        List<String> received = new ArrayList<>();
        BlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>();
        sendFromSouth(0, 1, 2);
        // Two proxies one after the other: the watermarks go on with the position.
        try (Subscription subscription = receive(deliveries)) {
            takeUntil(deliveries, received, "south:5:2");
        }
        stopProxy();
        startProxy();
        deliveries.clear();
        sendFromSouth(1, 2, 3, 2, 3, 4);
        try (Subscription subscription = receive(deliveries)) {
            takeUntil(deliveries, received, "south:5:4");
        }
        assertThat(received).containsExactly("south:5:0", "south:5:1", "south:5:2", "south:5:3", "south:5:4");
    }

    private static void takeUntil(BlockingQueue<Delivery> deliveries, List<String> received, String last)
            throws InterruptedException {
        do {
            Delivery delivery = next(deliveries);
            received.add(delivery.id().toString());
            delivery.acknowledge();
        } while (!received.get(received.size() - 1).equals(last));
    }

    private static void sendFromSouth(int... offsets) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers().get(0)), new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int offset : offsets) {
                ProducerRecord<byte[], byte[]> record =
                        new ProducerRecord<>("roundtrip.private.payments", 1, null, PAYLOAD);
                record.headers().add("roundtrip.origin", ("south:5:0:" + offset).getBytes(StandardCharsets.UTF_8));
                record.headers().add("roundtrip.sender", "shop".getBytes(StandardCharsets.UTF_8));
                record.headers().add("roundtrip.accepted", "1".getBytes(StandardCharsets.UTF_8));
                producer.send(record).get(1, TimeUnit.MINUTES);
            }
        }
    }

    @Test
    void aRecordThatNoProxyHasWrittenIsADeadLetterAlone() throws Exception {
        drain();
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers().get(0)), new ByteArraySerializer(),
                new ByteArraySerializer())) {
            ProducerRecord<byte[], byte[]> record =
                    new ProducerRecord<>("roundtrip.private.payments", 0, null, PAYLOAD);
            record.headers().add("roundtrip.origin", "nonsense".getBytes(StandardCharsets.UTF_8));
            producer.send(record).get(1, TimeUnit.MINUTES);
        }
        drain();
        assertThat(new String(last("roundtrip.dead-letters.payments").headers().lastHeader("roundtrip.reason").value(),
                              StandardCharsets.UTF_8)).startsWith("malformed: ").contains("nonsense");
    }

    @Test
    void aSlowApplicationGetsNoMoreThanItsWindow() throws Exception {
        drain();
        List<CompletableFuture<Receipt>> sent = IntStream.range(0, 50)
                .mapToObj(i -> proxy.send(toPayment("key " + i, "m"))).toList();
        sent.forEach(CompletableFuture::join);
        BlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>();
        List<String> received = new ArrayList<>();
        try (Subscription subscription = proxy.receive(
                "payment", new SubscriptionOptions(5, ProcessedPositions.NONE), deliveries::add)) {
            for (int i = 0; i < 50; i++) {
                Delivery delivery = next(deliveries);
                assertThat(deliveries.size()).isLessThan(5);
                received.add(delivery.id().toString());
                delivery.acknowledge();
            }
        }
        assertThat(received).doesNotHaveDuplicates();
    }

    @Test
    void messagesOfAKeyComeInTheOrderInWhichTheyWereGiven() {
        drain();
        List<String> received = Collections.synchronizedList(new ArrayList<>());
        List<CompletableFuture<Receipt>> sent = IntStream.range(0, 300)
                .mapToObj(i -> proxy.send(toPayment("one", Integer.toString(i)))).toList();
        try (Subscription subscription = proxy.receive("payment", SubscriptionOptions.USUAL, delivery -> {
            received.add(new String(delivery.payload(), StandardCharsets.UTF_8));
            delivery.acknowledge();
        })) {
            sent.forEach(CompletableFuture::join);
            Awaitility.await().untilAsserted(() -> assertThat(received).containsExactlyElementsOf(
                    IntStream.range(0, 300).mapToObj(Integer::toString).toList()));
        }
    }

    @Test
    void whatIsWrongIsRefusedWithItsReason() {
        assertThatThrownBy(() -> proxy.send(OutgoingMessage.of("shop", "nobody", "k", PAYLOAD)).join())
                .hasCauseInstanceOf(NotFoundException.class).hasMessageContaining("no application 'nobody'");
        assertThatThrownBy(() -> proxy.send(OutgoingMessage.of("payment", "shop", "k", PAYLOAD)).join())
                .hasCauseInstanceOf(NotFoundException.class).hasMessageContaining("no queue");
        assertThatThrownBy(() -> proxy.send(OutgoingMessage.of("shop", "payment", "\ud800", PAYLOAD)).join())
                .hasCauseInstanceOf(InvalidRequestException.class).hasMessageContaining("surrogate");
        assertThatThrownBy(() -> proxy.send(OutgoingMessage.of("shop", "payment", "k", new byte[2 << 20])).join())
                .hasCauseInstanceOf(InvalidRequestException.class).hasMessageContaining("too large");
        assertThatThrownBy(() -> proxy.send(new OutgoingMessage(
                "shop", "payment", Optional.empty(), PAYLOAD, List.of(MessageHeader.of("roundtrip.origin", "x")),
                OutgoingMessage.WhenFull.BLOCK, OutgoingMessage.USUAL_DEADLINE)).join())
                .hasCauseInstanceOf(InvalidRequestException.class).hasMessageContaining("roundtrip.origin");
        assertThatThrownBy(() -> proxy.receive("ledger", SubscriptionOptions.USUAL, delivery -> { }))
                .isInstanceOf(InvalidRequestException.class).hasMessageContaining("data centre 'south'");
        assertThatThrownBy(() -> proxy.receive("shop", SubscriptionOptions.USUAL, delivery -> { }))
                .isInstanceOf(InvalidRequestException.class).hasMessageContaining("processes no queue");
    }

    @Test
    void aFullRouteRefusesOrBlocksAsTheSenderChoseAndLocalMessagesGoOn() {
        proxy.configure(Examples.configuration(broker.bootstrapServers()).version(8)
                                .routes(List.of(Examples.route().maximumBacklog(1 << 20).build())).build());
        byte[] much = new byte[1 << 19];
        OutgoingMessage refusing = new OutgoingMessage("shop", "ledger", Optional.of("k"), much, List.of(),
                                                       OutgoingMessage.WhenFull.REFUSE, Duration.ofSeconds(30));
        Awaitility.await().untilAsserted(() -> assertThatThrownBy(() -> proxy.send(refusing).join())
                .hasMessageContaining("route north to south").hasMessageContaining("1048576")
                .extracting(Throwable::getCause).extracting(cause -> ((SendFailedException) cause).kind())
                .isEqualTo(SendFailedException.Kind.BACKLOG_FULL));
        OutgoingMessage blocking = new OutgoingMessage("shop", "ledger", Optional.of("k"), PAYLOAD, List.of(),
                                                       OutgoingMessage.WhenFull.BLOCK, Duration.ofMillis(300));
        assertThatThrownBy(() -> proxy.send(blocking).join()).hasMessageContaining("not stored within 300 ms")
                .hasMessageContaining("route north to south");
        CompletableFuture<Receipt> patient = proxy.send(new OutgoingMessage(
                "shop", "ledger", Optional.of("k"), PAYLOAD, List.of(), OutgoingMessage.WhenFull.BLOCK,
                Duration.ofMinutes(1)));
        proxy.send(toPayment("local", "goes on")).join();
        assertThat(patient).isNotDone();
        proxy.configure(Examples.configuration(broker.bootstrapServers()).version(9).build());
        patient.join();
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void whileTheStorageServerIsDownMessagesWaitUpToTheirDeadlineAndThenGoOn() throws Exception {
        drain();
        BlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>();
        try (Subscription subscription = receive(deliveries)) {
            broker.stop();
            OutgoingMessage hasty = new OutgoingMessage("shop", "payment", Optional.of("a"), PAYLOAD, List.of(),
                                                        OutgoingMessage.WhenFull.BLOCK, Duration.ofSeconds(2));
            assertThatThrownBy(() -> proxy.send(hasty).join()).isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(SendFailedException.class).hasMessageContaining("not stored within 2000 ms");
            MessageProxy other = proxy();
            try {
                assertThatThrownBy(() -> other.send(hasty).join()).hasCauseInstanceOf(SendFailedException.class)
                        .hasMessageContaining("topic roundtrip.private.payments");
            } finally {
                other.close();
            }
            CompletableFuture<Receipt> patient = proxy.send(new OutgoingMessage(
                    "shop", "payment", Optional.of("patient"), "after".getBytes(StandardCharsets.UTF_8), List.of(),
                    OutgoingMessage.WhenFull.BLOCK, Duration.ofMinutes(2)));
            broker.start();
            Receipt receipt = patient.get(2, TimeUnit.MINUTES);
            Awaitility.await().until(() -> deliveries.stream().anyMatch(each -> each.id().equals(receipt.id())));
        }
    }

    private static List<String> headersOf(ConsumerRecord<byte[], byte[]> record) {
        List<String> names = new ArrayList<>();
        for (Header header : record.headers()) {
            names.add(header.key());
        }
        return names;
    }

    private static ConsumerRecord<byte[], byte[]> read(String topic, MessageId id) {
        return read(topic, id.partition(), id.offset());
    }

    private static ConsumerRecord<byte[], byte[]> last(String topic) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers().get(0)));
             KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            List<TopicPartition> partitions = admin.describeTopics(List.of(topic)).allTopicNames()
                    .get(1, TimeUnit.MINUTES).get(topic).partitions().stream()
                    .map(info -> new TopicPartition(topic, info.partition())).toList();
            return consumer.endOffsets(partitions).entrySet().stream().filter(end -> end.getValue() > 0)
                    .map(end -> read(topic, end.getKey().partition(), end.getValue() - 1))
                    .max(Comparator.comparingLong(ConsumerRecord::timestamp)).orElseThrow();
        }
    }

    private static ConsumerRecord<byte[], byte[]> read(String topic, int partition, long offset) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            TopicPartition place = new TopicPartition(topic, partition);
            consumer.assign(List.of(place));
            consumer.seek(place, offset);
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            Awaitility.await().until(() -> {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
                return !records.isEmpty();
            });
            return records.get(0);
        }
    }

    private static KafkaConsumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(Map.of("bootstrap.servers", broker.bootstrapServers().get(0)),
                                   new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
