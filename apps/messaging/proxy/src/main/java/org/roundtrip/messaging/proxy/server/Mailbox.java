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
package org.roundtrip.messaging.proxy.server;

import org.roundtrip.messaging.proxy.message.Delivery;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * What waits for an application that asks for it, and what it has got and not settled. Whoever takes a message has some
 * time to settle it; then somebody else gets it. Thread-safe.
 */
final class Mailbox {

    private final ScheduledExecutorService timer;
    private final Duration timeToSettle;
    /** Nobody settles by chance what another proxy, or the one before, has delivered. */
    private final String prefix = UUID.randomUUID() + "-";
    private final Deque<Delivery> waiting = new ArrayDeque<>();
    private final Deque<Asking> asking = new ArrayDeque<>();
    private final Map<String, Taken> taken = new HashMap<>();
    private long last;
    private long lastUse = System.nanoTime();

    /**
     * Creates one.
     *
     * @param timer        ends waits
     * @param timeToSettle how long whoever takes a message has
     */
    Mailbox(ScheduledExecutorService timer, Duration timeToSettle) {
        this.timer = timer;
        this.timeToSettle = timeToSettle;
    }

    /**
     * A message that somebody has taken.
     *
     * @param receipt  by what it is settled
     * @param delivery the message
     * @param end      the end of the time to settle it
     */
    record Taken(String receipt, Delivery delivery, ScheduledFuture<?> end) {
    }

    private record Asking(int most, CompletableFuture<List<Taken>> answer) {
    }

    /** Puts a message into it. */
    void put(Delivery delivery) {
        List<Runnable> answers;
        synchronized (this) {
            waiting.add(delivery);
            answers = answers();
        }
        // Not while we are locked: an answer may ask again.
        answers.forEach(Runnable::run);
    }

    /**
     * Takes messages.
     *
     * @param most how many at most
     * @param wait how long to wait for the first
     * @return at least one, or none if the time is over
     */
    CompletableFuture<List<Taken>> take(int most, Duration wait) {
        CompletableFuture<List<Taken>> answer = new CompletableFuture<>();
        List<Runnable> answers;
        synchronized (this) {
            lastUse = System.nanoTime();
            asking.add(new Asking(most, answer));
            answers = answers();
        }
        answers.forEach(Runnable::run);
        if (!answer.isDone()) {
            ScheduledFuture<?> end = timer.schedule(() -> giveUp(answer), wait.toNanos(), TimeUnit.NANOSECONDS);
            answer.whenComplete((messages, failure) -> end.cancel(false));
        }
        return answer;
    }

    /** Ends a wait with nothing, unless it has got something meanwhile. */
    void giveUp(CompletableFuture<List<Taken>> answer) {
        boolean isWaiting;
        synchronized (this) {
            isWaiting = asking.removeIf(each -> each.answer() == answer);
        }
        if (isWaiting) {
            answer.complete(List.of());
        }
    }

    private List<Runnable> answers() {
        List<Runnable> answers = new ArrayList<>();
        while (!waiting.isEmpty() && !asking.isEmpty()) {
            Asking first = asking.remove();
            List<Taken> messages = new ArrayList<>();
            while (!waiting.isEmpty() && messages.size() < first.most()) {
                messages.add(take(waiting.remove()));
            }
            answers.add(() -> first.answer().complete(messages));
        }
        return answers;
    }

    private Taken take(Delivery delivery) {
        last++;
        String receipt = prefix + last;
        Taken message = new Taken(receipt, delivery, timer.schedule(
                () -> refuse(receipt, "not acknowledged within " + timeToSettle.toSeconds() + " s"),
                timeToSettle.toNanos(), TimeUnit.NANOSECONDS));
        taken.put(receipt, message);
        return message;
    }

    /** Acknowledges a message; returns whether it was there to be settled. */
    boolean acknowledge(String receipt) {
        Optional<Taken> message = settled(receipt);
        message.ifPresent(each -> each.delivery().acknowledge());
        return message.isPresent();
    }

    /** Refuses a message; returns whether it was there to be settled. */
    boolean refuse(String receipt, String reason) {
        Optional<Taken> message = settled(receipt);
        message.ifPresent(each -> each.delivery().refuse(reason));
        return message.isPresent();
    }

    private synchronized Optional<Taken> settled(String receipt) {
        lastUse = System.nanoTime();
        Optional<Taken> message = Optional.ofNullable(taken.remove(receipt));
        message.ifPresent(each -> each.end().cancel(false));
        return message;
    }

    /** Returns how long nobody has asked for, taken or settled anything. */
    synchronized Duration idle() {
        return asking.isEmpty() && taken.isEmpty() ? Duration.ofNanos(System.nanoTime() - lastUse) : Duration.ZERO;
    }
}
