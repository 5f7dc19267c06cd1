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
package org.roundtrip.benchmark.messaging;

import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Watches a topic that a replicator fills, and prints as a line of JSON how long it took for some records after others
 * by which it has become warm, and how much time of processors and memory.
 *
 * <p>Arguments: the storage server, the topic, the process of the replicator, how many records it has to become warm,
 * how many are measured, and after how many seconds it is given up.
 */
public final class CarriedRecords {

    private static final long MILLISECONDS_BETWEEN_LOOKS = 20;
    private static final double TICKS_PER_SECOND = 100;
    private static final double NANOS_PER_SECOND = 1e9;

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final String topic;
    private final long process;
    private final long deadline;

    private record Look(long records, long time, double processorSeconds) {
    }

    private CarriedRecords(KafkaConsumer<byte[], byte[]> consumer, String topic, long process, long deadline) {
        this.consumer = consumer;
        this.topic = topic;
        this.process = process;
        this.deadline = deadline;
    }

    /**
     * Watches.
     *
     * @param arguments see above
     * @throws Exception if the records do not come
     */
    public static void main(String[] arguments) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(Long.parseLong(arguments[5]));
        long warm = Long.parseLong(arguments[3]);
        try (KafkaConsumer<byte[], byte[]> consumer = KafkaEnds.consumer(arguments[0])) {
            CarriedRecords watch = new CarriedRecords(consumer, arguments[1], Long.parseLong(arguments[2]), deadline);
            Look first = watch.await(warm);
            Look last = watch.await(warm + Long.parseLong(arguments[4]));
            long carried = last.records - first.records;
            System.out.printf(Locale.ROOT, "{\"records\": %d, \"seconds\": %.6f, \"processorSeconds\": %.2f,"
                                      + " \"peakKibibytes\": %d}%n", carried,
                              (last.time - first.time) / NANOS_PER_SECOND,
                              last.processorSeconds - first.processorSeconds, watch.peakKibibytes());
        }
    }

    private Look await(long records) throws Exception {
        Look look = look();
        while (look.records < records) {
            if (System.nanoTime() > deadline) {
                throw new TimeoutException(look.records + " of " + records + " records came");
            }
            TimeUnit.MILLISECONDS.sleep(MILLISECONDS_BETWEEN_LOOKS);
            look = look();
        }
        return look;
    }

    private Look look() throws Exception {
        List<TopicPartition> partitions = KafkaEnds.partitions(consumer, topic);
        long records = consumer.endOffsets(partitions).values().stream().mapToLong(Long::longValue).sum();
        return new Look(records, System.nanoTime(), processorSeconds());
    }

    /** Returns for how long the process has used processors (proc(5)). */
    private double processorSeconds() throws Exception {
        String stat = Files.readString(Path.of("/proc/" + process + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
    }

    private long peakKibibytes() throws Exception {
        return Files.readAllLines(Path.of("/proc/" + process + "/status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", ""))).findFirst().orElseThrow();
    }
}
