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

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;
import org.roundtrip.base.InvalidRequestException;
import org.roundtrip.base.Validation;
import org.roundtrip.base.ValueType;

import java.util.ArrayList;
import java.util.List;

/**
 * What a controller wants an agent to check. A session begins with a complete set; differences follow. A set or a
 * difference that is too long for one message comes in parts, one right after the other, and counts when all have come.
 */
@Value.Immutable
@ValueType
@JsonTypeName("checks")
@JsonPropertyOrder({"revision", "complete", "part", "parts", "checks", "withdrawn"})
@JsonSerialize(as = ImmutableChecks.class)
@JsonDeserialize(as = ImmutableChecks.class)
public interface Checks extends Message {

    /**
     * Returns which state of the checks this leads to.
     *
     * @return a number that grows within a session
     */
    long revision();

    /**
     * Returns whether this is all there is to check, or only what has changed.
     *
     * @return true if what is not in it is not to be checked any more
     */
    boolean complete();

    /**
     * Returns which part of the revision this is.
     *
     * @return 1 to the number of parts; 1 unless said otherwise
     */
    @Value.Default
    default int part() {
        return 1;
    }

    /**
     * Returns in how many parts the revision comes.
     *
     * @return their number; 1 unless said otherwise
     */
    @Value.Default
    default int parts() {
        return 1;
    }

    /**
     * Returns what is to be checked, new or in place of what had the same id.
     *
     * @return at most {@link Message#LONGEST_LIST}
     */
    List<Check> checks();

    /**
     * Returns what is not to be checked any more.
     *
     * @return ids of checks, at most {@link Message#LONGEST_LIST}
     */
    List<String> withdrawn();

    /**
     * Refuses what can't be meant.
     *
     * @throws InvalidRequestException naming the fields that are wrong
     */
    @Value.Check
    default void check() {
        new Validation()
                .require(revision() >= 0, "revision", "must not be negative")
                .require(parts() >= 1, "parts", "must be at least 1")
                .require(part() >= 1 && part() <= parts(), "part", "must be 1 to the number of parts, " + parts())
                .require(checks().size() <= LONGEST_LIST, "checks", "must be at most " + LONGEST_LIST)
                .require(withdrawn().size() <= LONGEST_LIST, "withdrawn", "must be at most " + LONGEST_LIST)
                .throwIfInvalid();
    }

    /**
     * Returns messages that say together what is to be checked.
     *
     * @param revision  which state of the checks they lead to
     * @param complete  whether this is all there is to check, or only what has changed
     * @param checks    what is to be checked, any number
     * @param withdrawn ids of what is not to be checked any more, any number
     * @return at least one message, to be sent in this order
     */
    static List<Checks> inParts(long revision, boolean complete, List<Check> checks, List<String> withdrawn) {
        List<List<Check>> additions = checks.isEmpty() && !withdrawn.isEmpty() ? List.of() : Parts.split(checks);
        List<List<String>> removals = withdrawn.isEmpty() ? List.of() : Parts.split(withdrawn);
        int parts = removals.size() + additions.size();
        List<Checks> messages = new ArrayList<>(parts);
        for (int part = 1; part <= parts; part++) {
            Builder message = builder();
            message.revision(revision).complete(complete).part(part).parts(parts);
            // Withdrawn first, so that the order within a difference does not matter.
            messages.add(part <= removals.size()
                                 ? message.withdrawn(removals.get(part - 1)).build()
                                 : message.checks(additions.get(part - 1 - removals.size())).build());
        }
        return messages;
    }

    /**
     * Returns a builder.
     *
     * @return a builder
     */
    static Builder builder() {
        return new Builder();
    }

    /** Builds these values. */
    final class Builder extends ImmutableChecks.Builder {
    }
}
