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

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The checks of an agent, as its controllers have said: each session begins with all of them, and goes on with what
 * changes. Until all parts of a revision have come, and between sessions, the last revision stays. Not thread-safe.
 */
public final class CheckTable {

    /** How many checks an agent can have: as many as there are addresses for their targets. */
    public static final int MOST_CHECKS = 32_766;

    private Map<String, Check> checks = Map.of();
    private long revision;
    private Map<String, Check> next = Map.of();
    private int parts;
    private int received;
    private long nextRevision;
    private boolean complete;
    private boolean fresh = true;

    /**
     * Is told that a session begins: what was begun in an older one is forgotten, and all checks must come first.
     */
    public void beginSession() {
        fresh = true;
        received = 0;
        parts = 0;
    }

    /**
     * Hears of checks.
     *
     * @param message what the controller has sent
     * @return true if a revision is there with all its parts, and so {@link #checks} has changed; to be answered by
     *         {@link Accepted}
     * @throws MalformedMessageException if it does not follow what was sent before, or is too much; the session is to
     *                                   be closed, and the next begins with all checks
     */
    public boolean accept(Checks message) throws MalformedMessageException {
        if (received == parts) {
            begin(message);
        }
        requireThat(message.part() == received + 1 && message.parts() == parts && message.complete() == complete
                            && message.revision() == nextRevision,
                    "part " + (received + 1) + " of " + parts + " of revision " + nextRevision + " should follow");
        message.withdrawn().forEach(next::remove);
        message.checks().forEach(check -> next.put(check.id(), check));
        requireThat(next.size() <= MOST_CHECKS, "there are more than " + MOST_CHECKS + " checks");
        received++;
        if (received < parts) {
            return false;
        }
        checks = next;
        revision = nextRevision;
        fresh = false;
        return true;
    }

    private void begin(Checks message) throws MalformedMessageException {
        requireThat(message.complete() || !fresh, "a session must begin with a complete set of checks");
        requireThat(fresh || message.revision() > revision, "revision " + message.revision() + " does not follow "
                + revision);
        parts = message.parts();
        received = 0;
        complete = message.complete();
        nextRevision = message.revision();
        next = complete ? new LinkedHashMap<>() : new LinkedHashMap<>(checks);
    }

    private static void requireThat(boolean holds, String otherwise) throws MalformedMessageException {
        if (!holds) {
            throw new MalformedMessageException(otherwise);
        }
    }

    /**
     * Returns what is to be checked.
     *
     * @return the checks of the last revision that has come with all its parts; a copy
     */
    public Collection<Check> checks() {
        return List.copyOf(checks.values());
    }

    /**
     * Returns the last revision that has come with all its parts.
     *
     * @return a revision, 0 if there was none
     */
    public long revision() {
        return revision;
    }
}
