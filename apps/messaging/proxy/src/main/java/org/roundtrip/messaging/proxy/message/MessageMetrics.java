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

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;

import org.roundtrip.messaging.configuration.QueueReport;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What is counted, for each queue. Thread-safe.
 */
final class MessageMetrics {

    private static final String QUEUE = "queue";

    private final MeterRegistry registry;
    private final Map<String, OfQueue> queues = new ConcurrentHashMap<>();
    private final Map<String, AtomicLong> backlogs = new ConcurrentHashMap<>();

    MessageMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    OfQueue of(String queue) {
        return queues.computeIfAbsent(queue, name -> new OfQueue(registry, name));
    }

    void backlog(String dataCentre, long bytes) {
        backlogs.computeIfAbsent(dataCentre, name -> registry.gauge(
                "roundtrip.message.backlog.bytes", Tags.of("to", name),
                new AtomicLong())).set(bytes);
    }

    /** What is counted for one queue. */
    static final class OfQueue {
        private final MeterRegistry registry;
        private final String queue;
        private final Counter sent;
        private final Counter delivered;
        private final Counter acknowledged;
        private final Counter refused;
        private final Counter duplicates;
        private final Counter skipped;
        private final Counter deadLetters;
        private final Timer endToEnd;

        OfQueue(MeterRegistry registry, String queue) {
            this.registry = registry;
            this.queue = queue;
            sent = counter("sent", "Messages that are stored, and confirmed to their senders");
            delivered = counter("delivered", "Deliveries to applications, each attempt");
            acknowledged = counter("acknowledged", "Messages that applications have processed");
            refused = counter("refused", "Attempts that applications have refused");
            duplicates = counter("duplicates.dropped", "Records that were sent twice and delivered once");
            skipped = counter("skipped", "Messages that applications had processed before they came back");
            deadLetters = counter("dead.letters", "Messages that were given up");
            endToEnd = Timer.builder("roundtrip.message.end.to.end").tag(QUEUE, queue)
                    .description("From the acceptance of a message to its first delivery, by two clocks")
                    .publishPercentiles(0.5, 0.99).register(registry);
        }

        private Counter counter(String name, String description) {
            return Counter.builder("roundtrip.message." + name).tag(QUEUE, queue).description(description)
                    .register(registry);
        }

        QueueReport report(long backlog) {
            QueueReport.Builder report = QueueReport.builder();
            return report.queue(queue).backlogMessages(backlog).delivered((long) acknowledged.count())
                    .redelivered((long) refused.count()).duplicates((long) duplicates.count())
                    .deadLetters((long) deadLetters.count()).build();
        }

        void sent() {
            sent.increment();
        }

        void sendFailed(SendFailedException.Kind kind) {
            registry.counter("roundtrip.message.send.failed", QUEUE, queue, "reason",
                             kind.name().toLowerCase(Locale.ROOT).replace('_', '-')).increment();
        }

        void delivered() {
            delivered.increment();
        }

        void deliveredFirst(Duration age) {
            delivered.increment();
            // Clocks of two data centres may differ.
            endToEnd.record(age.isNegative() ? Duration.ZERO : age);
        }

        void acknowledged() {
            acknowledged.increment();
        }

        void refused() {
            refused.increment();
        }

        void duplicate() {
            duplicates.increment();
        }

        void skipped() {
            skipped.increment();
        }

        void deadLetter() {
            deadLetters.increment();
        }
    }
}
