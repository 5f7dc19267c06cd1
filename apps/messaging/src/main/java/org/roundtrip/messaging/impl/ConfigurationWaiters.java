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
package org.roundtrip.messaging.impl;

import org.roundtrip.base.UnavailableException;
import org.roundtrip.messaging.configuration.MessagingConfiguration;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Who waits for another configuration. No thread waits with them. Thread-safe.
 */
final class ConfigurationWaiters implements AutoCloseable {

    /** How many may wait, so that nobody can fill the memory. */
    private static final int MOST = 2_000;

    private final Supplier<MessagingConfiguration> present;
    private final Map<CompletableFuture<MessagingConfiguration>, Long> waiting = new ConcurrentHashMap<>();
    private volatile boolean closed;

    ConfigurationWaiters(Supplier<MessagingConfiguration> present) {
        this.present = present;
    }

    /** Returns what is completed as soon as the present version is not this one. */
    CompletableFuture<MessagingConfiguration> otherThan(long version) {
        CompletableFuture<MessagingConfiguration> waiter = new CompletableFuture<>();
        if (closed) {
            waiter.completeExceptionally(new UnavailableException("", "the application is stopping"));
            return waiter;
        }
        if (waiting.size() >= MOST) {
            waiter.completeExceptionally(new UnavailableException(
                    "", MOST + " others are waiting already: ask without waiting"));
            return waiter;
        }
        waiting.put(waiter, version);
        waiter.whenComplete((configuration, failure) -> waiting.remove(waiter));
        // Only now: a change from here on is told.
        tell();
        return waiter;
    }

    /** Tells those who wait of the present configuration, if it is what they wait for. */
    void tell() {
        MessagingConfiguration configuration = present.get();
        waiting.forEach((waiter, version) -> {
            if (configuration.version() != version) {
                waiter.complete(configuration);
            }
        });
    }

    /** Returns how many wait. */
    int size() {
        return waiting.size();
    }

    @Override
    public void close() {
        closed = true;
        waiting.keySet().forEach(waiter -> waiter.completeExceptionally(
                new UnavailableException("", "the application is stopping")));
    }
}
