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

import java.util.List;
import java.util.Optional;

/**
 * What one or more applications send to another: the queue in which it waits where it is processed.
 */
@Value.Immutable
@ValueType
@JsonPropertyOrder({"name", "senders", "processor", "privateTopic", "partitions"})
@JsonSerialize(as = ImmutableMessageQueue.class)
@JsonDeserialize(as = ImmutableMessageQueue.class)
public interface MessageQueue {

    /**
     * Returns its name.
     *
     * @return a name that no other queue has
     */
    String name();

    /**
     * Returns who may send.
     *
     * @return names of applications
     */
    List<String> senders();

    /**
     * Returns for whom the messages are.
     *
     * @return the name of an application; of one sender and one processor there is at most one queue
     */
    String processor();

    /**
     * Returns the identifier of the queue in the private area of the data centre that processes it.
     *
     * @return the name of a Kafka topic, or empty for roundtrip.private.NAME
     */
    Optional<String> privateTopic();

    /**
     * Returns how many partitions the topic gets if it does not exist.
     *
     * @return 1 to 1,000
     */
    @Value.Default
    default int partitions() {
        return 8;
    }

    /**
     * Refuses what can't be a queue.
     *
     * @throws InvalidRequestException naming the fields that are wrong
     */
    @Value.Check
    default void check() {
        Validation validation = new Validation()
                .requireName(name(), "name")
                .require(partitions() >= 1 && partitions() <= 1_000, "partitions", "must be 1 to 1000");
        Syntax.requireEach(validation, senders(), sender -> true, "senders", "");
        Syntax.requireTopic(validation, privateTopic(), "private-topic");
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
    final class Builder extends ImmutableMessageQueue.Builder {
    }
}
