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
package org.roundtrip.messaging.proxy.message;

import org.apache.kafka.clients.admin.Admin;
import org.roundtrip.messaging.configuration.DataCentre;
import org.roundtrip.messaging.configuration.compute.Correspondence;
import org.roundtrip.messaging.configuration.compute.TopicNames;
import org.roundtrip.messaging.proxy.message.compute.Backlog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Says when too much waits for another data centre. It measures what waits from time to time, and adds what was sent
 * since. Thread-safe.
 */
final class BacklogLimits {

    private static final Logger log = LoggerFactory.getLogger(BacklogLimits.class);

    private final String dataCentre;
    private final BacklogMeter meter;
    private final MessageMetrics metrics;
    private final Map<String, Limit> limits = new ConcurrentHashMap<>();

    private record Limit(String topic, String group, String route, long bytes, AtomicLong waiting) {
    }

    BacklogLimits(String dataCentre, Admin admin, MessageMetrics metrics) {
        this.dataCentre = dataCentre;
        this.meter = new BacklogMeter(admin);
        this.metrics = metrics;
    }

    /** Takes the limits of a configuration: that of the route that messages take first. */
    void configure(Correspondence correspondence) {
        List<DataCentre> others = correspondence.configuration().dataCentres().stream()
                .filter(other -> !other.name().equals(dataCentre)).toList();
        limits.keySet().retainAll(others.stream().map(DataCentre::name).toList());
        for (DataCentre other : others) {
            correspondence.nextHop(dataCentre, other.name()).filter(route -> route.maximumBacklog().isPresent())
                    .ifPresentOrElse(route -> limits.merge(
                            other.name(),
                            new Limit(TopicNames.publicTopic(other), "roundtrip.routing." + other.name(),
                                      route.from() + " to " + route.to(), route.maximumBacklog().getAsLong(),
                                      new AtomicLong()),
                            (before, now) -> {
                                now.waiting().set(before.waiting().get());
                                return now;
                            }), () -> limits.remove(other.name()));
        }
    }

    /** Measures once. Blocks until the storage server answers. */
    void measure() throws InterruptedException {
        for (Map.Entry<String, Limit> entry : limits.entrySet()) {
            Limit limit = entry.getValue();
            try {
                Backlog backlog = meter.measure(limit.topic(), limit.group());
                limit.waiting().set(backlog.bytes());
                metrics.backlog(entry.getKey(), backlog.bytes());
            } catch (ExecutionException e) {
                // What was measured before goes on to hold; a topic that is missing holds nothing.
                log.debug("Can't measure what waits in {}", limit.topic(), e);
            }
        }
    }

    /**
     * Says why nothing may be sent to a data centre now.
     *
     * @return names the route, what waits, and the limit; or empty if something may be sent
     */
    Optional<String> full(String to) {
        return Optional.ofNullable(limits.get(to))
                .filter(limit -> limit.waiting().get() >= limit.bytes())
                .map(limit -> "route " + limit.route() + ": " + limit.waiting().get() + " bytes wait, and its"
                        + " maximum-backlog is " + limit.bytes());
    }

    /** Adds what was sent to a data centre, until it is measured again. */
    void sent(String to, long bytes) {
        Optional.ofNullable(limits.get(to)).ifPresent(limit -> limit.waiting().addAndGet(bytes));
    }
}
