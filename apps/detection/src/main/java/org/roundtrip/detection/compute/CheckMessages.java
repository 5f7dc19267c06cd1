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
package org.roundtrip.detection.compute;

import org.roundtrip.detection.protocol.Check;
import org.roundtrip.detection.protocol.Checks;
import org.roundtrip.detection.protocol.Message;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Says in messages what an agent is to check.
 */
public final class CheckMessages {

    /**
     * How many characters the checks of a message may have, as text: about half of what a line may have, whose names
     * and quotes make it longer.
     */
    private static final int LONGEST = 30_000;

    private CheckMessages() {
    }

    /**
     * Returns all that an agent is to check.
     *
     * @param revision the number of this state
     * @param checks   the checks
     * @return messages to be sent one after the other, at least one
     */
    public static List<Checks> complete(long revision, Collection<Check> checks) {
        return parts(revision, true, checks, List.of());
    }

    /**
     * Returns what has changed.
     *
     * @param revision  the number of the state to which it leads
     * @param checks    new checks
     * @param withdrawn the ids of those that are not to be checked any more
     * @return messages to be sent one after the other, at least one
     */
    public static List<Checks> difference(long revision, Collection<Check> checks, Collection<String> withdrawn) {
        return parts(revision, false, checks, withdrawn);
    }

    private static List<Checks> parts(long revision, boolean complete, Collection<Check> checks,
                                      Collection<String> withdrawn) {
        List<List<Check>> added = split(checks);
        List<List<String>> removed = splitIds(List.copyOf(withdrawn));
        int parts = Math.max(1, Math.max(added.size(), removed.size()));
        List<Checks> messages = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
            messages.add(Checks.builder().revision(revision).complete(complete).part(part + 1).parts(parts)
                                 .checks(part < added.size() ? added.get(part) : List.of())
                                 .withdrawn(part < removed.size() ? removed.get(part) : List.of()).build());
        }
        return messages;
    }

    private static List<List<Check>> split(Collection<Check> checks) {
        List<List<Check>> parts = new ArrayList<>();
        List<Check> part = new ArrayList<>();
        int length = 0;
        for (Check check : checks) {
            int next = check.toString().length();
            if (!part.isEmpty() && (part.size() == Message.LONGEST_LIST || length + next > LONGEST)) {
                parts.add(part);
                part = new ArrayList<>();
                length = 0;
            }
            part.add(check);
            length += next;
        }
        if (!part.isEmpty()) {
            parts.add(part);
        }
        return parts;
    }

    private static List<List<String>> splitIds(List<String> ids) {
        List<List<String>> parts = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += Message.LONGEST_LIST) {
            parts.add(ids.subList(from, Math.min(ids.size(), from + Message.LONGEST_LIST)));
        }
        return parts;
    }
}
