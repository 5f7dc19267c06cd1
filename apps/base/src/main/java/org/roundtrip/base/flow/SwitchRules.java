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

import org.onosproject.core.ApplicationId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.DefaultFlowRule;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.TrafficSelector;
import org.onosproject.net.flow.TrafficTreatment;

/**
 * Makes the flow rules of an application in a switch. They stay until the application removes them (OpenFlow 1.3.5,
 * section 5.5: no timeouts). Immutable and thread-safe.
 */
public final class SwitchRules {

    private final ApplicationId application;
    private final DeviceId device;

    /**
     * Creates a maker of rules.
     *
     * @param application whose rules they are
     * @param device      the switch
     */
    public SwitchRules(ApplicationId application, DeviceId device) {
        this.application = application;
        this.device = device;
    }

    /**
     * Makes a rule.
     *
     * @param table     the number of the flow table that it is in, 0 to 254
     * @param priority  0 to 65535; of the rules that match a packet, the one with the highest applies
     * @param selector  which packets it matches
     * @param treatment what becomes of them
     * @return the rule
     * @throws IllegalArgumentException if there is no such priority
     */
    public FlowRule rule(int table, int priority, TrafficSelector selector, TrafficTreatment treatment) {
        return DefaultFlowRule.builder().fromApp(application).forDevice(device).forTable(table)
                .withPriority(priority).withSelector(selector).withTreatment(treatment).makePermanent().build();
    }
}
