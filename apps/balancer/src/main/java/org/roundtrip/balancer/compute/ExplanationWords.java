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
package org.roundtrip.balancer.compute;

import org.onosproject.net.DeviceId;
import org.roundtrip.balancer.MemberId;
import org.roundtrip.balancer.PinState;

import java.util.Collection;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Says in words what happens to a connection.
 */
final class ExplanationWords {

    private final ServedConnection connection;
    private final PacketTrace trace;
    private final Optional<Integer> slot;
    private final PinState pin;
    private final boolean isClientKnown;

    ExplanationWords(ServedConnection connection, PacketTrace trace, Optional<Integer> slot, PinState pin,
                     boolean isClientKnown) {
        this.connection = connection;
        this.trace = trace;
        this.slot = slot;
        this.pin = pin;
        this.isClientKnown = isClientKnown;
    }

    static String noAccessSwitch(Collection<DeviceId> accessSwitches) {
        return "No access switch takes requests: of " + accessSwitches.stream().map(DeviceId::toString).sorted()
                .collect(Collectors.joining(", ")) + ", none has confirmed its rules.";
    }

    String reason(Optional<MemberId> member) {
        return what(member) + (isClientKnown ? "" : " The network has not seen the client "
                + connection.query().client() + ": the way begins at an access switch here, and replies end where they"
                + " are forwarded.");
    }

    private String what(Optional<MemberId> member) {
        switch (trace.end()) {
            case LEFT:
                return member.map(this::delivered).orElseGet(() -> "Requests leave the network at " + trace.exit().get()
                        + ", where no member is.");
            case DROPPED:
                return trace.drop().map(reason -> dropped()).orElseGet(() -> "A rule of another application drops"
                        + " requests at " + trace.device() + ".");
            case NO_RULE:
                return "No rule of " + trace.device() + " matches requests there, and the network has not seen where "
                        + trace.packet().ethDestination().map(mac -> mac + " is.").orElse("they go.");
            case CONTROLLER:
                return "Requests go from " + trace.device() + " to the controller.";
            default:
                return "Requests go round without end, seen last at " + trace.device() + ".";
        }
    }

    private String delivered(MemberId member) {
        switch (pin) {
            case PINNED:
                return "The switch of " + member + " knows the connection: it stays with that member." + other(member);
            case NOT_PINNED:
                return "No switch knows the connection: its next packet goes to " + member + ", which has its slot"
                        + slot.map(number -> " " + number).orElse("") + ".";
            default:
                return "A switch that may know the connection did not answer. If none knows it, its next packet goes"
                        + " to " + member + ".";
        }
    }

    private String other(MemberId member) {
        return slot.flatMap(connection.server().table()::member).filter(owner -> !owner.equals(member))
                .map(owner -> " A new connection in its slot " + slot.get() + " would go to " + owner + ".").orElse("");
    }

    private String dropped() {
        return slot.flatMap(connection.server().table()::member)
                .map(owner -> "Its slot " + slot.get() + " is that of " + owner + ", which can't be reached: requests"
                        + " are dropped at " + trace.device() + ".")
                .orElseGet(() -> "No member serves: requests are dropped at " + trace.device() + ".");
    }
}
