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
package org.roundtrip.base.intent;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.DefaultTrafficSelector;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.flow.FlowRule;
import org.roundtrip.base.flow.SwitchRules;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class RuleUpkeepTest {

    private static final ApplicationId APPLICATION = new DefaultApplicationId(1, "org.roundtrip.test");
    private static final DeviceId SWITCH = DeviceId.deviceId("of:0000000000000001");

    private final InMemoryIntentFramework framework = new InMemoryIntentFramework();
    private final Set<String> told = ConcurrentHashMap.newKeySet();
    private final RuleUpkeep upkeep = new RuleUpkeep(
            "roundtrip/test-rules", Duration.ofMillis(300),
            take -> new RulePublisher(APPLICATION, framework, framework.flowRules(), take), told::add);
    private final RulePublisher publisher = upkeep.publisher();

    @AfterEach
    void close() {
        upkeep.close();
    }

    /** The store does late what it could not do while it took a switch over. */
    @Test
    void whatGetsLostOrComesBackAWhileAfterASwitchIsBackIsPutRight() {
        publisher.publish("k", List.of(rule(1)));
        framework.purge(rule(1));
        upkeep.lookSoon();
        await().untilAsserted(() -> assertThat(framework.rules()).containsExactly(rule(1)));

        framework.purge(rule(1));
        framework.plant(rule(2));

        await().untilAsserted(() -> assertThat(framework.rules()).containsExactly(rule(1)));
    }

    @Test
    void rulesFromBeforeARestartHaveTimeToBePublishedAgain() {
        framework.plant(rule(1));
        upkeep.lookLater();

        await().during(Duration.ofMillis(100)).until(() -> framework.rules().equals(List.of(rule(1))));
        publisher.publish("k", List.of(rule(1)));
        framework.plant(rule(2));

        await().untilAsserted(() -> assertThat(framework.rules()).containsExactly(rule(1)));
    }

    @Test
    void whatASwitchHasRefusedIsTriedUntilItAccepts() {
        framework.refuse(rule -> true);
        publisher.replace("k", List.of(List.of(rule(1))));
        await().until(() -> told.contains("k"));
        assertThat(publisher.state("k")).isEqualTo(PublicationState.UNCONFIRMED);

        framework.refuse(rule -> false);

        await().until(() -> publisher.state("k") == PublicationState.PUBLISHED);
        assertThat(framework.rules()).containsExactly(rule(1));
    }

    private static FlowRule rule(int port) {
        return new SwitchRules(APPLICATION, SWITCH).rule(
                0, 40_000, DefaultTrafficSelector.builder().matchInPort(PortNumber.portNumber(port)).build(),
                DefaultTrafficTreatment.builder().setOutput(PortNumber.portNumber(9)).build());
    }
}
