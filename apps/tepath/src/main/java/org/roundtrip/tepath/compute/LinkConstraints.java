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
import org.roundtrip.tepath.TePathRequest;

/**
 * The constraints of one request, each on its own so that an explanation can leave one out.
 */
final class LinkConstraints {

    private final TeTopology topology;
    private final Reservations reservations;
    private final long bandwidth;

    LinkConstraints(TeTopology topology, Reservations reservations, long bandwidth) {
        this.topology = topology;
        this.reservations = reservations;
        this.bandwidth = bandwidth;
    }

    /** Returns whether a link satisfies all constraints. */
    boolean admits(LinkDirection link) {
        return hasCapability(link) && hasBandwidth(link) && hasLabels(link);
    }

    boolean isAvailable(DeviceId device) {
        return topology.node(device).filter(TeNode::available).isPresent();
    }

    boolean isCapable(DeviceId device) {
        return topology.node(device).filter(TeNode::isCapable).isPresent();
    }

    boolean hasCapability(LinkDirection link) {
        return isCapable(link.src().deviceId()) && isCapable(link.dst().deviceId());
    }

    boolean hasBandwidth(LinkDirection link) {
        return bandwidth == 0 || freeBandwidth(link) >= bandwidth;
    }

    boolean hasLabels(LinkDirection link) {
        return hasFreeLabel(link.src()) && hasFreeLabel(link.dst());
    }

    /** Returns the bandwidth that is free in both directions of a link, in bit/s. */
    long freeBandwidth(LinkDirection link) {
        return Math.min(free(link), free(link.reversed()));
    }

    private long free(LinkDirection link) {
        return topology.capacity(link) - reservations.bandwidth(link, TePathRequest.LEAST_PRIORITY);
    }

    long bandwidth() {
        return bandwidth;
    }

    private boolean hasFreeLabel(ConnectPoint port) {
        return topology.node(port.deviceId())
                .filter(node -> reservations.lowestFreeLabel(port, node.labels()) <= node.labels().max()).isPresent();
    }
}
