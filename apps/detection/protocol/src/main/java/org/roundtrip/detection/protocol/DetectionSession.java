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
 * One connection between an agent and a controller that have proved to each other who they are. Thread-safe.
 */
public interface DetectionSession {

    /**
     * Returns the agent.
     *
     * @return its name, which it has proved
     */
    String agent();

    /**
     * Returns who is at the other end.
     *
     * @return its address and port
     */
    String peer();

    /**
     * Returns the version of the protocol that is spoken.
     *
     * @return a version
     */
    int version();

    /**
     * Sends a message. Returns at once; messages arrive in the order in which one thread sends them, or not at all
     * because the session ends. A peer that does not read what waits for it loses the session.
     *
     * @param message what to send
     * @return true if it waits to be sent, false if the session has ended
     * @throws IllegalArgumentException if the message is longer than a line may be
     */
    boolean send(Message message);

    /**
     * Ends the session, after what waits to be sent if the peer reads it soon. Returns at once. Does nothing if it has
     * ended.
     *
     * @param reason why, for the listener
     */
    void close(String reason);
}
