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
package org.roundtrip.base.reconcile;

import org.onlab.util.Tools;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs one task, which compares what should be with what is and acts on the difference, whenever something may have
 * changed. Any number of triggers while it waits make one run; runs never overlap. A run that fails is tried again
 * after a pause that doubles from one second up to half a minute, and logged once until one succeeds.
 * <p>
 * Requests that change what should be can be made on the same thread by {@link #call}, so that the task needs no locks.
 * Thread-safe.
 */
public final class ReconcileLoop implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ReconcileLoop.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Duration LONGEST_RUN = Duration.ofSeconds(5);

    private final String name;
    private final Runnable task;
    private final ScheduledThreadPoolExecutor executor;
    private final AtomicBoolean triggered = new AtomicBoolean();
    /** Only touched by the loop's own thread. */
    private Duration pause = FIRST_PAUSE;
    private volatile Thread thread;
    /** Guarded by this. */
    private ScheduledFuture<?> delayed;

    /**
     * Creates a loop, which does nothing until it is triggered.
     *
     * @param name what the thread is called, such as {@code roundtrip/tepath}
     * @param task what to run
     */
    public ReconcileLoop(String name, Runnable task) {
        this.name = name;
        this.task = task;
        this.executor = new ScheduledThreadPoolExecutor(1, Tools.groupedThreads(name, "reconcile", log));
        this.executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        this.executor.execute(() -> thread = Thread.currentThread());
    }

    /**
     * Says that something may have changed. Returns at once.
     */
    public void trigger() {
        if (triggered.compareAndSet(false, true)) {
            try {
                executor.execute(this::run);
            } catch (RejectedExecutionException e) {
                log.debug("{} is closed: nothing to reconcile any more", name);
            }
        }
    }

    /**
     * Triggers after a while. Of several delayed triggers only the earliest counts: the task that it runs looks at
     * everything and asks again for what is still to come.
     *
     * @param delay how long to wait
     */
    public synchronized void triggerAfter(Duration delay) {
        if (delayed != null && !delayed.isDone() && delayed.getDelay(TimeUnit.MILLISECONDS) <= delay.toMillis()) {
            return;
        }
        if (delayed != null) {
            delayed.cancel(false);
        }
        try {
            delayed = executor.schedule(this::trigger, delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            log.debug("{} is closed: nothing to reconcile any more", name);
        }
    }

    /**
     * Runs something on the loop's thread, between two runs of the task, and waits for it.
     *
     * @param request what to run
     * @param <T>     what it returns
     * @return what it returned
     * @throws RuntimeException what it threw
     */
    public <T> T call(Callable<T> request) {
        if (Thread.currentThread() == thread) {
            throw new IllegalStateException(name + " would wait for itself");
        }
        CompletableFuture<T> answer = new CompletableFuture<>();
        executor.execute(() -> {
            try {
                answer.complete(request.call());
            } catch (Throwable e) {
                answer.completeExceptionally(e);
            }
        });
        try {
            return answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(name + " was interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException) {
                throw (RuntimeException) e.getCause();
            }
            throw new IllegalStateException(name + " failed", e.getCause());
        }
    }

    private void run() {
        triggered.set(false);
        try {
            task.run();
            if (pause.compareTo(FIRST_PAUSE) > 0) {
                log.info("{} works again", name);
            }
            pause = FIRST_PAUSE;
        } catch (RuntimeException e) {
            if (pause.equals(FIRST_PAUSE)) {
                log.warn("{} failed and will be tried again", name, e);
            }
            triggerAfter(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
        }
    }

    /**
     * Ends the loop: lets a run that is under way finish, for a few seconds at most, and begins no other. Whatever the
     * task uses must be there until this returns.
     */
    @Override
    public void close() {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(LONGEST_RUN.toMillis(), TimeUnit.MILLISECONDS)) {
                log.warn("{} is still at work and will be interrupted", name);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            executor.shutdownNow();
        }
    }
}
