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

import org.projectfloodlight.openflow.protocol.OFMessage;

/**
 * What a provider does for one switch, from the moment in which this node becomes its master until the switch goes.
 * <p>
 * Implementations need not be thread-safe: {@link SwitchSessions} calls them on one thread at a time.
 */
public interface SwitchSession {

    /**
     * Begins, with nothing known of the switch.
     */
    void start();

    /**
     * Reads the switch's state anew, because requests that were sent before this node was master got no answer.
     */
    void refresh();

    /**
     * Takes a message from the switch.
     *
     * @param message any message of the types that the provider asked for
     */
    void handle(OFMessage message);

    /**
     * Ends: the switch will not answer any more.
     */
    void stop();
}
