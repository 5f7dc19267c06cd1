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

import org.roundtrip.base.reconcile.ReconcileLoop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Keeps at it until the switches have what a {@link RulePublisher} publishes: what a switch has refused, or could not
 * be told, is tried again as long as it takes, and after a switch is back this looks for rules that are missing and for
 * such that belong under no key. On a thread of its own; thread-safe.
 */
public final class RuleUpkeep implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(RuleUpkeep.class);

    /** At first, and twice more after the pause between retries: what goes wrong in the store, goes wrong at once. */
    private static final int LOOKS = 3;

    private static final Set<PublicationState> IN_TROUBLE =
            EnumSet.of(PublicationState.UNCONFIRMED, PublicationState.WITHDRAWAL_UNCONFIRMED);

    private final RulePublisher publisher;
    private final ReconcileLoop retries;
    private final Duration pause;
    private final Consumer<String> changed;
    /** Keys whose rules a switch has not confirmed. */
    private final Set<String> troubled = ConcurrentHashMap.newKeySet();
    private final AtomicInteger looks = new AtomicInteger();

    /**
     * Creates a publisher and begins to look after it.
     *
     * @param name      what the thread is called, such as {@code roundtrip/balancer-rules}
     * @param pause     after which time to try again what a switch has refused
     * @param publisher creates the publisher, which has to tell the consumer it is given of what has become of its keys
     * @param changed   takes the key of which something has become, on any thread: must not block
     */
    public RuleUpkeep(String name, Duration pause, Function<Consumer<String>, RulePublisher> publisher,
                      Consumer<String> changed) {
        this.pause = pause;
        this.changed = changed;
        retries = new ReconcileLoop(name, this::retry);
        this.publisher = publisher.apply(this::take);
    }

    /**
     * Returns the publisher.
     *
     * @return the publisher, which is closed with this
     */
    public RulePublisher publisher() {
        return publisher;
    }

    /**
     * Tries at once again what was refused, because the reason may have gone.
     */
    public void retrySoon() {
        // The looks stay as far apart as they were.
        looks.updateAndGet(left -> left == 0 ? 0 : left + 1);
        retries.trigger();
    }

    /**
     * Looks at once for what is missing and what is too much, and twice more after pauses, as when a switch is back.
     * Only to be called when everything has been published that switches are to keep: see
     * {@link RulePublisher#removeStrays}.
     */
    public void lookSoon() {
        looks.set(LOOKS);
        retries.trigger();
    }

    /**
     * As {@link #lookSoon}, but for the first time after a pause, in which what is there from before a restart can be
     * published again.
     */
    public void lookLater() {
        looks.set(LOOKS);
        retries.triggerAfter(pause);
    }

    /**
     * Takes note that something has become of a key: the publisher tells of what the switches or the framework have
     * done, but not of what was done at once.
     *
     * @param key the key
     */
    public void take(String key) {
        if (IN_TROUBLE.contains(publisher.state(key))) {
            troubled.add(key);
        } else {
            troubled.remove(key);
        }
        if (!troubled.isEmpty()) {
            retries.triggerAfter(pause);
        }
        changed.accept(key);
    }

    private void retry() {
        Set<String> doubtful = Set.copyOf(troubled);
        publisher.retry();
        if (looks.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            log.debug("{} rules that nobody wants are removed", publisher.removeStrays());
            log.debug("Rules that are missing are sent again: {}", publisher.restoreMissing());
            retries.triggerAfter(pause);
        }
        // What the publisher itself finds to be confirmed, no event tells.
        doubtful.forEach(this::take);
    }

    /** What is in the switches stays there. */
    @Override
    public void close() {
        publisher.close();
        retries.close();
    }
}
