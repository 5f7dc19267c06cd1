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
package org.roundtrip.detection.impl;

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
import org.roundtrip.base.intent.InMemoryIntentFramework;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class PublishedPathsTest {

    private static final ApplicationId APPLICATION = new DefaultApplicationId(1, "org.roundtrip.detection");
    private static final DeviceId SWITCH = DeviceId.deviceId("of:0000000000000001");
    private static final String KEY = "path/" + SWITCH + "/169.254.64.1/tcp/80";
    private static final FlowRule RULE = new SwitchRules(APPLICATION, SWITCH).rule(
            0, 44_300, DefaultTrafficSelector.builder().matchInPort(PortNumber.portNumber(1)).build(),
            DefaultTrafficTreatment.builder().setOutput(PortNumber.portNumber(9)).build());

    private final InMemoryIntentFramework framework = new InMemoryIntentFramework();
    private final PublishedPaths paths = new PublishedPaths(
            APPLICATION, framework, framework.flowRules(), Duration.ofMillis(300), agent -> { });

    @AfterEach
    void close() {
        paths.close();
    }

    /** As when the rules of a former target go, which nobody could reach while its switch was away. */
    @Test
    void aRuleThatGetsLostAfterItsSwitchIsBackIsSentAgain() {
        paths.keep("n1", Map.of(KEY, List.of(RULE)));
        await().until(() -> paths.areConfirmed(Set.of(KEY)));

        framework.purge(RULE);
        paths.retrySoon();
        await().untilAsserted(() -> assertThat(framework.rules()).contains(RULE));
        framework.purge(RULE);

        await().untilAsserted(() -> assertThat(framework.rules()).contains(RULE));
    }
}
