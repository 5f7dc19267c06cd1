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

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Says why there is no way: leaves out one constraint after the other until there is one, and names what that
 * constraint had taken away.
 */
final class NoPathExplanation {

    private final TeTopology topology;
    private final LinkConstraints constraints;

    NoPathExplanation(TeTopology topology, LinkConstraints constraints) {
        this.topology = topology;
        this.constraints = constraints;
    }

    NoPath explain(ConnectPoint source, ConnectPoint destination) {
        return unreachable("source", source)
                .or(() -> unreachable("destination", destination))
                .or(() -> incapable("source", source))
                .or(() -> incapable("destination", destination))
                .or(() -> withoutLabels(source, destination))
                .or(() -> withoutBandwidth(source, destination))
                .or(() -> withoutCapability(source, destination))
                .or(() -> withOneWayLinks(source, destination))
                .orElseGet(() -> NoPath.of(NoPath.Reason.DISCONNECTED, "", "no links join " + source.deviceId()
                        + " and " + destination.deviceId()));
    }

    private Optional<NoPath> unreachable(String field, ConnectPoint port) {
        return constraints.isAvailable(port.deviceId()) ? Optional.empty() : Optional.of(NoPath.of(
                NoPath.Reason.UNREACHABLE, field, "the switch " + port.deviceId() + " is not connected"));
    }

    private Optional<NoPath> incapable(String field, ConnectPoint port) {
        return constraints.isCapable(port.deviceId()) ? Optional.empty() : Optional.of(NoPath.of(
                NoPath.Reason.CAPABILITY, field, lacking(port.deviceId())));
    }

    private Optional<NoPath> withoutLabels(ConnectPoint source, ConnectPoint destination) {
        return find(source, destination, link -> constraints.hasCapability(link) && constraints.hasBandwidth(link))
                .map(links -> NoPath.of(NoPath.Reason.LABELS, "", "the labels are used up at " + links.stream()
                        .filter(link -> !constraints.hasLabels(link))
                        .map(NoPathExplanation::text).collect(Collectors.joining(", "))
                        + ": remove paths, or widen mplsTe.labelRange in the network configuration of its switches"));
    }

    private Optional<NoPath> withoutBandwidth(ConnectPoint source, ConnectPoint destination) {
        return WidestPath.width(source.deviceId(), destination.deviceId(), topology::links,
                                constraints::hasCapability, constraints::freeBandwidth)
                .map(width -> NoPath.of(NoPath.Reason.BANDWIDTH, "bandwidth", tooMuch(width)));
    }

    private Optional<NoPath> withoutCapability(ConnectPoint source, ConnectPoint destination) {
        return find(source, destination, link -> constraints.hasBandwidth(link) && constraints.hasLabels(link))
                .map(links -> NoPath.of(NoPath.Reason.CAPABILITY, "", incapableOn(links)))
                .or(() -> find(source, destination, link -> true)
                        .map(links -> NoPath.of(NoPath.Reason.CAPABILITY, "",
                                                incapableOn(links) + "; more bandwidth or labels as well")));
    }

    private Optional<NoPath> withOneWayLinks(ConnectPoint source, ConnectPoint destination) {
        return ShortestPath.find(source.deviceId(), destination.deviceId(), this::linksEitherWay, link -> true)
                .map(links -> NoPath.of(NoPath.Reason.ONE_WAY, "", "the only ways lead over one-way links: "
                        + links.stream().filter(link -> !topology.hasLink(link))
                        .map(NoPathExplanation::text).collect(Collectors.joining(", "))
                        + " can be taken in one direction only"));
    }

    private Optional<List<LinkDirection>> find(ConnectPoint source, ConnectPoint destination,
                                               Predicate<LinkDirection> usable) {
        return ShortestPath.find(source.deviceId(), destination.deviceId(), topology::links, usable);
    }

    private List<LinkDirection> linksEitherWay(DeviceId device) {
        List<LinkDirection> links = new ArrayList<>(topology.links(device));
        links.addAll(topology.oneWayLinks(device));
        links.sort(LinkDirection.ORDER);
        return links;
    }

    private String incapableOn(List<LinkDirection> links) {
        return links.stream().flatMap(link -> Stream.of(link.src().deviceId(), link.dst().deviceId())).distinct()
                .filter(device -> !constraints.isCapable(device)).map(this::lacking)
                .collect(Collectors.joining("; "));
    }

    private String lacking(DeviceId device) {
        return device + " lacks " + topology.node(device)
                .map(node -> node.mpls() ? "TE capability" : node.te() ? "MPLS capability" : "MPLS and TE capability")
                .orElse("MPLS and TE capability")
                + ": set {\"mpls\": true, \"te\": true} as devices/" + device + "/mplsTe in the network configuration";
    }

    private String tooMuch(long width) {
        return constraints.bandwidth() + " bit/s is more than there is; at most " + Math.max(0, width)
                + " bit/s is free on a way that can be taken in both directions";
    }

    private static String text(LinkDirection link) {
        return link.src() + " - " + link.dst();
    }
}
