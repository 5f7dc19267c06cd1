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
package org.roundtrip.detection.agent;

import io.netty.util.concurrent.ScheduledFuture;
import org.roundtrip.detection.agent.compute.LatencyWindow;
import org.roundtrip.detection.agent.compute.Outcome;
import org.roundtrip.detection.agent.compute.ProbeSchedule;
import org.roundtrip.detection.agent.compute.VerdictCounter;
import org.roundtrip.detection.agent.probe.CannotProbeException;
import org.roundtrip.detection.agent.probe.Probe;
import org.roundtrip.detection.protocol.Check;
import org.roundtrip.detection.protocol.CheckResult;
import org.roundtrip.detection.protocol.ProbeSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Probes one member again and again, one probe at a time, and judges it. Used on the event loop of its worker only.
 */
final class RunningCheck {

    private static final Logger log = LoggerFactory.getLogger(RunningCheck.class);
    private static final Probe NONE = () -> "";

    private final Check check;
    private final Worker worker;
    private final ModuleContext context;
    private final ProbeSchedule schedule;
    /** While results are other than the verdict. */
    private final ProbeSchedule retries;
    private final LatencyWindow latencies = new LatencyWindow();

    private VerdictCounter counter;
    private Instant since;
    private Optional<Instant> lastProbe = Optional.empty();
    private long probes;
    private long failures;

    private long due;
    private long begun;
    private Probe probe = NONE;
    /** Tells the outcome of the probe that runs from one of a probe before it. */
    private long turn;
    private ScheduledFuture<?> timer;

    RunningCheck(Check check, Worker worker, ModuleContext context) {
        ProbeSettings settings = check.settings();
        this.check = check;
        this.worker = worker;
        this.context = context;
        this.schedule = new ProbeSchedule(TimeUnit.MILLISECONDS.toNanos(settings.interval()), settings.jitter());
        this.retries = new ProbeSchedule(
                TimeUnit.MILLISECONDS.toNanos(settings.retryInterval().orElse(settings.interval())), settings.jitter());
        this.counter = VerdictCounter.begin(settings.rise(), settings.fall());
        this.since = context.clock().instant();
        this.due = schedule.first(System.nanoTime(), context.checksBegun().getAndIncrement());
        schedule(due, this::begin);
    }

    Check check() {
        return check;
    }

    /** Ends probing for good. */
    void stop() {
        timer.cancel(false);
        turn++;
        probe.abandon();
    }

    private void schedule(long moment, Runnable task) {
        timer = worker.loop().schedule(task, moment - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    private void begin() {
        begun = System.nanoTime();
        context.health().probeBegan(begun - due, timeout());
        turn++;
        long thisTurn = turn;
        schedule(begun + timeout(), this::timeOut);
        try {
            Probe started = worker.prober(check.settings().type()).begin(check, outcome -> ended(thisTurn, outcome));
            // It may have ended already.
            probe = turn == thisTurn ? started : NONE;
        } catch (CannotProbeException e) {
            ended(thisTurn, Outcome.inconclusive("the agent could not probe: " + e.getMessage()));
        } catch (IllegalArgumentException e) {
            ended(thisTurn, Outcome.inconclusive("the check is wrong: " + e.getMessage()));
        } catch (RuntimeException e) {
            // Other checks must not suffer from what is wrong with one.
            log.error("Probing {} has failed", check, e);
            ended(thisTurn, Outcome.inconclusive("the agent could not probe: " + e));
        }
    }

    private long timeout() {
        return TimeUnit.MILLISECONDS.toNanos(check.settings().timeout());
    }

    private void timeOut() {
        String waitingFor = probe.abandon();
        long now = System.nanoTime();
        // An answer that is one is believed whenever it comes. That there is none is not: the agent may have missed it.
        if (context.health().isTooLong(worker.stalledSince(begun, now), timeout())) {
            context.health().resultDiscarded();
            scheduleNext(now);
        } else {
            ended(turn, Outcome.bad("timeout after " + check.settings().timeout() + " ms" + waitingFor));
        }
    }

    private void ended(long ofTurn, Outcome outcome) {
        if (ofTurn != turn) {
            return;
        }
        timer.cancel(false);
        long now = System.nanoTime();
        lastProbe = Optional.of(context.clock().instant());
        probes++;
        if (outcome.kind() == Outcome.Kind.GOOD) {
            latencies.add(now, now - begun);
        } else {
            failures++;
        }
        judge(outcome);
        scheduleNext(now);
    }

    private void judge(Outcome outcome) {
        VerdictCounter before = counter;
        counter = before.after(outcome);
        if (counter.verdict() != before.verdict()) {
            since = context.clock().instant();
        }
        if (counter.saysOtherThan(before)) {
            context.reporter().accept(result());
        }
    }

    private void scheduleNext(long now) {
        probe = NONE;
        turn++;
        due = (counter.isContradicted() ? retries : schedule).next(due, now, ThreadLocalRandom.current().nextDouble());
        schedule(due, this::begin);
    }

    /** Returns what is known now. */
    CheckResult result() {
        return CheckResult.builder()
                .check(check.id())
                .verdict(counter.verdict())
                .reason(counter.reason())
                .since(since)
                .lastProbe(lastProbe)
                .probes(probes)
                .failures(failures)
                .latency(latencies.percentiles(System.nanoTime()))
                .build();
    }
}
