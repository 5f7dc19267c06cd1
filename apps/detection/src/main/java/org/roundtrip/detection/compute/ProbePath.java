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

import org.immutables.value.Value;
import org.onlab.packet.IpAddress;
import org.onosproject.net.ConnectPoint;
import org.roundtrip.base.ValueType;

/**
 * The way of probes through the switch of a service node, and that of the answers: what its rules follow from.
 */
@Value.Immutable
@ValueType
public interface ProbePath {

    /**
     * Returns by which port the agent probes.
     *
     * @return a port of the switch
     */
    ConnectPoint agent();

    /**
     * Returns where the agent sends the probes.
     *
     * @return an address that stands for the endpoint, at this switch
     */
    IpAddress target();

    /**
     * Returns where the member is attached.
     *
     * @return a port of the same switch
     */
    MemberPlace member();

    /**
     * Returns what answers.
     *
     * @return the endpoint
     */
    ProbedEndpoint endpoint();

    /**
     * Returns a builder.
     *
     * @return a builder
     */
    static Builder builder() {
        return new Builder();
    }

    /** Builds these values. */
    final class Builder extends ImmutableProbePath.Builder {
    }
}
