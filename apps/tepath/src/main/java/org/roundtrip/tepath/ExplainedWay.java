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
package org.roundtrip.tepath;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;
import org.onosproject.net.ConnectPoint;
import org.roundtrip.base.ValueType;

import java.util.List;

/**
 * A way that could be set up.
 */
@Value.Immutable
@ValueType
@JsonPropertyOrder({"ports", "metrics", "shared"})
@JsonSerialize(as = ImmutableExplainedWay.class)
public interface ExplainedWay {

    /**
     * Returns the ports that the forward direction passes: in and out of each switch.
     *
     * @return the ports from the source to the destination
     */
    @Value.Parameter
    List<ConnectPoint> ports();

    /**
     * Returns what it costs.
     *
     * @return the metrics
     */
    @Value.Parameter
    PathMetrics metrics();

    /**
     * Returns what it shares with the other way although it should not, as best effort allows.
     *
     * @return links, switches and shared risk link groups in words; none if the two are disjoint
     */
    @Value.Parameter
    List<String> shared();

    /**
     * Returns a way.
     *
     * @param ports   the ports that the forward direction passes
     * @param metrics what it costs
     * @param shared  what it shares with the other way
     * @return the way
     */
    static ExplainedWay of(List<ConnectPoint> ports, PathMetrics metrics, List<String> shared) {
        return ImmutableExplainedWay.of(ports, metrics, shared);
    }
}
