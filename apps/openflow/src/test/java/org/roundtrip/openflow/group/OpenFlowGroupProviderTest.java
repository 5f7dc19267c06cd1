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
package org.roundtrip.openflow.group;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.onosproject.cfg.ComponentConfigService;
import org.onosproject.net.DeviceId;
import org.onosproject.net.driver.DriverService;
import org.onosproject.net.group.GroupOperations;
import org.onosproject.net.group.GroupProviderRegistry;
import org.onosproject.net.group.GroupProviderService;
import org.roundtrip.openflow.testing.Components;
import org.roundtrip.openflow.testing.EarlyCall;
import org.roundtrip.openflow.testing.SessionController;

import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

class OpenFlowGroupProviderTest {

    private static final DeviceId ABSENT = DeviceId.deviceId("of:0000000000000001");

    private final GroupProviderRegistry registry = mock(GroupProviderRegistry.class);
    private final GroupProviderService core = mock(GroupProviderService.class);
    private final OpenFlowGroupProvider provider = new OpenFlowGroupProvider();

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
    void takesAnOperationThatComesWhileItIsActivated() {
        EarlyCall<GroupProviderService> early = new EarlyCall<>(
                core, () -> provider.performGroupOperation(ABSENT, new GroupOperations(List.of())));
        when(registry.register(provider)).thenAnswer(early);

        provider.activate(Components.context(Map.of()));

        assertThatCode(early::await).doesNotThrowAnyException();
    }
}
