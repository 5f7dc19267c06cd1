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

import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.roundtrip.base.Status;
import org.roundtrip.messaging.configuration.RouteState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * Watches what a carrier does, and reports it.
 * <p>
 * The carrying thread tells it; any thread may ask for the report.
 */
final class CarrierMonitor {

    private static final Logger log = LoggerFactory.getLogger(CarrierMonitor.class);
    private static final int STUCK_FACTOR = 3;
    private static final long REPORT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final CarrierSettings settings;
    private final RouteMeters meters;
    private final RouteBacklog backlog;
    private final Clock clock;
    private volatile CarrierReport report;
    private Status<RouteState> status;
    private long progressAt;
    private long carriedAtProgress;
    private long reportedAt;
    private long carriedAtReport;
    private long carriedAtFailure;
    private Optional<Histogram> usedHistogram = Optional.empty();

    /** What a carrier is about. */
    enum Activity {
        /** It carries what there is. */
        CARRYING,
        /** It does not, for now. */
        HELD,
        /** An operator wants it to stand still. */
        PAUSED
    }

    CarrierMonitor(CarrierSettings settings, RouteMeters meters, RouteBacklog backlog, Clock clock, long now) {
        this.settings = settings;
        this.meters = meters;
        this.backlog = backlog;
        this.clock = clock;
        this.progressAt = now;
        this.reportedAt = now;
        this.status = Status.of(RouteState.STARTING, "It looks for its partitions", clock.instant());
        this.report = newReport(List.of(), OptionalLong.empty(), WaitingMessages.NONE, 0, 0, 0);
    }

    /** Returns the latest report. */
    CarrierReport report() {
        return report;
    }

    RouteState state() {
        return status.state();
    }

    /** Takes up that messages were deleted before they were carried. */
    void lost(TopicPartition partition, long messages) {
        meters.lost.add(messages);
        status = status.withError(messages + " messages of " + partition + " were deleted before they were carried");
    }

    /** Takes up that it waits after a failure. */
    void failed(String reason) {
        meters.failures.increment();
        carriedAtFailure = done();
        status = status.next(RouteState.WAITING, reason, clock.instant()).withError(reason);
        publish(report.partitions(), report.order());
    }

    /**
     * Takes up what it does, once in each round.
     *
     * @param activity    what it is about
     * @param partitions  its partitions
     * @param consumer    knows how much waits
     * @param destination to where it carries, if it can
     * @param now         by a clock that only goes forward
     */
    void observe(Activity activity, SourcePartitions partitions, Consumer<byte[], byte[]> consumer,
                 Optional<Destination> destination, long now) {
        boolean isDue = now - reportedAt >= REPORT_NANOS;
        if (!isDue && status.state() != RouteState.STARTING && activity == Activity.CARRYING) {
            return;
        }
        boolean isIdle = !partitions.isOnItsWay(partitions.all());
        long carried = done();
        if (carried != carriedAtProgress || isIdle) {
            carriedAtProgress = carried;
            progressAt = now;
        }
        List<Integer> numbers = partitions.numbers();
        if (activity == Activity.PAUSED) {
            status = status.next(RouteState.PAUSED, "An operator holds it", clock.instant());
        } else if (now - progressAt > settings.silence().toNanos()) {
            status = status.next(RouteState.WAITING, throttling(consumer, destination)
                    .orElse(settings.via() + " does not acknowledge"), clock.instant());
        } else if (activity == Activity.CARRYING && mayBeRunning(partitions, consumer)) {
            status = status.next(RouteState.RUNNING, numbers.isEmpty() ? "Other proxies carry its partitions"
                    : throttling(consumer, destination).orElse("It carries what there is"), clock.instant());
        }
        if (isDue) {
            measure(activity, partitions, consumer, now);
        } else {
            publish(numbers, partitions.order());
        }
    }

    /**
     * Returns whether nothing on its way has been acknowledged for so long that it is better to look what is there.
     *
     * @param consumer    tells whether it is held back
     * @param destination the same
     * @param now         by a clock that only goes forward
     */
    boolean isStuck(Consumer<byte[], byte[]> consumer, Optional<Destination> destination, long now) {
        return now - progressAt > STUCK_FACTOR * settings.silence().toNanos()
                && throttling(consumer, destination).isEmpty();
    }

    /** Says who holds it back on purpose, if anybody does. */
    private Optional<String> throttling(Consumer<byte[], byte[]> consumer, Optional<Destination> destination) {
        long there = destination.map(Destination::throttleMillis).orElse(0L);
        long here = Throttling.millis(consumer.metrics(), "fetch-throttle-time-avg");
        return there == 0 && here == 0 ? Optional.empty()
                : Optional.of("Throttled by a quota of " + (there >= here ? settings.via() : settings.from())
                                      + ", for " + Math.max(there, here) + " ms in each request on average");
    }

    private long done() {
        return meters.carried.sum() + meters.skipped.sum() + meters.deadLetters.sum();
    }

    /** After a failure it waits until something has got through, unless there is nothing that could. */
    private boolean mayBeRunning(SourcePartitions partitions, Consumer<byte[], byte[]> consumer) {
        return status.state() != RouteState.WAITING || done() > carriedAtFailure || partitions.isAllCarried(consumer);
    }

    private void measure(Activity activity, SourcePartitions partitions, Consumer<byte[], byte[]> consumer, long now) {
        Histogram latencies = meters.latencies(usedHistogram.orElse(null));
        usedHistogram = Optional.of(latencies);
        long carried = meters.carried.sum();
        double rate = (carried - carriedAtReport) / ((now - reportedAt) / 1e9);
        carriedAtReport = carried;
        reportedAt = now;
        boolean any = latencies.getTotalCount() > 0;
        report = newReport(partitions.numbers(), partitions.order(), waiting(activity, partitions, consumer), rate,
                           any ? latencies.getValueAtPercentile(50) : 0, any ? latencies.getValueAtPercentile(99) : 0);
    }

    private WaitingMessages waiting(Activity activity, SourcePartitions partitions,
                                    Consumer<byte[], byte[]> consumer) {
        try {
            return activity == Activity.CARRYING ? backlog.whileFlowing(partitions, consumer)
                    : backlog.whileHeld(partitions, consumer);
        } catch (WakeupException | InterruptException closing) {
            throw closing;
        } catch (KafkaException unknown) {
            log.debug("What waits for {} can't be measured: {}", settings.to(), unknown.getMessage());
            return report.waiting();
        }
    }

    private void publish(List<Integer> numbers, OptionalLong order) {
        CarrierReport last = report;
        report = newReport(numbers, order, last.waiting(), last.messagesPerSecond(), last.latencyP50Millis(),
                           last.latencyP99Millis());
    }

    private CarrierReport newReport(List<Integer> numbers, OptionalLong order, WaitingMessages waiting, double rate,
                                    long p50, long p99) {
        return new CarrierReport(settings.from(), settings.to(), settings.via(), status, order, numbers, waiting,
                                 meters.carried.sum(), meters.carriedBytes.sum(), rate, p50, p99, meters.skipped.sum(),
                                 meters.deadLetters.sum(), meters.lost.sum(), meters.failures.sum());
    }
}
