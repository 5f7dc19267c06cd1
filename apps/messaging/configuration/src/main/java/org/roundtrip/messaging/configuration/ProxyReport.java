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

/**
 * What a proxy tells the controller of itself, again and again: {@code PUT .../messaging/proxies/NAME}.
 */
@Value.Immutable
@ValueType
@JsonPropertyOrder({"name", "dataCentre", "software", "configurationVersion", "lease", "routes", "queues"})
@JsonSerialize(as = ImmutableProxyReport.class)
@JsonDeserialize(as = ImmutableProxyReport.class)
public interface ProxyReport {

    /** How many seconds a report holds at most. */
    int LONGEST_LEASE = 3_600;

    /**
     * Returns its name.
     *
     * @return a name that no other proxy has
     */
    String name();

    /**
     * Returns where it is.
     *
     * @return the name of a data centre
     */
    String dataCentre();

    /**
     * Returns which release it is.
     *
     * @return a version
     */
    String software();

    /**
     * Returns which version of the configuration it follows.
     *
     * @return 0 if it has none yet
     */
    @Value.Default
    default long configurationVersion() {
        return 0;
    }

    /**
     * Returns how long the report holds: a proxy that does not tell again in this time is silent.
     *
     * @return 1 to 3,600 seconds
     */
    @Value.Default
    default int lease() {
        return 15;
    }

    /**
     * Returns what it tells of routes.
     *
     * @return at most one for a route
     */
    @Value.Default
    default List<RouteReport> routes() {
        return List.of();
    }

    /**
     * Returns what it tells of queues.
     *
     * @return at most one for a queue
     */
    @Value.Default
    default List<QueueReport> queues() {
        return List.of();
    }

    /**
     * Refuses what can't be a report.
     *
     * @throws InvalidRequestException naming the fields that are wrong
     */
    @Value.Check
    default void check() {
        Validation validation = new Validation()
                .requireName(name(), "name")
                .requireName(dataCentre(), "data-centre")
                .require(software().length() <= 64, "software", "must be at most 64 characters")
                .require(lease() >= 1 && lease() <= LONGEST_LEASE, "lease", "must be 1 to 3600 seconds");
        Syntax.requireCount(validation, configurationVersion(), "configuration-version");
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
    final class Builder extends ImmutableProxyReport.Builder {
    }
}
