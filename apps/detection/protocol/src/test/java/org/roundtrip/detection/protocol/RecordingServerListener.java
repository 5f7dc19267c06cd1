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
package org.roundtrip.detection.protocol;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes down what a server tells. */
final class RecordingServerListener implements DetectionServerListener {

    final List<String> told = new CopyOnWriteArrayList<>();
    final List<String> refusals = new CopyOnWriteArrayList<>();
    final List<Message> messages = new CopyOnWriteArrayList<>();

    @Override
    public void connected(DetectionSession session, Hello hello) {
        told.add("connected " + session.agent() + " " + hello.software());
    }

    @Override
    public void received(DetectionSession session, Message message) {
        messages.add(message);
    }

    @Override
    public void disconnected(DetectionSession session, String reason) {
        told.add("disconnected " + session.agent() + ": " + reason);
    }

    @Override
    public void refused(String peer, Optional<String> agent, String reason) {
        refusals.add(agent.orElse("nobody") + ": " + reason);
    }
}
