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
package org.roundtrip.clock.compute;

import org.roundtrip.base.ConflictException;
import org.roundtrip.base.FieldError;
import org.roundtrip.clock.ClockSessionRequest;

import java.util.ArrayList;
import java.util.List;

/**
 * What of a session can be changed while it stands: its domain, its priority, whether it is strict, what its tunnel
 * must be like, and what is alarming. Its clocks, its transport and its delivery make up its traffic: with others it
 * would be another session.
 */
public final class SessionChanges {

    private SessionChanges() {
    }

    /**
     * Refuses to make another session of one.
     *
     * @param before what was asked for
     * @param after  what is asked for now, under the same name
     * @throws ConflictException naming all fields that can't be changed
     */
    public static void requireSameTraffic(ClockSessionRequest before, ClockSessionRequest after) {
        List<FieldError> errors = new ArrayList<>();
        require("server", before.server(), after.server(), errors);
        require("client", before.client(), after.client(), errors);
        require("transport", before.transport(), after.transport(), errors);
        require("delivery", before.delivery(), after.delivery(), errors);
        if (!errors.isEmpty()) {
            throw new ConflictException(errors);
        }
    }

    private static void require(String field, Object before, Object after, List<FieldError> errors) {
        if (!before.equals(after)) {
            errors.add(FieldError.of(field, "is " + before + " and can't be changed: remove the session, and add it"
                    + " again when it is gone"));
        }
    }
}
