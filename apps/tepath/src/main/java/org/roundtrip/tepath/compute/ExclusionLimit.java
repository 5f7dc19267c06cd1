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

import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DeviceId;
import org.roundtrip.tepath.PathConstraints;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The switches or the links that a request excludes. */
final class ExclusionLimit extends RemovalLimit {

    private final String field;

    private ExclusionLimit(TrialSearch search, LinkConstraint constraint, String field) {
        super(search, constraint);
        this.field = field;
    }

    static ExclusionLimit ofDevices(TrialSearch search) {
        return new ExclusionLimit(search, LinkConstraint.EXCLUDE_DEVICES, "exclude-devices");
    }

    static ExclusionLimit ofLinks(TrialSearch search) {
        return new ExclusionLimit(search, LinkConstraint.EXCLUDE_LINKS, "exclude-links");
    }

    @Override
    public String field() {
        return "constraints." + field;
    }

    @Override
    public String detail(Trial trial) {
        return field + " takes away " + Phrases.count(removedLinks(trial).size(), "link");
    }

    @Override
    Trial leaving(Trial trial, Removal left) {
        PathConstraints constraints = trial.query().constraints();
        Set<DeviceId> devices = switches(left).stream().map(TeNode::device).collect(Collectors.toSet());
        Set<ConnectPoint> ports = ports(links(left)).collect(Collectors.toSet());
        return trial.with(PathQuery.builder().from(trial.query()).constraints(
                PathConstraints.builder().from(constraints)
                        .excludeDevices(constraints.excludeDevices().stream()
                                                .filter(device -> !devices.contains(device))
                                                .collect(Collectors.toSet()))
                        .excludeLinks(constraints.excludeLinks().stream().filter(port -> !ports.contains(port))
                                              .collect(Collectors.toSet())).build()).build());
    }

    @Override
    String remedy(List<TeNode> switches, List<LinkDirection> links) {
        return "leave " + Stream.concat(switches.stream().map(node -> node.device().toString()),
                                        links.stream().map(Phrases::link)).collect(Collectors.joining(", "))
                + " out of " + field;
    }

    private static Stream<ConnectPoint> ports(List<LinkDirection> links) {
        return links.stream().flatMap(link -> Stream.of(link.src(), link.dst()));
    }
}
