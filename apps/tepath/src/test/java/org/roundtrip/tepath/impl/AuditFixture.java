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
package org.roundtrip.tepath.impl;

import org.onosproject.net.PortNumber;
import org.roundtrip.tepath.Hop;
import org.roundtrip.tepath.compute.LinkDirection;
import org.roundtrip.tepath.compute.Placement;
import org.roundtrip.tepath.compute.TeNode;
import org.roundtrip.tepath.compute.TePort;
import org.roundtrip.tepath.compute.TeTopology;

import java.util.List;
import java.util.Optional;

/** Two switches with a link between their ports 2. */
final class AuditFixture {

    private AuditFixture() {
    }

    /** Returns a way from port 1 of the first to port 1 of the second, with one label. */
    static Placement line(long generation, int label) {
        return Placement.of(generation, List.of(entry(1, label), exit(2, label)),
                            List.of(entry(2, label), exit(1, label)), 0, 0);
    }

    static TeTopology topology() {
        TeTopology.Builder topology = TeTopology.builder();
        for (int device = 1; device <= 2; device++) {
            topology.node(TeNode.builder().device(EmulatedNetwork.device(device)).available(true).build());
            topology.port(TePort.of(EmulatedNetwork.port(device, 1), true, 0));
            topology.port(TePort.of(EmulatedNetwork.port(device, 2), true, 0));
        }
        LinkDirection link = LinkDirection.of(EmulatedNetwork.port(1, 2), EmulatedNetwork.port(2, 2));
        return topology.link(link).link(link.reversed()).build();
    }

    private static Hop entry(int device, int label) {
        return hop(device, 1, Optional.empty(), 2, Optional.of(label));
    }

    private static Hop exit(int device, int label) {
        return hop(device, 2, Optional.of(label), 1, Optional.empty());
    }

    private static Hop hop(int device, int in, Optional<Integer> labelIn, int out, Optional<Integer> labelOut) {
        return Hop.builder().device(EmulatedNetwork.device(device)).inPort(PortNumber.portNumber(in)).labelIn(labelIn)
                .outPort(PortNumber.portNumber(out)).labelOut(labelOut).build();
    }
}
