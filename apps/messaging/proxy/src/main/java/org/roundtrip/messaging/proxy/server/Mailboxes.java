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

import org.roundtrip.messaging.proxy.message.MessageProxy;
import org.roundtrip.messaging.proxy.message.Subscription;
import org.roundtrip.messaging.proxy.message.SubscriptionOptions;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The mailboxes of applications that ask for their messages. One that nobody has used for some time is closed, and what
 * is in it goes to who else receives for the application. Thread-safe.
 */
final class Mailboxes implements AutoCloseable {

    private static final Duration TIME_TO_SETTLE = Duration.ofSeconds(30);
    private static final Duration LONGEST_IDLE = Duration.ofMinutes(1);

    private final MessageProxy proxy;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "roundtrip-mailboxes");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<String, Open> open = new HashMap<>();

    private record Open(Mailbox mailbox, Subscription subscription) {
    }

    Mailboxes(MessageProxy proxy) {
        this.proxy = proxy;
        timer.scheduleWithFixedDelay(this::closeIdle, LONGEST_IDLE.toSeconds(), 5, TimeUnit.SECONDS);
    }

    /**
     * Returns the mailbox of an application.
     *
     * @throws org.roundtrip.base.RequestException if it can't receive here
     */
    synchronized Mailbox of(String application) {
        return open.computeIfAbsent(application, name -> {
            Mailbox mailbox = new Mailbox(timer, TIME_TO_SETTLE);
            return new Open(mailbox, proxy.receive(name, SubscriptionOptions.USUAL, mailbox::put));
        }).mailbox();
    }

    private synchronized void closeIdle() {
        open.values().removeIf(each -> {
            boolean isIdle = each.mailbox().idle().compareTo(LONGEST_IDLE) > 0;
            if (isIdle) {
                each.subscription().close();
            }
            return isIdle;
        });
    }

    @Override
    public synchronized void close() {
        timer.shutdownNow();
        open.values().forEach(each -> each.subscription().close());
        open.clear();
    }
}
