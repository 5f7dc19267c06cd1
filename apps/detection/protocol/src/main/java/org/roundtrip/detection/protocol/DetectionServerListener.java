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

import java.util.Optional;

/**
 * Hears what happens to the sessions of a {@link DetectionServer}. An agent has one session at a time: when it connects
 * again, the end of the old one is told before the new one.
 */
public interface DetectionServerListener extends SessionListener {

    /**
     * An agent has connected and has proved who it is.
     *
     * @param session the session
     * @param hello   what it said of itself
     */
    void connected(DetectionSession session, Hello hello);

    /**
     * Somebody has connected and was refused.
     *
     * @param peer   its address and port
     * @param agent  the name that it gave, which it has not proved; empty if it did not come so far
     * @param reason why, for operators
     */
    void refused(String peer, Optional<String> agent, String reason);
}
