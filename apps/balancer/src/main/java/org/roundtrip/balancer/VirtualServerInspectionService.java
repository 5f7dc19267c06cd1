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
package org.roundtrip.balancer;

import org.roundtrip.base.InvalidRequestException;
import org.roundtrip.base.NotFoundException;

/**
 * Looks into the switches for what virtual servers do there. Both methods ask the switches: never call them from an
 * ONOS event thread. Thread-safe.
 */
public interface VirtualServerInspectionService {

    /**
     * Returns what a virtual server has carried.
     *
     * @param name the name of the virtual server
     * @return the counters, at most some seconds old
     * @throws NotFoundException if there is no such virtual server
     */
    VirtualServerStatistics statistics(String name);

    /**
     * Tells where a connection goes and why. Asks the switches of the members whether they know the connection, which
     * changes nothing for the connection itself.
     *
     * @param query the connection
     * @return the explanation
     * @throws InvalidRequestException if the query leaves open which virtual server is meant
     * @throws NotFoundException       if the virtual IP address has no virtual server of that protocol and port
     */
    Explanation explain(ExplanationQuery query);
}
