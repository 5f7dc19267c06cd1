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
package org.roundtrip.benchmark.messaging;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.roundtrip.messaging.configuration.MessagingConfiguration;
import org.roundtrip.messaging.proxy.configuration.ControllerJson;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends messages at an even rate, from when a first one has arrived, and finds out how they arrive, until it is told to
 * end.
 *
 * <p>Arguments: how many messages a second; then either {@code topics}, the storage server to which they are given, the
 * topic, the data centre for which they are, the storage server at which they arrive and the topic there; or
 * {@code proxies}, a file with the configuration of messaging, the application that sends and the one that receives.
 * <p>Each line of its input is an order, which it answers by a line of JSON: {@code totals} by what was found since the
 * beginning; {@code window} by what was found since the last such order, with times in milliseconds; {@code hold} and
 * {@code go} by the totals, after which it sends none, or again; {@code end SECONDS} by the totals after it has sent no
 * more, and waited for the rest, for so long at most.
 */
public final class MessageTraffic {

    private static final long NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final MessageEnds ends;
    private final long pause;
    private final Arrivals arrivals = new Arrivals(System.nanoTime());
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong stored = new AtomicLong();
    private final AtomicLong unstored = new AtomicLong();
    private volatile boolean isHeld;
    private volatile boolean isEnding;

    private MessageTraffic(MessageEnds ends, double rate) {
        this.ends = ends;
        this.pause = Math.round(NANOS_PER_SECOND / rate);
    }

    /**
     * Sends and receives.
     *
     * @param arguments see above
     * @throws Exception if it can't
     */
    public static void main(String[] arguments) throws Exception {
        try (MessageEnds ends = ends(arguments)) {
            new MessageTraffic(ends, Double.parseDouble(arguments[0])).run();
        }
        System.exit(0);
    }

    private static MessageEnds ends(String[] arguments) throws IOException {
        if (arguments[1].equals("topics")) {
            return new TopicEnds(arguments[2], arguments[3], arguments[4], arguments[5], arguments[6]);
        }
        return new ProxyEnds(ControllerJson.read(Files.readString(Path.of(arguments[2])),
                                                 MessagingConfiguration.class), arguments[3], arguments[4]);
    }

    private void run() throws IOException, InterruptedException {
        ends.receive(bytes -> arrivals.arrived(Payload.parse(bytes), System.nanoTime()));
        Thread sender = new Thread(this::send, "sender");
        sender.start();
        try (BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String order = orders.readLine(); order != null; order = orders.readLine()) {
                if (order.startsWith("end")) {
                    isEnding = true;
                    sender.join();
                    awaitRest(System.nanoTime() + Long.parseLong(order.substring("end ".length())) * NANOS_PER_SECOND);
                    answer(arrivals.totals());
                    return;
                }
                answer(obey(order));
            }
        }
        isEnding = true;
    }

    private Map<String, Object> obey(String order) {
        switch (order) {
            case "totals":
                return arrivals.totals();
            case "window":
                return arrivals.window(System.nanoTime());
            case "hold":
            case "go":
                isHeld = order.equals("hold");
                return arrivals.totals();
            default:
                throw new IllegalArgumentException("No order: " + order);
        }
    }

    private void send() {
        long due = System.nanoTime();
        int number = 0;
        while (!isEnding) {
            LockSupport.parkNanos(due - System.nanoTime());
            // Nothing piles up until it is known that messages are carried at all.
            boolean isToWait = isHeld || number > 0 && arrivals.count() == 0;
            if (isToWait) {
                due = System.nanoTime() + LOOK_NANOS;
            } else if (System.nanoTime() >= due) {
                send(new Payload(number++, due));
                // Even if this one was held up: the next one is due when it is due.
                due += pause;
            }
        }
    }

    private void send(Payload payload) {
        sent.incrementAndGet();
        ends.send(payload).whenComplete((done, failure) -> (failure == null ? stored : unstored).incrementAndGet());
    }

    private void awaitRest(long end) {
        while (System.nanoTime() < end && (stored.get() + unstored.get() < sent.get()
                || arrivals.count() < stored.get())) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private void answer(Map<String, Object> found) throws IOException {
        Map<String, Object> all = new HashMap<>(found);
        all.put("sent", sent.get());
        all.put("stored", stored.get());
        all.put("unstored", unstored.get());
        System.out.println(JSON.writeValueAsString(all));
    }
}
