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
package org.roundtrip.messaging;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;
import org.roundtrip.base.Status;
import org.roundtrip.base.ValueType;
import org.roundtrip.messaging.configuration.ProxyReport;

import java.time.Instant;

/**
 * A proxy as the controller knows it.
 */
@Value.Immutable
@ValueType
@JsonPropertyOrder({"report", "reported", "status"})
@JsonSerialize(as = ImmutableProxyStatus.class)
public interface ProxyStatus {

    /**
     * Returns what it has told last. In JSON its members are members of this.
     *
     * @return a report
     */
    @JsonUnwrapped
    ProxyReport report();

    /**
     * Returns when it has told that.
     *
     * @return the time of the controller
     */
    Instant reported();

    /**
     * Returns whether it follows.
     *
     * @return the state with its reason
     */
    Status<ProxyState> status();

    /**
     * Returns a builder.
     *
     * @return a builder
     */
    static Builder builder() {
        return new Builder();
    }

    /** Builds these values. */
    final class Builder extends ImmutableProxyStatus.Builder {
    }
}
