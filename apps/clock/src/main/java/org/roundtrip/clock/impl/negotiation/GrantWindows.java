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
package org.roundtrip.clock.impl.negotiation;

import org.onosproject.core.ApplicationId;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.instructions.ExtensionTreatment;
import org.roundtrip.base.intent.PublicationState;
import org.roundtrip.base.intent.RulePublisher;
import org.roundtrip.clock.compute.negotiation.ClockPair;
import org.roundtrip.clock.compute.negotiation.SignallingRules;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Rules by which the controller sees, for a moment, what a server says to a client. They copy: what goes into the
 * tunnel does so with and without them. Used on one thread.
 */
final class GrantWindows {

    private static final String PREFIX = "clock.window.";

    private final RulePublisher publisher;
    private final Function<DeviceId, Optional<ExtensionTreatment>> resubmit;
    private final SignallingRules rules;
    private final Map<ClockPair, FlowRule> windows = new HashMap<>();

    GrantWindows(ApplicationId application, RulePublisher publisher,
                 Function<DeviceId, Optional<ExtensionTreatment>> resubmit) {
        this.publisher = publisher;
        this.resubmit = resubmit;
        this.rules = new SignallingRules(application);
    }

    /**
     * Opens a window.
     *
     * @param pair   between which clocks
     * @param server the port of the server
     * @return whether the switch can do so
     */
    boolean open(ClockPair pair, ConnectPoint server) {
        Optional<ExtensionTreatment> action = resubmit.apply(server.deviceId());
        action.ifPresent(again -> {
            FlowRule rule = rules.window(server, pair.server(), pair.client(), again);
            windows.put(pair, rule);
            publisher.publish(key(pair), List.of(rule));
        });
        return action.isPresent();
    }

    /**
     * Returns whether a window is being opened, and what is said through it would be missed.
     *
     * @param pair between which clocks
     * @return true if so; false if it is open, or there is none
     */
    boolean isOpening(ClockPair pair) {
        return windows.containsKey(pair) && publisher.state(key(pair)) != PublicationState.PUBLISHED;
    }

    /**
     * Closes a window.
     *
     * @param pair between which clocks
     */
    void close(ClockPair pair) {
        Optional.ofNullable(windows.remove(pair)).ifPresent(rule -> publisher.withdraw(key(pair), List.of(rule)));
    }

    /**
     * Closes all windows, also those that were left open by a node that led before, or by this one before it was
     * started.
     */
    void closeAll() {
        windows.clear();
        publisher.withdrawAll(key -> key.startsWith(PREFIX));
    }

    private static String key(ClockPair pair) {
        return PREFIX + pair.sessionName();
    }
}
