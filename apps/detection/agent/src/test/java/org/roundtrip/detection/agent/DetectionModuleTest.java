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

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.roundtrip.detection.agent.compute.Outcome;
import org.roundtrip.detection.agent.probe.Probe;
import org.roundtrip.detection.agent.probe.Prober;
import org.roundtrip.detection.protocol.Check;
import org.roundtrip.detection.protocol.CheckResult;
import org.roundtrip.detection.protocol.ProbeSettings;
import org.roundtrip.detection.protocol.ProbeType;
import org.roundtrip.detection.protocol.Verdict;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Has probers that do as the test says. */
class DetectionModuleTest {

    private final BlockingQueue<CheckResult> changes = new LinkedBlockingQueue<>();
    private AgentHealth health;
    private final EventLoop loop = new DefaultEventLoop();

    @AfterEach
    void endLoop() {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private DetectionModule module(Prober prober, int starvedPercent, Clock clock) {
        health = new AgentHealth(starvedPercent);
        return new DetectionModule(new Worker(loop, Map.of(ProbeType.TCP, prober)),
                new ModuleContext(clock, changes::add, health, new AtomicLong()));
    }

    private void run(DetectionModule module, String... ids) {
        run(module, ProbeSettings.builder().interval(100).timeout(100).jitter(50).rise(1).fall(1).build(), ids);
    }

    private void run(DetectionModule module, ProbeSettings settings, String... ids) {
        loop.submit(() -> {
            for (String id : ids) {
                module.put(Check.builder().id(id).service("balancer/shop").member(id).target("192.0.2.1").port(80)
                        .host("192.0.2.1").settings(settings).build());
            }
        }).syncUninterruptibly();
    }

    private List<CheckResult> results(DetectionModule module) {
        return loop.submit(module::results).syncUninterruptibly().getNow();
    }

    private CheckResult change() throws InterruptedException {
        CheckResult change = changes.poll(30, TimeUnit.SECONDS);
        assertThat(change).as("a change within 30 s").isNotNull();
        return change;
    }

    /** Counts the probes that run; none of them ends by itself. */
    private static final class SilentProber implements Prober {
        private final AtomicInteger begun = new AtomicInteger();
        private final AtomicInteger running = new AtomicInteger();
        private final AtomicInteger mostRunning = new AtomicInteger();

        @Override
        public Probe begin(Check check, Consumer<Outcome> ended) {
            begun.incrementAndGet();
            mostRunning.accumulateAndGet(running.incrementAndGet(), Math::max);
            return () -> {
                running.decrementAndGet();
                return "";
            };
        }
    }

    @Test
    void neverHasTwoProbesOfOneCheckAtATime() {
        SilentProber prober = new SilentProber();
        run(module(prober, 1_000, Clock.systemUTC()), "m1");

        await().untilAtomic(prober.begun, org.hamcrest.Matchers.greaterThan(10));
        assertThat(prober.mostRunning).hasValue(1);
    }

    @Test
    void probesAgainSoonOnlyWhileResultsAreOtherThanTheVerdict() throws Exception {
        AtomicInteger probes = new AtomicInteger();
        Prober listening = (check, ended) -> {
            probes.incrementAndGet();
            ended.accept(Outcome.good("connected"));
            return () -> "";
        };
        run(module(listening, 1_000, Clock.systemUTC()),
            ProbeSettings.builder().interval(ProbeSettings.LONGEST_INTERVAL).retryInterval(10).rise(5).build(), "m1");

        assertThat(change().verdict()).isEqualTo(Verdict.UP);
        await().during(Duration.ofMillis(300)).untilAsserted(() -> assertThat(probes).hasValue(5));
    }

    @Test
    void abandonsAProbeWhoseCheckIsWithdrawn() {
        SilentProber prober = new SilentProber();
        DetectionModule module = module(prober, 1_000, Clock.systemUTC());
        run(module, "m1");
        await().untilAtomic(prober.begun, org.hamcrest.Matchers.greaterThan(0));

        loop.submit(() -> module.withdraw("m1")).syncUninterruptibly();

        assertThat(prober.running).hasValue(0);
        assertThat(results(module)).isEmpty();
    }

    @Test
    void ignoresAnOutcomeThatComesAfterTheTimeout() throws Exception {
        BlockingQueue<Consumer<Outcome>> probes = new LinkedBlockingQueue<>();
        DetectionModule module = module((check, ended) -> {
            probes.add(ended);
            return () -> "";
        }, 1_000, Clock.systemUTC());
        run(module, "m1");
        assertThat(change().reason()).isEqualTo("timeout after 100 ms");

        loop.submit(() -> probes.remove().accept(Outcome.good("late"))).syncUninterruptibly();

        assertThat(results(module)).singleElement().extracting(CheckResult::verdict).isEqualTo(Verdict.DOWN);
    }

    @Test
    void believesNoTimeoutWhileItsThreadDoesNotRun() {
        AtomicInteger begun = new AtomicInteger();
        Prober starving = (check, ended) -> {
            begun.incrementAndGet();
            // What a busy processor does to a thread.
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(150));
            return () -> "";
        };
        DetectionModule module = module(starving, 25, Clock.systemUTC());
        run(module, "m1");

        await().untilAtomic(begun, org.hamcrest.Matchers.greaterThan(5));
        assertThat(changes).isEmpty();
        assertThat(results(module)).singleElement().extracting(CheckResult::failures).isEqualTo(0L);
        assertThat(health.report().starved()).isTrue();
    }

    @Test
    void believesTheSameTimeoutsWhenItDoesNotKnow() throws Exception {
        Prober starving = (check, ended) -> {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(150));
            return () -> "";
        };
        run(module(starving, 100_000, Clock.systemUTC()), "m1");

        assertThat(change().verdict()).isEqualTo(Verdict.DOWN);
    }

    @Test
    void believesAnAnswerThatItReadsLate() throws Exception {
        Prober late = (check, ended) -> {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(150));
            ended.accept(Outcome.bad("connection refused"));
            return () -> "";
        };
        run(module(late, 25, Clock.systemUTC()), "m1");

        assertThat(change().reason()).isEqualTo("connection refused");
    }

    @Test
    void goesOnWhenOneCheckMakesAProberThrow() throws Exception {
        Prober prober = (check, ended) -> {
            if (check.id().equals("broken")) {
                throw new IllegalStateException("unforeseen");
            }
            ended.accept(Outcome.good("fine"));
            return () -> "";
        };
        run(module(prober, 1_000, Clock.systemUTC()), "broken", "sound");

        CheckResult one = change();
        CheckResult two = change();
        CheckResult broken = one.check().equals("broken") ? one : two;
        CheckResult sound = one.check().equals("broken") ? two : one;
        assertThat(broken.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(broken.reason()).contains("unforeseen");
        assertThat(sound.verdict()).isEqualTo(Verdict.UP);
    }

    /** A clock that jumps by a day each time that somebody looks at it, forth and back. */
    private static final class JumpingClock extends Clock {
        private final AtomicInteger looks = new AtomicInteger();

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            int look = looks.incrementAndGet();
            return Instant.EPOCH.plus(Duration.ofDays(look % 2 == 0 ? 20_000 + look : 10_000));
        }
    }

    @Test
    void doesNotMindStepsOfTheClock() {
        AtomicInteger begun = new AtomicInteger();
        Prober prober = (check, ended) -> {
            begun.incrementAndGet();
            ended.accept(Outcome.good("fine"));
            return () -> "";
        };
        DetectionModule module = module(prober, 1_000, new JumpingClock());
        run(module, "m1");

        await().untilAtomic(begun, org.hamcrest.Matchers.greaterThan(20));
        assertThat(changes).hasSize(1);
        assertThat(results(module).get(0).latency().orElseThrow().p99()).isLessThan(TimeUnit.DAYS.toMicros(1));
    }
}
