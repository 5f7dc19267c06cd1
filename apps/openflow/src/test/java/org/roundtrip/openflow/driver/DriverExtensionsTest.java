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
package org.roundtrip.openflow.driver;

import org.junit.jupiter.api.Test;
import org.onlab.util.ItemNotFoundException;
import org.onosproject.net.DeviceId;
import org.onosproject.net.driver.Driver;
import org.onosproject.net.driver.DriverService;
import org.projectfloodlight.openflow.protocol.OFFactories;
import org.projectfloodlight.openflow.protocol.OFVersion;
import org.projectfloodlight.openflow.protocol.action.OFAction;
import org.projectfloodlight.openflow.types.OFPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

class DriverExtensionsTest {

    private static final DeviceId DEVICE = DeviceId.deviceId("of:0000000000000001");
    private static final OFAction ACTION =
            OFFactories.getFactory(OFVersion.OF_13).actions().buildOutput().setPort(OFPort.of(1)).build();

    private final DriverService drivers = mock(DriverService.class);
    private final DriverExtensions extensions = DriverExtensions.of(drivers, DEVICE);

    @Test
    void asksOnceForTheDriverOfManyRules() {
        Driver driver = mock(Driver.class);
        when(driver.hasBehaviour(any())).thenReturn(false);
        when(drivers.getDriver(DEVICE)).thenReturn(driver);

        for (int rule = 0; rule < 100; rule++) {
            assertThat(extensions.decode(ACTION)).isEmpty();
        }

        verify(drivers, times(1)).getDriver(DEVICE);
    }

    @Test
    void asksAgainAsLongAsNobodyKnowsTheDevice() {
        when(drivers.getDriver(DEVICE)).thenThrow(new ItemNotFoundException("no such device"));

        assertThat(extensions.decode(ACTION)).isEmpty();
        assertThat(extensions.decode(ACTION)).isEmpty();

        verify(drivers, times(2)).getDriver(DEVICE);
    }
}
