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

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import org.roundtrip.detection.agent.compute.StarvationDetector;
import org.roundtrip.detection.agent.probe.Prober;
import org.roundtrip.detection.protocol.ProbeType;

import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * An event loop with its probers, watched for starvation. Modules belong to one, and use it on its loop only.
 */
final class Worker {

    private static final long TICK = TimeUnit.MILLISECONDS.toNanos(10);
    /** A busy loop and the kernel's timers are late by less. */
    private static final long TOLERANCE = TimeUnit.MILLISECONDS.toNanos(5);

    private final EventLoop loop;
    private final Map<ProbeType, Prober> probers;
    private final StarvationDetector detector = new StarvationDetector(System.nanoTime(), TICK, TOLERANCE);
    private final ScheduledFuture<?> ticker;

    Worker(EventLoop loop, Map<ProbeType, Prober> probers) {
        this.loop = loop;
        this.probers = probers;
        this.ticker = loop.scheduleWithFixedDelay(() -> detector.tick(System.nanoTime()), TICK, TICK,
                TimeUnit.NANOSECONDS);
    }

    /** Ends watching. */
    void close() {
        ticker.cancel(false);
    }

    EventLoop loop() {
        return loop;
    }

    Prober prober(ProbeType type) {
        return probers.get(type);
    }

    /** Returns for how many nanoseconds the loop has not run since a moment. */
    long stalledSince(long moment, long now) {
        return detector.stalledSince(moment, now);
    }
}
