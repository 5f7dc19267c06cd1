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

import org.onlab.util.ItemNotFoundException;
import com.google.common.base.Suppliers;
import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import org.onosproject.net.DeviceId;
import org.onosproject.net.driver.Behaviour;
import org.onosproject.net.driver.DefaultDriverData;
import org.onosproject.net.driver.DefaultDriverHandler;
import org.onosproject.net.driver.Driver;
import org.onosproject.net.driver.DriverService;
import org.onosproject.net.flow.criteria.ExtensionSelector;
import org.onosproject.net.flow.instructions.ExtensionTreatment;
import org.onosproject.openflow.controller.ExtensionSelectorInterpreter;
import org.onosproject.openflow.controller.ExtensionTreatmentInterpreter;
import org.projectfloodlight.openflow.protocol.OFFactory;
import org.projectfloodlight.openflow.protocol.action.OFAction;
import org.projectfloodlight.openflow.protocol.action.OFActionNiciraMove;
import org.projectfloodlight.openflow.protocol.oxm.OFOxm;
import org.roundtrip.openflow.compute.ExtensionCodec;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The extensions of a device as its driver's interpreters know them.
 * <p>
 * Thread-safe if the interpreters are; those for Open vSwitch have no state.
 */
public final class DriverExtensions implements ExtensionCodec {

    /** More than between two reports of all rules, which look the driver up when nobody waits for it. */
    private static final long SECONDS_REMEMBERED = 15;

    private final Interpreters interpreters;
    /**
     * What was decoded by which interpreter, as long as somebody keeps it. Rules have the same few extensions again and
     * again, and in ONOS's driver each object of them comes with a serializer of its own, which weighs some 30 kB.
     */
    private final Cache<Map.Entry<Class<?>, OFAction>, ExtensionTreatment> treatments = rememberingWhatIsInUse();
    private final Cache<Map.Entry<Class<?>, OFOxm<?>>, ExtensionSelector> selectors = rememberingWhatIsInUse();

    private DriverExtensions(Interpreters interpreters) {
        this.interpreters = interpreters;
    }

    /**
     * Creates the codec of a device. Its driver is looked up every few seconds of use, because a device may get another
     * one, and at each use as long as ONOS does not know the device. Each look asks a store of the cluster, which takes
     * milliseconds, too long for each action of each rule.
     *
     * @param drivers  finds the driver
     * @param deviceId the device
     * @return the codec
     */
    public static DriverExtensions of(DriverService drivers, DeviceId deviceId) {
        Supplier<Driver> remembered = Suppliers.memoizeWithExpiration(
                () -> drivers.getDriver(deviceId), SECONDS_REMEMBERED, TimeUnit.SECONDS);
        return new DriverExtensions(new Interpreters() {
            @Override
            public <T extends Behaviour> Optional<T> find(Class<T> type) {
                Driver driver;
                try {
                    driver = remembered.get();
                } catch (ItemNotFoundException e) {
                    return Optional.empty();
                }
                return driver.hasBehaviour(type)
                        ? Optional.of(new DefaultDriverHandler(new DefaultDriverData(driver, deviceId)).behaviour(type))
                        : Optional.empty();
            }
        });
    }

    /**
     * Creates the codec from interpreters.
     *
     * @param selectors  knows match fields
     * @param treatments knows actions
     * @return the codec
     */
    public static DriverExtensions of(ExtensionSelectorInterpreter selectors,
                                      ExtensionTreatmentInterpreter treatments) {
        return new DriverExtensions(new Interpreters() {
            @Override
            public <T extends Behaviour> Optional<T> find(Class<T> type) {
                return Stream.of(selectors, treatments).filter(type::isInstance).map(type::cast).findFirst();
            }
        });
    }

    private static <K, V> Cache<K, V> rememberingWhatIsInUse() {
        return CacheBuilder.newBuilder().weakValues().build();
    }

    private interface Interpreters {
        <T extends Behaviour> Optional<T> find(Class<T> type);
    }

    @Override
    public Optional<OFOxm<?>> encode(OFFactory factory, ExtensionSelector selector) {
        return interpreters.find(ExtensionSelectorInterpreter.class)
                .filter(interpreter -> interpreter.supported(selector.type()))
                .map(interpreter -> interpreter.mapSelector(factory, selector));
    }

    @Override
    public Optional<ExtensionSelector> decode(OFOxm<?> oxm) {
        try {
            return interpreters.find(ExtensionSelectorInterpreter.class).map(interpreter -> remembered(
                    selectors, Map.entry(interpreter.getClass(), oxm), () -> interpreter.mapOxm(oxm)));
        } catch (ClassCastException e) {
            // Interpreters cast to the form, masked or not, that they make themselves; the other one they don't know.
            return Optional.empty();
        }
    }

    @Override
    public Optional<OFAction> encode(OFFactory factory, ExtensionTreatment treatment) {
        return interpreters.find(ExtensionTreatmentInterpreter.class)
                .filter(interpreter -> interpreter.supported(treatment.type()))
                .map(interpreter -> interpreter.mapInstruction(factory, treatment));
    }

    @Override
    public Optional<ExtensionTreatment> decode(OFAction action) {
        if (action instanceof OFActionNiciraMove) {
            return interpreters.find(ExtensionTreatmentInterpreter.class)
                    .filter(interpreter -> interpreter.supported(MoveCodec.TYPE))
                    .map(interpreter -> MoveCodec.decode((OFActionNiciraMove) action));
        }
        try {
            return interpreters.find(ExtensionTreatmentInterpreter.class).map(interpreter -> remembered(
                    treatments, Map.entry(interpreter.getClass(), action), () -> interpreter.mapAction(action)));
        } catch (UnsupportedOperationException | ClassCastException e) {
            return Optional.empty();
        }
    }

    /** Returns null where the interpreter does, which interpreters may. */
    private static <K, V> V remembered(Cache<K, V> known, K encoded, Supplier<V> decoder) {
        V decoded = known.getIfPresent(encoded);
        if (decoded == null) {
            decoded = decoder.get();
            if (decoded != null) {
                known.put(encoded, decoded);
            }
        }
        return decoded;
    }
}
