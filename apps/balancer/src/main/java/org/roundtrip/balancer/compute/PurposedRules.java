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

import org.onosproject.core.ApplicationId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.TrafficSelector;
import org.onosproject.net.flow.TrafficTreatment;
import org.roundtrip.base.flow.SwitchRules;

/**
 * Makes the rules of virtual servers in a switch, which have their places by their purposes.
 */
final class PurposedRules {

    private final SwitchRules rules;

    PurposedRules(ApplicationId application, DeviceId device) {
        this.rules = new SwitchRules(application, device);
    }

    FlowRule rule(RulePurpose purpose, TrafficSelector.Builder selector, TrafficTreatment.Builder treatment) {
        return rules.rule(purpose.table(), purpose.priority(), selector.build(), treatment.build());
    }
}
