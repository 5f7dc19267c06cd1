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
package org.roundtrip.balancer.impl;

import org.roundtrip.base.Status;
import org.roundtrip.detection.CheckedMember;
import org.roundtrip.detection.Detection;
import org.roundtrip.detection.DetectionEvent;
import org.roundtrip.detection.DetectionListener;
import org.roundtrip.detection.DetectionService;
import org.roundtrip.detection.HealthState;
import org.roundtrip.detection.MemberHealth;
import org.roundtrip.detection.ServiceCheck;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Detection that finds what a test says, and knows nothing else. */
final class FakeDetection implements DetectionService {

    private static final String NO_AGENT = "no detection agent on its switch";

    /** What was asked for, in its order. */
    final List<String> calls = new CopyOnWriteArrayList<>();
    private final Map<String, ServiceCheck> checks = new ConcurrentHashMap<>();
    private final Map<List<String>, MemberHealth> found = new ConcurrentHashMap<>();
    private final List<DetectionListener> listeners = new CopyOnWriteArrayList<>();

    /** Finds something of a member that is probed. */
    void find(String service, String member, HealthState state, String reason) {
        find(MemberHealth.builder().service(service).member(member)
                     .status(Status.of(state, reason, Instant.EPOCH)).build());
    }

    void find(MemberHealth health) {
        found.put(List.of(health.service(), health.member()), health);
        DetectionEvent event = new DetectionEvent(DetectionEvent.Type.MEMBER_CHANGED, health);
        listeners.forEach(listener -> listener.event(event));
    }

    Map<String, ServiceCheck> checks() {
        return new TreeMap<>(checks);
    }

    int listenerCount() {
        return listeners.size();
    }

    @Override
    public void request(ServiceCheck check) {
        calls.add("request " + check.service());
        checks.put(check.service(), check);
    }

    @Override
    public void withdraw(String service) {
        calls.add("withdraw " + service);
        checks.remove(service);
        found.keySet().removeIf(key -> key.get(0).equals(service));
    }

    @Override
    public Optional<MemberHealth> health(String service, String member) {
        return Optional.ofNullable(checks.get(service)).stream().flatMap(check -> check.members().stream())
                .map(CheckedMember::id).filter(member::equals).findAny()
                .map(id -> found.getOrDefault(List.of(service, id), MemberHealth.builder().service(service).member(id)
                        .status(Status.of(HealthState.UNKNOWN, NO_AGENT, Instant.EPOCH)).build()));
    }

    @Override
    public Optional<Detection> detection(String service) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Detection> detections() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void addListener(DetectionListener listener) {
        listeners.add(listener);
    }

    @Override
    public void removeListener(DetectionListener listener) {
        listeners.remove(listener);
    }
}
