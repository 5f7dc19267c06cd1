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
package org.roundtrip.balancer;

import org.onosproject.event.AbstractEvent;

/**
 * Something happened to a virtual server. The subject is the virtual server as it was right after.
 */
public final class VirtualServerEvent extends AbstractEvent<VirtualServerEvent.Type, VirtualServer> {

    /** What happened. */
    public enum Type {
        /** It was accepted. */
        ADDED,
        /** What is asked for, its status, or that of a member or an access switch has changed. */
        CHANGED,
        /** It is gone, and so are its rules. */
        REMOVED
    }

    /**
     * Creates an event that happens now.
     *
     * @param type   what happened
     * @param server the virtual server right after
     */
    public VirtualServerEvent(Type type, VirtualServer server) {
        super(type, server);
    }
}
