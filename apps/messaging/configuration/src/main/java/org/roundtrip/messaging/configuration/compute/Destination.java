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
package org.roundtrip.messaging.configuration.compute;

import org.immutables.value.Value;
import org.roundtrip.base.ValueType;

import java.util.List;

/**
 * Where the messages of one application to another go: the routing information of the message.
 */
@Value.Immutable
@ValueType
public interface Destination {

    /**
     * Returns in which queue they are.
     *
     * @return the name of a queue
     */
    String queue();

    /**
     * Returns where they are processed.
     *
     * @return the name of a data centre
     */
    String dataCentre();

    /**
     * Returns where they wait in the private area of that data centre.
     *
     * @return the name of a topic
     */
    String privateTopic();

    /**
     * Returns where they wait in the public area of any other data centre.
     *
     * @return the name of a topic
     */
    String publicTopic();

    /**
     * Returns the management address of the storage server of the data centre that processes them.
     *
     * @return at least one HOST:PORT
     */
    List<String> bootstrapServers();

    /**
     * Returns a builder.
     *
     * @return a builder
     */
    static Builder builder() {
        return new Builder();
    }

    /** Builds these values. */
    final class Builder extends ImmutableDestination.Builder {
    }
}
