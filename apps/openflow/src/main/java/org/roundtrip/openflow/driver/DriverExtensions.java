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

import org.onosproject.net.DeviceId;
import org.onosproject.net.driver.Behaviour;
import org.onosproject.net.driver.DefaultDriverData;
import org.onosproject.net.driver.DefaultDriverHandler;
import org.onosproject.net.driver.Driver;
import org.onosproject.net.driver.DriverHandler;
import org.onosproject.net.driver.DriverService;
import org.onosproject.net.flow.criteria.ExtensionSelector;
import org.onosproject.net.flow.instructions.ExtensionTreatment;
import org.onosproject.openflow.controller.ExtensionSelectorInterpreter;
import org.onosproject.openflow.controller.ExtensionTreatmentInterpreter;
import org.projectfloodlight.openflow.protocol.OFFactory;
import org.projectfloodlight.openflow.protocol.action.OFAction;
import org.projectfloodlight.openflow.protocol.oxm.OFOxm;
import org.roundtrip.openflow.compute.ExtensionCodec;

import java.util.Optional;

/**
 * The extensions of a device as its driver's interpreters know them.
 * <p>
 * Thread-safe if the interpreters are; those for Open vSwitch have no state.
 */
public final class DriverExtensions implements ExtensionCodec {

    private final Optional<ExtensionSelectorInterpreter> selectors;
    private final Optional<ExtensionTreatmentInterpreter> treatments;

    /**
     * Creates the codec from interpreters.
     *
     * @param selectors  knows match fields, empty if there is none
     * @param treatments knows actions, empty if there is none
     */
    public DriverExtensions(Optional<ExtensionSelectorInterpreter> selectors,
                            Optional<ExtensionTreatmentInterpreter> treatments) {
        this.selectors = selectors;
        this.treatments = treatments;
    }

    /**
     * Creates the codec from the device's driver.
     *
     * @param drivers  finds the driver
     * @param deviceId the device
     * @return the codec, of no extensions if the driver has no interpreters
     */
    public static DriverExtensions of(DriverService drivers, DeviceId deviceId) {
        Driver driver = drivers.getDriver(deviceId);
        DriverHandler handler = new DefaultDriverHandler(new DefaultDriverData(driver, deviceId));
        return new DriverExtensions(behaviour(driver, handler, ExtensionSelectorInterpreter.class),
                                    behaviour(driver, handler, ExtensionTreatmentInterpreter.class));
    }

    private static <T extends Behaviour> Optional<T> behaviour(Driver driver, DriverHandler handler, Class<T> type) {
        return driver.hasBehaviour(type) ? Optional.of(handler.behaviour(type)) : Optional.empty();
    }

    @Override
    public Optional<OFOxm<?>> encode(OFFactory factory, ExtensionSelector selector) {
        return selectors.filter(interpreter -> interpreter.supported(selector.type()))
                .map(interpreter -> interpreter.mapSelector(factory, selector));
    }

    @Override
    public Optional<ExtensionSelector> decode(OFOxm<?> oxm) {
        try {
            return selectors.map(interpreter -> interpreter.mapOxm(oxm));
        } catch (ClassCastException e) {
            // Interpreters cast to the form, masked or not, that they make themselves; the other one they don't know.
            return Optional.empty();
        }
    }

    @Override
    public Optional<OFAction> encode(OFFactory factory, ExtensionTreatment treatment) {
        return treatments.filter(interpreter -> interpreter.supported(treatment.type()))
                .map(interpreter -> interpreter.mapInstruction(factory, treatment));
    }

    @Override
    public Optional<ExtensionTreatment> decode(OFAction action) {
        try {
            return treatments.map(interpreter -> interpreter.mapAction(action));
        } catch (UnsupportedOperationException | ClassCastException e) {
            return Optional.empty();
        }
    }
}
