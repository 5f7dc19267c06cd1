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
import org.onosproject.net.flow.criteria.ExtensionSelector;
import org.onosproject.net.flow.instructions.ExtensionTreatment;
import org.onosproject.openflow.controller.ExtensionSelectorInterpreter;
import org.onosproject.openflow.controller.ExtensionTreatmentInterpreter;
import org.projectfloodlight.openflow.protocol.OFFactories;
import org.projectfloodlight.openflow.protocol.OFFactory;
import org.projectfloodlight.openflow.protocol.OFVersion;
import org.projectfloodlight.openflow.protocol.action.OFAction;
import org.projectfloodlight.openflow.protocol.oxm.OFOxm;
import org.projectfloodlight.openflow.types.OFPort;
import org.projectfloodlight.openflow.types.U64;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

class DriverExtensionsTest {

    private static final DeviceId DEVICE = DeviceId.deviceId("of:0000000000000001");
    private static final OFFactory FACTORY = OFFactories.getFactory(OFVersion.OF_13);
    private static final OFAction ACTION = output(1);

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

    @Test
    void decodesOnceWhatManyRulesHave() {
        ExtensionSelectorInterpreter selectors = mock(ExtensionSelectorInterpreter.class);
        ExtensionTreatmentInterpreter treatments = mock(ExtensionTreatmentInterpreter.class);
        when(treatments.mapAction(any())).thenAnswer(call -> mock(ExtensionTreatment.class));
        when(selectors.mapOxm(any())).thenAnswer(call -> mock(ExtensionSelector.class));
        DriverExtensions codec = DriverExtensions.of(selectors, treatments);

        ExtensionTreatment treatment = codec.decode(output(1)).orElseThrow();
        ExtensionSelector selector = codec.decode(tunnelId(1)).orElseThrow();

        assertThat(codec.decode(output(1))).containsSame(treatment);
        assertThat(codec.decode(output(2)).orElseThrow()).isNotSameAs(treatment);
        assertThat(codec.decode(tunnelId(1))).containsSame(selector);
        assertThat(codec.decode(tunnelId(2)).orElseThrow()).isNotSameAs(selector);
    }

    @Test
    void asksAgainForWhatNobodyCouldDecode() {
        ExtensionTreatmentInterpreter treatments = mock(ExtensionTreatmentInterpreter.class);
        ExtensionTreatment treatment = mock(ExtensionTreatment.class);
        when(treatments.mapAction(any())).thenReturn(null).thenThrow(new UnsupportedOperationException())
                .thenReturn(treatment);
        DriverExtensions codec = DriverExtensions.of(mock(ExtensionSelectorInterpreter.class), treatments);

        assertThat(codec.decode(ACTION)).isEmpty();
        assertThat(codec.decode(ACTION)).isEmpty();
        assertThat(codec.decode(ACTION)).containsSame(treatment);
    }

    private static OFAction output(int port) {
        return FACTORY.actions().buildOutput().setPort(OFPort.of(port)).build();
    }

    private static OFOxm<?> tunnelId(long id) {
        return FACTORY.oxms().tunnelId(U64.of(id));
    }
}
