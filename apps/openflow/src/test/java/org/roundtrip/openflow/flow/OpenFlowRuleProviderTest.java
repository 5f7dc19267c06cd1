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
package org.roundtrip.openflow.flow;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.onosproject.cfg.ComponentConfigService;
import org.onosproject.net.DeviceId;
import org.onosproject.net.driver.DriverService;
import org.onosproject.net.flow.FlowRuleProviderRegistry;
import org.onosproject.net.flow.FlowRuleProviderService;
import org.onosproject.net.flow.oldbatch.FlowRuleBatchOperation;
import org.roundtrip.openflow.testing.Components;
import org.roundtrip.openflow.testing.EarlyCall;
import org.roundtrip.openflow.testing.SessionController;

import java.util.List;
import java.util.Map;

import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

class OpenFlowRuleProviderTest {

    private static final DeviceId ABSENT = DeviceId.deviceId("of:0000000000000001");

    private final FlowRuleProviderRegistry registry = mock(FlowRuleProviderRegistry.class);
    private final FlowRuleProviderService core = mock(FlowRuleProviderService.class);
    private final OpenFlowRuleProvider provider = new OpenFlowRuleProvider();

    @BeforeEach
    void connect() {
        provider.registry = registry;
        provider.controller = new SessionController();
        provider.drivers = mock(DriverService.class);
        provider.configuration = mock(ComponentConfigService.class);
    }

    @AfterEach
    void stop() {
        provider.deactivate();
    }

    @Test
    void answersABatchThatComesWhileItIsActivated() throws Exception {
        FlowRuleBatchOperation batch = new FlowRuleBatchOperation(List.of(), ABSENT, 7);
        EarlyCall<FlowRuleProviderService> early = new EarlyCall<>(core, () -> provider.executeBatch(batch));
        when(registry.register(provider)).thenAnswer(early);

        provider.activate(Components.context(Map.of()));

        early.await();
        verify(core).batchOperationCompleted(eq(7L), argThat(answer -> !answer.isSuccess()));
    }
}
