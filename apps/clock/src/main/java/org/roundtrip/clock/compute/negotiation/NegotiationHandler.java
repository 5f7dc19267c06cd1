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
package org.roundtrip.clock.compute.negotiation;

/**
 * Does what negotiation wants to be done.
 */
public interface NegotiationHandler {

    /**
     * Opens a session.
     *
     * @param action which one
     */
    void open(NegotiationAction.OpenSession action);

    /**
     * Closes a session.
     *
     * @param action which one
     */
    void close(NegotiationAction.CloseSession action);

    /**
     * Sends a message to the server.
     *
     * @param action which one
     */
    void forward(NegotiationAction.Forward action);

    /**
     * Answers the client.
     *
     * @param action by what
     */
    void deny(NegotiationAction.Deny action);

    /**
     * Notes that a message is not passed on.
     *
     * @param action which one
     */
    void drop(NegotiationAction.Drop action);

    /**
     * Has general messages of a server copied.
     *
     * @param action which ones
     */
    void openWindow(NegotiationAction.OpenWindow action);

    /**
     * Has general messages of a server not copied any more.
     *
     * @param action which ones
     */
    void closeWindow(NegotiationAction.CloseWindow action);

    /**
     * Keeps grants.
     *
     * @param action which ones
     */
    void record(NegotiationAction.RecordGrants action);

    /**
     * Keeps the identity of a server.
     *
     * @param action which one
     */
    void remember(NegotiationAction.RememberClock action);
}
