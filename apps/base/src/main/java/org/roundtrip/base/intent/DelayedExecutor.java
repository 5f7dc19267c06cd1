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
package org.roundtrip.base.intent;

import org.onlab.util.Tools;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Runs tasks after a pause in a thread of its own, or at once in that of the caller if there is no pause. What still
 * waits when it is closed is not run. Thread-safe.
 */
final class DelayedExecutor implements Executor, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(DelayedExecutor.class);

    private final Duration pause;
    private final ScheduledThreadPoolExecutor executor;

    /**
     * Creates an executor, which has no thread before the first task.
     *
     * @param name  what its thread is called, such as {@code roundtrip/intents}
     * @param pause how long tasks wait
     */
    DelayedExecutor(String name, Duration pause) {
        this.pause = pause;
        this.executor = new ScheduledThreadPoolExecutor(1, Tools.groupedThreads(name, "later", log));
        this.executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public void execute(Runnable task) {
        if (pause.isZero()) {
            task.run();
            return;
        }
        try {
            // An error ends up in a future that nobody asks.
            executor.schedule(() -> run(task), pause.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            log.debug("Closed: what was to be done later is not done any more");
        }
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            log.error("What was to be done later failed", e);
        }
    }

    @Override
    public void close() {
        executor.shutdown();
    }
}
