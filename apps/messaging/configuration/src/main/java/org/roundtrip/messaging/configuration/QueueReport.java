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
package org.roundtrip.messaging.configuration;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;
import org.roundtrip.base.InvalidRequestException;
import org.roundtrip.base.Validation;
import org.roundtrip.base.ValueType;

/**
 * What a message proxy tells of a queue that it delivers, since it began.
 */
@Value.Immutable
@ValueType
@JsonPropertyOrder({"queue", "backlogMessages", "delivered", "redelivered", "duplicates", "deadLetters"})
@JsonSerialize(as = ImmutableQueueReport.class)
@JsonDeserialize(as = ImmutableQueueReport.class)
public interface QueueReport {

    /**
     * Returns which queue it is.
     *
     * @return the name of a queue
     */
    String queue();

    /**
     * Returns how many messages wait in the partitions that the proxy delivers.
     *
     * @return a number
     */
    @Value.Default
    default long backlogMessages() {
        return 0;
    }

    /**
     * Returns how many messages its processor has acknowledged.
     *
     * @return a number
     */
    @Value.Default
    default long delivered() {
        return 0;
    }

    /**
     * Returns how often a message was delivered again because its processor could not process it.
     *
     * @return a number
     */
    @Value.Default
    default long redelivered() {
        return 0;
    }

    /**
     * Returns how many records were dropped because their messages had been delivered before.
     *
     * @return a number
     */
    @Value.Default
    default long duplicates() {
        return 0;
    }

    /**
     * Returns how many messages went to the dead letters.
     *
     * @return a number
     */
    @Value.Default
    default long deadLetters() {
        return 0;
    }

    /**
     * Refuses what can't be a report.
     *
     * @throws InvalidRequestException naming the fields that are wrong
     */
    @Value.Check
    default void check() {
        Validation validation = new Validation().requireName(queue(), "queue");
        Syntax.requireCount(validation, backlogMessages(), "backlog-messages");
        Syntax.requireCount(validation, delivered(), "delivered");
        Syntax.requireCount(validation, redelivered(), "redelivered");
        Syntax.requireCount(validation, duplicates(), "duplicates");
        Syntax.requireCount(validation, deadLetters(), "dead-letters");
        validation.throwIfInvalid();
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
    final class Builder extends ImmutableQueueReport.Builder {
    }
}
