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
package org.roundtrip.balancer.impl;

import org.onlab.util.ItemNotFoundException;
import org.onosproject.driver.extensions.NiciraExtensionSelectorInterpreter;
import org.onosproject.driver.extensions.NiciraExtensionTreatmentInterpreter;
import org.onosproject.net.DeviceId;
import org.onosproject.net.behaviour.ExtensionSelectorResolver;
import org.onosproject.net.behaviour.ExtensionTreatmentResolver;
import org.onosproject.net.driver.Behaviour;
import org.onosproject.net.driver.Driver;
import org.onosproject.net.driver.DriverHandler;
import org.onosproject.net.driver.DriverService;

import java.util.Map;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.lenient;
import static org.mockito.Mockito.mock;

/** Drivers of switches for tests: ONOS's own extensions of Open vSwitch, or something less. */
final class Drivers {

    private static final Map<Class<? extends Behaviour>, Behaviour> OPEN_VSWITCH = Map.of(
            ExtensionTreatmentResolver.class, new NiciraExtensionTreatmentInterpreter(),
            ExtensionSelectorResolver.class, new NiciraExtensionSelectorInterpreter());

    private Drivers() {
    }

    /** Every switch has ONOS's driver for Open vSwitch. */
    static DriverService openVswitch() {
        return of(OPEN_VSWITCH);
    }

    /** Every switch has a driver with these behaviours. */
    static DriverService of(Map<Class<? extends Behaviour>, Behaviour> behaviours) {
        DriverService service = mock(DriverService.class);
        Driver driver = mock(Driver.class);
        DriverHandler handler = mock(DriverHandler.class);
        lenient().when(driver.name()).thenReturn("ovs");
        lenient().when(driver.hasBehaviour(any())).thenAnswer(call -> behaviours.containsKey(call.getArgument(0)));
        lenient().when(handler.behaviour(any())).thenAnswer(call -> behaviours.get(call.getArgument(0)));
        lenient().when(service.getDriver(any(DeviceId.class))).thenReturn(driver);
        lenient().when(service.createHandler(any())).thenReturn(handler);
        return service;
    }

    /** No switch is known. */
    static DriverService none() {
        DriverService service = mock(DriverService.class);
        doThrow(new ItemNotFoundException("no driver")).when(service).getDriver(any(DeviceId.class));
        return service;
    }
}
