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
package org.roundtrip.clock.cli;

import org.roundtrip.tepath.Hop;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Ways of tunnels as text for people.
 */
final class WayText {

    private WayText() {
    }

    /**
     * Returns both directions of a way.
     *
     * @param forward the hops from the server to the client
     * @param reverse the hops from the client to the server
     * @return two lines, switch by switch
     */
    static List<String> of(List<Hop> forward, List<Hop> reverse) {
        return List.of("server to client: " + hops(forward), "client to server: " + hops(reverse));
    }

    private static String hops(List<Hop> hops) {
        return hops.isEmpty() ? "no way" : hops.stream().map(WayText::hop).collect(Collectors.joining(" > "));
    }

    private static String hop(Hop hop) {
        return hop.inPort() + " " + hop.device() + " " + hop.outPort()
                + hop.labelOut().map(label -> " (" + label + ")").orElse("");
    }
}
