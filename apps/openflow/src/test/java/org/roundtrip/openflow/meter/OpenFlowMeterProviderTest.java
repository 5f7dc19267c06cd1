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
package org.roundtrip.openflow.meter;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.onosproject.cfg.ComponentConfigService;
import org.onosproject.core.CoreService;
import org.onosproject.net.DeviceId;
import org.onosproject.net.meter.MeterFailReason;
import org.onosproject.net.meter.MeterOperation;
import org.onosproject.net.meter.MeterProviderRegistry;
import org.onosproject.net.meter.MeterProviderService;
import org.roundtrip.openflow.testing.Components;
import org.roundtrip.openflow.testing.EarlyCall;
import org.roundtrip.openflow.testing.SessionController;

import java.util.Map;

import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

class OpenFlowMeterProviderTest {

    private static final DeviceId ABSENT = DeviceId.deviceId("of:0000000000000001");

    private final MeterProviderRegistry registry = mock(MeterProviderRegistry.class);
    private final MeterProviderService core = mock(MeterProviderService.class);
    private final OpenFlowMeterProvider provider = new OpenFlowMeterProvider();

    @BeforeEach
    void connect() {
        provider.registry = registry;
        provider.controller = new SessionController();
        provider.applications = mock(CoreService.class);
        provider.configuration = mock(ComponentConfigService.class);
    }

    @AfterEach
    void stop() {
        provider.deactivate();
    }

    @Test
    void answersAnOperationThatComesWhileItIsActivated() throws Exception {
        MeterOperation operation = mock(MeterOperation.class);
        EarlyCall<MeterProviderService> early =
                new EarlyCall<>(core, () -> provider.performMeterOperation(ABSENT, operation));
        when(registry.register(provider)).thenAnswer(early);

        provider.activate(Components.context(Map.of()));

        early.await();
        verify(core).meterOperationFailed(operation, MeterFailReason.UNKNOWN_DEVICE);
    }
}
