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
package org.roundtrip.detection.impl;

import org.roundtrip.detection.protocol.Check;
import org.roundtrip.detection.protocol.Checks;
import org.roundtrip.detection.protocol.DetectionSession;
import org.roundtrip.detection.protocol.Hello;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an agent has been told in a session, and what it has accepted. One thread tells; the others only take note.
 */
final class AgentSession {

    private final DetectionSession connection;
    private final Hello hello;
    private final long began;
    /** By their ids. */
    private final Map<String, Check> told = new LinkedHashMap<>();
    private volatile long revision;
    private volatile long accepted;

    /**
     * Begins.
     *
     * @param connection by which to tell
     * @param hello      what the agent said of itself
     * @param began      when, a monotonic time in nanoseconds
     */
    AgentSession(DetectionSession connection, Hello hello, long began) {
        this.connection = connection;
        this.hello = hello;
        this.began = began;
    }

    Hello hello() {
        return hello;
    }

    String peer() {
        return connection.peer();
    }

    long began() {
        return began;
    }

    boolean is(DetectionSession other) {
        return connection == other;
    }

    /** Returns whether the agent has been told what to check. */
    boolean isBegun() {
        return revision > 0;
    }

    /** Returns whether the agent does what it was told last. */
    boolean isSettled() {
        return isBegun() && accepted == revision;
    }

    long revision() {
        return revision;
    }

    /** Takes note that the agent checks as it was told. It can't accept what it was never told. */
    void accept(long number) {
        accepted = Math.min(number, revision);
    }

    boolean hasAccepted(long number) {
        return accepted >= number;
    }

    boolean hasBeenTold(String check) {
        return told.containsKey(check);
    }

    /**
     * Tells the agent what to check: everything at first, and differences then.
     *
     * @param checks all that it is to check, by their ids
     */
    void tell(Map<String, Check> checks) {
        List<Check> added = new ArrayList<>();
        checks.forEach((id, check) -> {
            if (!told.containsKey(id)) {
                added.add(check);
            }
        });
        List<String> withdrawn = new ArrayList<>(told.keySet());
        withdrawn.removeAll(checks.keySet());
        if (isBegun() && added.isEmpty() && withdrawn.isEmpty()) {
            return;
        }
        long next = revision + 1;
        List<Checks> messages = Checks.inParts(next, !isBegun(), added, withdrawn);
        told.keySet().removeAll(withdrawn);
        added.forEach(check -> told.put(check.id(), check));
        // First: the answer can come before the last part is sent.
        revision = next;
        messages.forEach(connection::send);
    }

    void close(String reason) {
        connection.close(reason);
    }
}
