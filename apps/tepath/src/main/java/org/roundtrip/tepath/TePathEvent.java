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
package org.roundtrip.tepath;

import org.onosproject.event.AbstractEvent;

/**
 * Something happened to a path. The subject is the path as it was right after.
 */
public final class TePathEvent extends AbstractEvent<TePathEvent.Type, TePath> {

    /** What happened. */
    public enum Type {
        /** It was accepted. */
        ADDED,
        /** Its status or its way has changed. */
        CHANGED,
        /** It is gone: not one rule or label of it is left. */
        REMOVED
    }

    /**
     * Creates an event that happens now.
     *
     * @param type what happened
     * @param path the path right after
     */
    public TePathEvent(Type type, TePath path) {
        super(type, path);
    }
}
