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
package org.roundtrip.detection.agent;

import org.roundtrip.detection.protocol.Check;
import org.roundtrip.detection.protocol.Checks;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Puts together what comes in parts. Not thread-safe.
 */
final class ChecksAssembly {

    private final List<Check> checks = new ArrayList<>();
    private final List<String> withdrawn = new ArrayList<>();
    private int parts;

    /**
     * A request of which all parts have come.
     *
     * @param revision  which state of the checks it leads to
     * @param complete  whether this is all there is to check
     * @param checks    what is to be checked
     * @param withdrawn what is not to be checked any more
     */
    record Request(long revision, boolean complete, List<Check> checks, List<String> withdrawn) {
    }

    /**
     * Adds a part.
     *
     * @param part the part
     * @return the request, if this was its last part
     * @throws IllegalArgumentException if it is not the part that was to come
     */
    Optional<Request> add(Checks part) {
        if (part.part() != parts + 1) {
            throw new IllegalArgumentException("part " + part.part() + " of checks has come in place of part "
                    + (parts + 1));
        }
        checks.addAll(part.checks());
        withdrawn.addAll(part.withdrawn());
        parts++;
        if (parts < part.parts()) {
            return Optional.empty();
        }
        Request request = new Request(part.revision(), part.complete(), List.copyOf(checks), List.copyOf(withdrawn));
        clear();
        return Optional.of(request);
    }

    /** Forgets what has come. */
    void clear() {
        checks.clear();
        withdrawn.clear();
        parts = 0;
    }
}
