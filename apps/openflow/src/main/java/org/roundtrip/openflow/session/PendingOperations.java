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
package org.roundtrip.openflow.session;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Operations that a switch has been sent and not answered yet. A switch only answers what it refuses; the reply to a
 * barrier tells that all that was sent before it has been done or refused (OpenFlow 1.3, section 7.3.8).
 * <p>
 * Not thread-safe.
 *
 * @param <O> the kind of operation
 */
public final class PendingOperations<O> {

    private final Map<Long, O> byMessage = new LinkedHashMap<>();
    private final Map<Long, List<Long>> byBarrier = new HashMap<>();

    /**
     * Notes operations that were sent, followed by a barrier.
     *
     * @param operations the operations by the transaction ids of their messages
     * @param barrier    the transaction id of the barrier
     */
    public void sent(Map<Long, O> operations, long barrier) {
        byMessage.putAll(operations);
        byBarrier.put(barrier, List.copyOf(operations.keySet()));
    }

    /**
     * Takes an operation that the switch refused.
     *
     * @param xid the transaction id of the error message
     * @return the operation, empty if the error is about something else
     */
    public Optional<O> refused(long xid) {
        return Optional.ofNullable(byMessage.remove(xid));
    }

    /**
     * Takes the operations before a barrier that the switch did not refuse.
     *
     * @param barrier the transaction id of the barrier
     * @return the operations, empty if the barrier is not one of these
     */
    public Optional<List<O>> answered(long barrier) {
        List<Long> messages = byBarrier.remove(barrier);
        if (messages == null) {
            return Optional.empty();
        }
        List<O> done = new ArrayList<>();
        messages.forEach(xid -> Optional.ofNullable(byMessage.remove(xid)).ifPresent(done::add));
        return Optional.of(done);
    }
}
