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

import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.flow.TrafficTreatment;
import org.roundtrip.base.flow.IpInstructions;

/**
 * What is changed in a request so that it goes to a member: where its frame goes, what the frame says of the request,
 * and the address and port to which it goes.
 */
final class Redirection {

    private Redirection() {
    }

    /** Begins to treat a request of a slot as one to a member that is so many hops from the access switch. */
    static TrafficTreatment.Builder to(MemberPlace place, ServerPlan plan, int hop, int slot) {
        ServerFields fields = ServerFields.of(plan.request());
        TrafficTreatment.Builder treatment = DefaultTrafficTreatment.builder()
                .setEthSrc(SlotMac.of(plan.number(), hop, slot)).setEthDst(place.mac())
                .add(IpInstructions.setDestination(place.member().address()));
        plan.translatedPort(place).ifPresent(port -> fields.setDestinationPort(treatment, place.member().port()));
        return treatment;
    }
}
