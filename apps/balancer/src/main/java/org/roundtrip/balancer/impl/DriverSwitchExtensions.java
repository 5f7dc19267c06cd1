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

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import org.onlab.util.ItemNotFoundException;
import org.onosproject.net.DeviceId;
import org.onosproject.net.behaviour.ExtensionSelectorResolver;
import org.onosproject.net.behaviour.ExtensionTreatmentResolver;
import org.onosproject.net.driver.Driver;
import org.onosproject.net.driver.DriverHandler;
import org.onosproject.net.driver.DriverService;
import org.onosproject.net.flow.Extension;
import org.onosproject.net.flow.criteria.Criteria;
import org.onosproject.net.flow.criteria.Criterion;
import org.onosproject.net.flow.criteria.ExtensionSelector;
import org.onosproject.net.flow.criteria.ExtensionSelectorType.ExtensionSelectorTypes;
import org.onosproject.net.flow.instructions.ExtensionPropertyException;
import org.onosproject.net.flow.instructions.ExtensionTreatment;
import org.onosproject.net.flow.instructions.ExtensionTreatmentType.ExtensionTreatmentTypes;
import org.onosproject.net.flow.instructions.Instruction;
import org.onosproject.net.flow.instructions.Instructions;
import org.roundtrip.balancer.compute.PacketField;
import org.roundtrip.balancer.compute.SwitchExtensions;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The extensions of Open vSwitch as the driver of a switch makes them. They are named by their types and properties,
 * which belong to ONOS's API, so that any driver can offer them. Immutable, thread-safe.
 */
final class DriverSwitchExtensions implements SwitchExtensions {

    /** NX_CT_F_COMMIT: the connection is remembered. */
    private static final int COMMIT = 1;
    /** NX_CT_RECIRC_NONE: the packet goes on behind the action only. */
    private static final short NO_TABLE = 0xff;
    private static final int OCTET = 8;

    private final DeviceId device;
    private final String driver;
    private final ExtensionTreatmentResolver treatments;
    private final ExtensionSelectorResolver selectors;
    /**
     * What was made with which properties, as long as a rule has it. Thousands of rules have the same, and in ONOS's
     * driver each object comes with a serializer of its own, which takes longer to make than all the rest of a rule and
     * weighs some 30 kB.
     */
    private final Cache<Map.Entry<?, Map<String, Object>>, Extension> made =
            CacheBuilder.newBuilder().weakValues().build();

    private DriverSwitchExtensions(DeviceId device, String driver, ExtensionTreatmentResolver treatments,
                                   ExtensionSelectorResolver selectors) {
        this.device = device;
        this.driver = driver;
        this.treatments = treatments;
        this.selectors = selectors;
    }

    /**
     * Finds the extensions of a switch.
     *
     * @param drivers knows the drivers of switches
     * @param device  the switch
     * @return the extensions; empty if ONOS does not know the switch, or its driver lacks one of them
     */
    static Optional<DriverSwitchExtensions> of(DriverService drivers, DeviceId device) {
        try {
            Driver driver = drivers.getDriver(device);
            if (!driver.hasBehaviour(ExtensionTreatmentResolver.class)
                    || !driver.hasBehaviour(ExtensionSelectorResolver.class)) {
                return Optional.empty();
            }
            DriverHandler handler = drivers.createHandler(device);
            DriverSwitchExtensions extensions = new DriverSwitchExtensions(
                    device, driver.name(), handler.behaviour(ExtensionTreatmentResolver.class),
                    handler.behaviour(ExtensionSelectorResolver.class));
            extensions.tryAll();
            return Optional.of(extensions);
        } catch (ItemNotFoundException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }

    /** A driver says only when asked that it lacks an extension, or that it has other properties. */
    private void tryAll() {
        track(1);
        track(1, 1);
        commit(1, 1);
        resubmit(1);
        forgetInPort();
        move(PacketField.ETH_SRC, PacketField.ETH_DST, OCTET);
        matchMark(1);
    }

    @Override
    public Instruction track(int zone) {
        return instruction(connectionTracking(0, zone, NO_TABLE, List.of()));
    }

    @Override
    public Instruction track(int zone, int table) {
        return instruction(connectionTracking(0, zone, (short) table, List.of()));
    }

    @Override
    public Instruction commit(int zone, long mark) {
        return instruction(connectionTracking(COMMIT, zone, NO_TABLE, List.of(
                load(NiciraField.CT_MARK, 0, NiciraField.CT_MARK.width(), mark))));
    }

    @Override
    public Instruction resubmit(int table) {
        return instruction(treatment(ExtensionTreatmentTypes.NICIRA_RESUBMIT_TABLE, Map.of("table", (short) table)));
    }

    @Override
    public Instruction forgetInPort() {
        return instruction(load(NiciraField.IN_PORT, 0, NiciraField.IN_PORT.width(), 0));
    }

    @Override
    public Instruction move(PacketField source, int sourceBit, PacketField destination, int destinationBit, int bits) {
        // Any type of move will do: the properties say what it is.
        return instruction(treatment(
                ExtensionTreatmentTypes.NICIRA_MOV_ETH_SRC_TO_DST,
                Map.of("src", NiciraField.of(source).header(), "srcOfs", sourceBit,
                       "dst", NiciraField.of(destination).header(), "dstOfs", destinationBit, "nBits", bits)));
    }

    @Override
    public Criterion matchMark(long mark) {
        // ONOS reads the mark from the switch as a number of 32 bits with a sign.
        return Criteria.extension(selector(ExtensionSelectorTypes.NICIRA_MATCH_CONNTRACK_MARK,
                                           Map.of("ctMark", (long) (int) mark)), device);
    }

    private ExtensionTreatment load(NiciraField field, int first, int count, long value) {
        return treatment(ExtensionTreatmentTypes.NICIRA_LOAD, Map.of(
                "dst", (long) field.header(), "ofsNbits", first << 6 | count - 1, "value", value));
    }

    private ExtensionTreatment connectionTracking(int flags, int zone, short table,
                                                  List<ExtensionTreatment> actions) {
        // ONOS can hand on to other nodes no other kind of list.
        return treatment(ExtensionTreatmentTypes.NICIRA_CT, Map.of(
                "flags", flags, "zone", zone, "recircTable", table, "nestedActions", new ArrayList<>(actions)));
    }

    private ExtensionTreatment treatment(ExtensionTreatmentTypes type, Map<String, Object> properties) {
        return made(ExtensionTreatment.class, type, properties,
                    () -> treatments.getExtensionInstruction(type.type()));
    }

    private ExtensionSelector selector(ExtensionSelectorTypes type, Map<String, Object> properties) {
        return made(ExtensionSelector.class, type, properties,
                    () -> Optional.ofNullable(selectors.getExtensionSelector(type.type()))
                            .orElseThrow(() -> new UnsupportedOperationException(type.toString())));
    }

    private <E extends Extension> E made(Class<E> kind, Enum<?> type, Map<String, Object> properties,
                                         Supplier<E> maker) {
        Map.Entry<?, Map<String, Object>> what = Map.entry(type, properties);
        Extension known = made.getIfPresent(what);
        if (known == null) {
            known = with(maker.get(), properties);
            made.put(what, known);
        }
        return kind.cast(known);
    }

    private static <E extends Extension> E with(E extension, Map<String, Object> properties) {
        properties.forEach((name, value) -> {
            try {
                extension.setPropertyValue(name, value);
            } catch (ExtensionPropertyException e) {
                throw new UnsupportedOperationException(extension + " has no " + name, e);
            }
        });
        return extension;
    }

    private Instruction instruction(ExtensionTreatment treatment) {
        return Instructions.extension(treatment, device);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DriverSwitchExtensions && device.equals(((DriverSwitchExtensions) other).device)
                && driver.equals(((DriverSwitchExtensions) other).driver);
    }

    @Override
    public int hashCode() {
        return Objects.hash(device, driver);
    }

    @Override
    public String toString() {
        return "extensions of " + device + " by driver " + driver;
    }
}
