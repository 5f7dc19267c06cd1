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
package org.roundtrip.clock.impl;

import org.onlab.util.ItemNotFoundException;
import org.onosproject.net.DeviceId;
import org.onosproject.net.behaviour.ExtensionTreatmentResolver;
import org.onosproject.net.driver.DriverService;
import org.onosproject.net.flow.instructions.ExtensionPropertyException;
import org.onosproject.net.flow.instructions.ExtensionTreatment;
import org.onosproject.net.flow.instructions.ExtensionTreatmentType.ExtensionTreatmentTypes;
import org.roundtrip.clock.compute.Pipeline;

import java.util.Optional;

/**
 * Finds the action by which a switch looks up a packet once more, which OpenFlow does not have: Nicira's
 * resubmit-table, as the driver of the switch knows it. Thread-safe.
 */
public final class DriverResubmit {

    private static final String TABLE = "table";

    private final DriverService drivers;

    /**
     * Creates the lookup.
     *
     * @param drivers knows the drivers of switches
     */
    public DriverResubmit(DriverService drivers) {
        this.drivers = drivers;
    }

    /**
     * Returns the action that looks up a packet in {@link Pipeline#TABLE}, as if it came in by the same port again.
     *
     * @param device the switch
     * @return the action; empty if ONOS does not know the switch, or its driver does not have the action
     */
    public Optional<ExtensionTreatment> of(DeviceId device) {
        try {
            if (!drivers.getDriver(device).hasBehaviour(ExtensionTreatmentResolver.class)) {
                return Optional.empty();
            }
            ExtensionTreatment resubmit = drivers.createHandler(device).behaviour(ExtensionTreatmentResolver.class)
                    .getExtensionInstruction(ExtensionTreatmentTypes.NICIRA_RESUBMIT_TABLE.type());
            resubmit.setPropertyValue(TABLE, (short) Pipeline.TABLE);
            return Optional.of(resubmit);
        } catch (ItemNotFoundException | UnsupportedOperationException | ExtensionPropertyException e) {
            return Optional.empty();
        }
    }
}
