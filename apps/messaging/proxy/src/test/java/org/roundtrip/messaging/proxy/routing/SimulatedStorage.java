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
package org.roundtrip.messaging.proxy.routing;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.roundtrip.messaging.proxy.record.Decimal;
import org.roundtrip.messaging.proxy.record.HeaderNames;
import org.roundtrip.messaging.proxy.record.Origin;
import org.roundtrip.messaging.proxy.record.RoutingInformation;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

/**
 * Two data centres in memory, which do what Kafka may do: acknowledge late, lose what was on its way or take it long
 * after its writer died, fail, and let a first message be overtaken while no sequence number holds it.
 */
final class SimulatedStorage implements RouteEnds {

    static final String TOPIC = "roundtrip.public.b";
    static final int TARGET_PARTITIONS = 3;
    static final byte[] TOO_LARGE = "too large".getBytes(StandardCharsets.UTF_8);

    final Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> source = new LinkedHashMap<>();
    final Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
    final Map<TopicPartition, List<ProducerRecord<byte[], byte[]>>> target = new TreeMap<>(
            (one, other) -> one.toString().compareTo(other.toString()));
    final List<Long> deadLetters = new ArrayList<>();
    final Random random;
    final List<String> former = new ArrayList<>();
    double failures;
    /** How often somebody has looked at first messages. */
    int looks;
    Uuid topicId = new Uuid(1, 1);

    private final Map<TopicPartition, Deque<ProducerRecord<byte[], byte[]>>> late = new HashMap<>();
    private Optional<SimulatedDestination> current = Optional.empty();
    private Runnable whenIdle = () -> { };
    private int roundsLeft;

    SimulatedStorage(long seed) {
        random = new Random(seed);
    }

    /** Lets a carrier turn so many times from now on: more means that it gets nowhere. */
    void allowRounds(int rounds) {
        roundsLeft = rounds;
    }

    private void countRound() {
        roundsLeft--;
        if (roundsLeft < 0) {
            Map<TopicPartition, Integer> accepted = new HashMap<>();
            source.forEach((partition, records) -> accepted.put(partition, records.size()));
            Map<TopicPartition, Integer> stored = new HashMap<>();
            target.forEach((partition, records) -> stored.put(partition, records.size()));
            throw new AssertionError("It gets nowhere: accepted " + accepted + ", committed " + committed
                                             + ", stored in the destination " + stored + ", dead letters "
                                             + deadLetters);
        }
    }

    void whenIdle(Runnable action) {
        whenIdle = action;
    }

    void accept(int partition, String queue, Optional<String> key, byte[] value, Optional<Long> expires) {
        TopicPartition topicPartition = new TopicPartition(TOPIC, partition);
        List<ConsumerRecord<byte[], byte[]>> records = source.computeIfAbsent(topicPartition, any -> new ArrayList<>());
        source.get(topicPartition).add(record(partition, records.size(), queue, key, value, expires));
    }

    private static ConsumerRecord<byte[], byte[]> record(int partition, long offset, String queue,
                                                         Optional<String> key, byte[] value, Optional<Long> expires) {
        RecordHeaders headers = new RecordHeaders();
        headers.add(HeaderNames.SENDER, "shop".getBytes(StandardCharsets.UTF_8));
        headers.add(HeaderNames.ACCEPTED, Decimal.bytes(1));
        headers.add(HeaderNames.ROUTING, new RoutingInformation(queue, "b", List.of("b1:9092")).bytes());
        expires.ifPresent(time -> headers.add(HeaderNames.EXPIRES, Decimal.bytes(time)));
        return new ConsumerRecord<>(TOPIC, partition, offset, 0, TimestampType.CREATE_TIME, 1, value.length,
                                    key.map(text -> text.getBytes(StandardCharsets.UTF_8)).orElse(null), value,
                                    headers, Optional.empty());
    }

    boolean isAllCommitted() {
        return source.entrySet().stream().allMatch(each -> Optional.ofNullable(committed.get(each.getKey()))
                .map(OffsetAndMetadata::offset).orElse(0L) == each.getValue().size());
    }

    @Override
    public Consumer<byte[], byte[]> openSource() {
        countRound();
        return new SimulatedSource();
    }

    @Override
    public Uuid sourceTopicId() {
        return topicId;
    }

    @Override
    public Map<TopicPartition, FirstMessage> firstMessages(Map<TopicPartition, Long> positions, Duration timeout) {
        looks++;
        Map<TopicPartition, FirstMessage> found = new HashMap<>();
        positions.forEach((partition, position) -> source.get(partition).stream()
                .filter(record -> record.offset() >= position).findFirst().ifPresent(record -> found.put(
                        partition, new FirstMessage(record.offset(), OnwardHeaders.accepted(record.headers()),
                                                    record.serializedValueSize()))));
        return found;
    }

    @Override
    public void requireEmptyWay(String via) {
        former.add(via);
        if (former.size() < 2) {
            throw new RouteException("messages are under way in " + via);
        }
    }

    @Override
    public Destination openDestination() {
        SimulatedDestination opened = new SimulatedDestination();
        current = Optional.of(opened);
        return opened;
    }

    @Override
    public DeadLetters deadLetters() {
        return (message, origin, reason) -> deadLetters.add(message.partition() * 1000L + message.offset());
    }

    /** A copy, as Kafka makes one: the headers of what was sent change when it is sent again. */
    private static ProducerRecord<byte[], byte[]> copy(ProducerRecord<byte[], byte[]> message) {
        return new ProducerRecord<>(message.topic(), message.partition(), message.key(), message.value(),
                                    new RecordHeaders(message.headers().toArray()));
    }

    private long append(TopicPartition partition, ProducerRecord<byte[], byte[]> message) {
        List<ProducerRecord<byte[], byte[]>> records = target.computeIfAbsent(partition, any -> new ArrayList<>());
        records.add(message);
        return records.size() - 1L;
    }

    /** What a dead writer had handed over may be taken at any time, in its order. */
    private void takeSomeLate(double chance) {
        late.forEach((partition, messages) -> {
            while (!messages.isEmpty() && random.nextDouble() < chance) {
                append(partition, messages.poll());
            }
        });
    }

    private final class SimulatedSource extends MockConsumer<byte[], byte[]> {

        private boolean isJoined;

        SimulatedSource() {
            super("none");
        }

        @Override
        public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
            countRound();
            if (!isJoined) {
                isJoined = true;
                rebalance(source.keySet());
                return super.poll(timeout);
            }
            assignment().forEach(partition -> source.get(partition).stream()
                    .filter(record -> !paused().contains(partition) && record.offset() >= position(partition))
                    .limit(1 + random.nextInt(6)).map(SimulatedStorage::fetched).forEach(this::addRecord));
            ConsumerRecords<byte[], byte[]> records = super.poll(timeout);
            if (records.isEmpty()) {
                current.ifPresent(SimulatedDestination::acknowledgeSome);
                whenIdle.run();
            }
            return records;
        }

        @Override
        public synchronized Map<TopicPartition, OffsetAndMetadata> committed(Set<TopicPartition> partitions,
                                                                              Duration timeout) {
            Map<TopicPartition, OffsetAndMetadata> known = new HashMap<>(committed);
            known.keySet().retainAll(partitions);
            return known;
        }

        @Override
        public synchronized Map<TopicPartition, Long> beginningOffsets(Collection<TopicPartition> partitions,
                                                                        Duration timeout) {
            Map<TopicPartition, Long> offsets = new HashMap<>();
            partitions.forEach(partition -> offsets.put(partition, 0L));
            return offsets;
        }

        @Override
        public synchronized Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions,
                                                                  Duration timeout) {
            Map<TopicPartition, Long> offsets = new HashMap<>();
            partitions.forEach(partition -> offsets.put(partition, (long) source.get(partition).size()));
            return offsets;
        }

        @Override
        public synchronized Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(
                Map<TopicPartition, Long> times, Duration timeout) {
            Map<TopicPartition, OffsetAndTimestamp> offsets = new HashMap<>();
            times.forEach((partition, time) -> offsets.put(partition, new OffsetAndTimestamp(0, time)));
            return offsets;
        }

        @Override
        public void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
            committed.putAll(offsets);
        }

        @Override
        public synchronized void commitAsync(Map<TopicPartition, OffsetAndMetadata> offsets,
                                             OffsetCommitCallback callback) {
            committed.putAll(offsets);
            callback.onComplete(offsets, null);
        }
    }

    private static ConsumerRecord<byte[], byte[]> fetched(ConsumerRecord<byte[], byte[]> stored) {
        return new ConsumerRecord<>(stored.topic(), stored.partition(), stored.offset(), stored.timestamp(),
                                    stored.timestampType(), stored.serializedKeySize(), stored.serializedValueSize(),
                                    stored.key(), stored.value(), new RecordHeaders(stored.headers().toArray()),
                                    stored.leaderEpoch());
    }

    private record Sent(ProducerRecord<byte[], byte[]> message, Callback callback,
                        CompletableFuture<RecordMetadata> done) {
    }

    private final class SimulatedDestination implements Destination {

        private final Map<TopicPartition, Deque<Sent>> pending = new HashMap<>();
        private final Map<TopicPartition, Boolean> isHeld = new HashMap<>();
        private Optional<TopicPartition> failing = Optional.empty();
        private boolean isAbandoned;

        @Override
        public long[] find(String topic, int partitions, Search search) {
            takeSomeLate(0.5);
            long[] ends = new long[TARGET_PARTITIONS];
            for (int i = 0; i < TARGET_PARTITIONS; i++) {
                List<ProducerRecord<byte[], byte[]>> records = target.getOrDefault(new TopicPartition(topic, i),
                                                                                   List.of());
                ends[i] = records.size();
                for (long offset = search.from(i, ends[i]); offset < ends[i]; offset++) {
                    search.found(originOf(records.get((int) offset)));
                }
            }
            return ends;
        }

        @Override
        public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> message, Callback callback) {
            assertOpen();
            takeSomeLate(0.2);
            TopicPartition partition = new TopicPartition(message.topic(), message.partition());
            Deque<Sent> queue = pending.computeIfAbsent(partition, any -> new ArrayDeque<>());
            Sent sent = new Sent(copy(message), callback, new CompletableFuture<>() {
                @Override
                public RecordMetadata get(long timeout, java.util.concurrent.TimeUnit unit)
                        throws InterruptedException, java.util.concurrent.ExecutionException,
                        java.util.concurrent.TimeoutException {
                    acknowledge(partition, 1.0);
                    return super.get(timeout, unit);
                }
            });
            if (!isHeld.containsKey(partition) && !queue.isEmpty()) {
                // Nothing holds the order before the first acknowledgement.
                queue.addFirst(sent);
            } else {
                queue.add(sent);
            }
            if (isHeld.containsKey(partition)) {
                new ArrayList<>(pending.keySet()).forEach(each -> acknowledge(each, 0.4));
            }
            return sent.done();
        }

        private void acknowledgeSome() {
            new ArrayList<>(pending.keySet()).forEach(each -> acknowledge(each, 0.7));
        }

        private void assertOpen() {
            if (isAbandoned) {
                throw new KafkaException("Producer is closed forcefully.");
            }
        }

        private void acknowledge(TopicPartition partition, double chance) {
            Deque<Sent> queue = pending.get(partition);
            while (!isAbandoned && queue != null && !queue.isEmpty() && random.nextDouble() < chance) {
                Sent sent = queue.poll();
                Optional<KafkaException> failure = failure(sent.message());
                if (failure.isPresent()) {
                    // A producer goes on with what is behind it, unless it is stopped now; what it has handed
                    // over already is refused, for its sequence number.
                    failing = Optional.of(partition);
                    sent.done().completeExceptionally(failure.get());
                    sent.callback().onCompletion(null, failure.get());
                    failing = Optional.empty();
                } else {
                    isHeld.put(partition, true);
                    RecordMetadata metadata = new RecordMetadata(partition, append(partition, sent.message()), 0, 0,
                                                                 0, 0);
                    sent.done().complete(metadata);
                    sent.callback().onCompletion(metadata, null);
                }
            }
        }

        private Optional<KafkaException> failure(ProducerRecord<byte[], byte[]> message) {
            if (Arrays.equals(message.value(), TOO_LARGE)) {
                return Optional.of(new RecordTooLargeException("It has 9 bytes"));
            }
            return random.nextDouble() < failures ? Optional.of(new KafkaException("Not authorized"))
                    : Optional.empty();
        }

        @Override
        public long throttleMillis() {
            return 0;
        }

        @Override
        public void abandon() {
            if (isAbandoned) {
                return;
            }
            isAbandoned = true;
            failing.ifPresent(pending::remove);
            pending.forEach((partition, queue) -> {
                // What the broker has got already it takes, sooner or later, up to what it refuses.
                Deque<ProducerRecord<byte[], byte[]>> taken = late.computeIfAbsent(partition,
                                                                                   any -> new ArrayDeque<>());
                int handedOver = isHeld.containsKey(partition) ? random.nextInt(queue.size() + 1)
                        : random.nextInt(Math.min(1, queue.size()) + 1);
                for (Sent sent : queue) {
                    if (handedOver-- <= 0 || Arrays.equals(sent.message().value(), TOO_LARGE)) {
                        break;
                    }
                    taken.add(sent.message());
                }
            });
        }
    }

    static Origin originOf(ProducerRecord<byte[], byte[]> message) {
        return Origin.parse(message.headers().lastHeader(HeaderNames.ORIGIN).value());
    }
}
