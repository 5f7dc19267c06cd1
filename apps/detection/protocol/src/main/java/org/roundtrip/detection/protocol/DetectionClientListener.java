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
 * Hears what happens to the sessions of a {@link DetectionClient}, which has one at a time.
 */
public interface DetectionClientListener extends SessionListener {

    /**
     * A controller has proved who it is and has let the agent in.
     *
     * @param session the session
     * @param welcome what the agent has to keep to
     */
    void connected(DetectionSession session, Welcome welcome);

    /**
     * An attempt to connect has failed; the next follows by itself.
     *
     * @param controller whom it tried, host and port
     * @param reason     why, for operators
     */
    void failed(String controller, String reason);
}
