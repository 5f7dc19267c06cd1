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
package org.roundtrip.balancer.impl.packet;

import org.onlab.util.Tools;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * One thread that works on packets, so that the threads of switches never wait. What comes while too much waits is
 * dropped, as switches and their neighbours do: who asked will ask again. Thread-safe.
 */
final class PacketWorker implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(PacketWorker.class);

    private final String name;
    private final ThreadPoolExecutor executor;

    /**
     * Creates a worker.
     *
     * @param name     what the thread is called
     * @param capacity how many packets may wait
     */
    PacketWorker(String name, int capacity) {
        this.name = name;
        this.executor = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(capacity),
                                               Tools.groupedThreads("roundtrip/balancer", name, log));
    }

    /**
     * Works on a packet later, unless too much waits.
     *
     * @param work what to do; what it throws is logged
     * @return whether it will be done
     */
    boolean offer(Runnable work) {
        try {
            executor.execute(() -> {
                try {
                    work.run();
                } catch (RuntimeException e) {
                    log.warn("{} failed on a packet", name, e);
                }
            });
            return true;
        } catch (RejectedExecutionException e) {
            log.debug("{} drops a packet: too many wait, or it has stopped", name);
            return false;
        }
    }

    /** Drops what waits. */
    @Override
    public void close() {
        executor.shutdownNow();
    }
}
