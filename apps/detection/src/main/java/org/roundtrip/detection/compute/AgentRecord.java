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

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;
import org.roundtrip.base.ValueType;
import org.roundtrip.detection.DetectionAgentRequest;

/**
 * What is kept of an agent: what was asked for, and what its targets stand for.
 */
@Value.Immutable
@ValueType
@JsonPropertyOrder({"request", "targets"})
@JsonSerialize(as = ImmutableAgentRecord.class)
@JsonDeserialize(as = ImmutableAgentRecord.class)
public interface AgentRecord {

    /**
     * Returns what was asked for.
     *
     * @return the request
     */
    @Value.Parameter
    DetectionAgentRequest request();

    /**
     * Returns what its targets stand for.
     *
     * @return the targets
     */
    @Value.Parameter
    TargetTable targets();

    /**
     * Creates a record.
     *
     * @param request what was asked for
     * @param targets what its targets stand for
     * @return the record
     */
    static AgentRecord of(DetectionAgentRequest request, TargetTable targets) {
        return ImmutableAgentRecord.of(request, targets);
    }
}
