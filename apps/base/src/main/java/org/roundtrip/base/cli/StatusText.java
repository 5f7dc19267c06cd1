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
package org.roundtrip.base.cli;

import org.roundtrip.base.Status;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * What something is doing and why, as text for people.
 */
public final class StatusText {

    private StatusText() {
    }

    /**
     * Returns why something is in its state.
     *
     * @param status the status
     * @return one line, or two if something else went wrong most recently
     */
    public static List<String> reasons(Status<?> status) {
        List<String> lines = new ArrayList<>(List.of(status.reason()));
        status.lastError().filter(error -> !status.reason().contains(error))
                .ifPresent(error -> lines.add("last error: " + error));
        return lines;
    }

    /**
     * Returns since when something is in its state.
     *
     * @param status the status
     * @return the time in whole seconds
     */
    public static Instant since(Status<?> status) {
        return status.since().truncatedTo(ChronoUnit.SECONDS);
    }
}
