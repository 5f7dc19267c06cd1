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

/**
 * Hears what happens to sessions. For one session all is told in order by one thread, which does the work of others,
 * too: must not block.
 */
public interface SessionListener {

    /**
     * A peer has sent a message. {@link Alive} is told, too: whoever is heard of keeps its lease.
     *
     * @param session the session
     * @param message what has come
     */
    void received(DetectionSession session, Message message);

    /**
     * A session has ended.
     *
     * @param session the session
     * @param reason  why, for operators
     */
    void disconnected(DetectionSession session, String reason);
}
