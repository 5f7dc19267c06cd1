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
package org.roundtrip.base.flow;

import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.FlowEntry;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Reads the flow tables of a switch.
 * <p>
 * The flow rule service tells what ONOS wants to be in a switch, and whether the switch has confirmed that. Where
 * another hand has changed, removed or added an entry, ONOS puts it right when it next polls the switch, and never
 * shows what was there. Who wants to know that asks the switch. A provider of flow rules that can do so publishes this
 * as a service; without one there is only the flow rule service. Thread-safe.
 */
public interface FlowTableReader {

    /**
     * Asks a switch for all entries of all its tables. ONOS gets the same answer, and begins to put right what differs
     * from what it wants.
     *
     * @param device the switch
     * @return completes with the entries as they are, except for those that can't be written as rules of ONOS, or
     *         exceptionally if the switch leaves or does not answer. Empty if no such switch is connected to this node
     */
    Optional<CompletableFuture<List<FlowEntry>>> read(DeviceId device);
}
