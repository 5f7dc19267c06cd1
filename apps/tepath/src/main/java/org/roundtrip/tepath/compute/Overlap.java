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
package org.roundtrip.tepath.compute;

import org.onosproject.net.DeviceId;
import org.roundtrip.tepath.Disjointness;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What two ways of a path share although they should not. */
public final class Overlap {

    private Overlap() {
    }

    /**
     * Returns what two ways share.
     *
     * @param topology     the network, which knows the shared risks
     * @param disjointness what they should not share
     * @param one          a way
     * @param other        another way between the same two switches
     * @return links, switches and shared risk link groups in words, in the order of the first way; none if the two are
     *         disjoint
     */
    public static List<String> of(TeTopology topology, Disjointness disjointness, Route one, Route other) {
        List<String> shared = new ArrayList<>();
        Set<LinkDirection> links = new HashSet<>(other.links());
        one.links().stream().filter(link -> links.contains(link) || links.contains(link.reversed()))
                .forEach(link -> shared.add("the link " + Phrases.link(link)));
        if (disjointness == Disjointness.NODE) {
            Set<DeviceId> inner = new HashSet<>(inner(other));
            inner(one).stream().filter(inner::contains).forEach(device -> shared.add("the switch " + device));
        }
        if (disjointness == Disjointness.SRLG) {
            Set<Integer> risks = risks(topology, one);
            risks.retainAll(risks(topology, other));
            risks.forEach(risk -> shared.add("the shared risk link group " + risk));
        }
        return shared;
    }

    private static List<DeviceId> inner(Route route) {
        return route.links().isEmpty() ? List.of() : route.devices().subList(1, route.links().size());
    }

    private static Set<Integer> risks(TeTopology topology, Route route) {
        Set<Integer> risks = new TreeSet<>();
        route.links().forEach(link -> risks.addAll(topology.attributes(link).sharedRisks()));
        return risks;
    }
}
