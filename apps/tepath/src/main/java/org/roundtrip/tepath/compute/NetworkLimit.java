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
import java.util.stream.Collectors;

/** A state of the network that takes switches or links away. */
final class NetworkLimit extends RemovalLimit {

    private final TeTopology actual;

    /**
     * Creates a limit.
     *
     * @param search     finds ways
     * @param constraint which state it is
     * @param actual     the network as it is
     */
    NetworkLimit(TrialSearch search, LinkConstraint constraint, TeTopology actual) {
        super(search, constraint);
        this.actual = actual;
    }

    @Override
    public String field() {
        return "";
    }

    @Override
    String field(Trial trial, List<TeNode> switches) {
        return isAmong(switches, trial.query().source().deviceId()) ? "source"
                : isAmong(switches, trial.query().destination().deviceId()) ? "destination" : field();
    }

    private static boolean isAmong(List<TeNode> switches, DeviceId device) {
        return switches.stream().anyMatch(node -> node.device().equals(device));
    }

    @Override
    Trial leaving(Trial trial, Removal left) {
        return trial.overlooking(constraint(), left);
    }

    @Override
    public String detail(Trial trial) {
        Removal removal = removal(trial);
        List<String> faults = new ArrayList<>();
        switches(removal).forEach(node -> faults.add(fault(node)));
        links(removal).forEach(link -> faults.add(fault(link)));
        return Phrases.some(faults);
    }

    private String fault(TeNode node) {
        switch (constraint()) {
            case CONNECTED:
                return "the switch " + node.device() + " is not connected";
            case CAPABILITY:
                return node.device() + " lacks " + (node.mpls() ? "TE capability" : node.te() ? "MPLS capability"
                        : "MPLS and TE capability");
            case MAINTENANCE:
                return "the switch " + node.device() + " is under maintenance";
            default:
                throw new IllegalStateException(constraint() + " takes no switches away");
        }
    }

    private String fault(LinkDirection link) {
        switch (constraint()) {
            case UP:
                return "the port " + (isUp(link.src()) ? link.dst() : link.src()) + " is down";
            case DUPLEX:
                return "the link " + Phrases.link(actual.isReported(link) ? link : link.reversed())
                        + " can be taken in this direction only";
            case MAINTENANCE:
                return "the link " + Phrases.link(link) + " is under maintenance";
            case STEADY:
                return "the link " + Phrases.link(link) + " has failed too often lately";
            case LABELS:
                return "the labels are used up at the link " + Phrases.link(link);
            default:
                throw new IllegalStateException(constraint() + " takes no links away");
        }
    }

    private boolean isUp(ConnectPoint port) {
        return actual.port(port).filter(TePort::enabled).isPresent();
    }

    @Override
    String remedy(List<TeNode> switches, List<LinkDirection> links) {
        String devices = switches.stream().map(node -> node.device().toString()).collect(Collectors.joining(", "));
        String names = links.stream().map(Phrases::link).collect(Collectors.joining(", "));
        switch (constraint()) {
            case CONNECTED:
                return "connect " + devices;
            case UP:
                return "bring up the link " + names;
            case DUPLEX:
                return "let the link " + names + " work in both directions";
            case CAPABILITY:
                return switches.stream().map(node -> "set {\"mpls\": true, \"te\": true} as devices/" + node.device()
                        + "/mplsTe in the network configuration").collect(Collectors.joining(" and "));
            case MAINTENANCE:
                return "end the maintenance of " + (devices.isEmpty() || names.isEmpty() ? devices + names
                        : devices + ", " + names);
            case STEADY:
                return "wait until the link " + names + " has been steady";
            case LABELS:
                return "remove paths, or widen mplsTe.labelRange of the switches in the network configuration, at the"
                        + " link " + names;
            default:
                throw new IllegalStateException(constraint() + " is not a state of the network");
        }
    }
}
