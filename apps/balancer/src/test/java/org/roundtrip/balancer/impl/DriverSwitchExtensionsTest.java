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

import org.junit.jupiter.api.Test;
import org.onosproject.driver.extensions.DefaultMoveExtensionTreatment;
import org.onosproject.driver.extensions.NiciraCt;
import org.onosproject.driver.extensions.NiciraExtensionSelectorInterpreter;
import org.onosproject.driver.extensions.NiciraExtensionTreatmentInterpreter;
import org.onosproject.driver.extensions.NiciraLoad;
import org.onosproject.driver.extensions.NiciraMatchCtMark;
import org.onosproject.driver.extensions.NiciraResubmitTable;
import org.onosproject.net.DeviceId;
import org.onosproject.net.behaviour.ExtensionSelectorResolver;
import org.onosproject.net.behaviour.ExtensionTreatmentResolver;
import org.onosproject.net.flow.criteria.Criteria;
import org.onosproject.net.flow.criteria.ExtensionCriterion;
import org.onosproject.net.flow.criteria.ExtensionSelector;
import org.onosproject.net.flow.criteria.ExtensionSelectorType;
import org.onosproject.net.flow.instructions.ExtensionTreatment;
import org.onosproject.net.flow.instructions.ExtensionTreatmentType;
import org.onosproject.net.flow.instructions.ExtensionTreatmentType.ExtensionTreatmentTypes;
import org.onosproject.net.flow.instructions.Instruction;
import org.onosproject.net.flow.instructions.Instructions;
import org.roundtrip.balancer.compute.PacketField;

import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class DriverSwitchExtensionsTest {

    private static final DeviceId DEVICE = DeviceId.deviceId("of:1");

    private final DriverSwitchExtensions extensions =
            DriverSwitchExtensions.of(Drivers.openVswitch(), DEVICE).orElseThrow();

    @Test
    void trackAndCommit() {
        assertThat(extensions.track(20_000)).isEqualTo(treatment(
                new NiciraCt(0, 0, 20_000, (short) 0xff, 0, List.of())));
        assertThat(extensions.track(20_000, 11)).isEqualTo(treatment(
                new NiciraCt(0, 0, 20_000, (short) 11, 0, List.of())));
        assertThat(extensions.commit(65_535, 0x8000_0001L)).isEqualTo(treatment(
                new NiciraCt(1, 0, 65_535, (short) 0xff, 0, List.of(
                        new NiciraLoad(31, 0x0001_d604L, 0x8000_0001L)))));
    }

    @Test
    void canBeHandedToOtherNodes() {
        NiciraCt copy = new NiciraCt();
        copy.deserialize(((Instructions.ExtensionInstructionWrapper) extensions.track(20_000, 11))
                                 .extensionInstruction().serialize());

        assertThat(treatment(copy)).isEqualTo(extensions.track(20_000, 11));
    }

    @Test
    void lookAgain() {
        assertThat(extensions.resubmit(0)).isEqualTo(treatment(new NiciraResubmitTable((short) 0)));
        assertThat(extensions.forgetInPort()).isEqualTo(treatment(new NiciraLoad(15, 2, 0)));
    }

    @Test
    void chooseTheSlotByTheClient() {
        assertThat(extensions.move(PacketField.IPV4_SRC, PacketField.TUNNEL_ID, 8))
                .isEqualTo(treatment(move(0x0e04, 0x1_2008, 8)));
        assertThat(extensions.move(PacketField.IPV6_SRC, PacketField.TUNNEL_ID, 8))
                .isEqualTo(treatment(move(0x1_2610, 0x1_2008, 8)));
        assertThat(extensions.move(PacketField.UDP_SRC, PacketField.TUNNEL_ID, 4))
                .isEqualTo(treatment(move(0x1602, 0x1_2008, 4)));
    }

    @Test
    void moveAnyFieldToAnother() {
        for (PacketField source : PacketField.values()) {
            for (PacketField destination : PacketField.values()) {
                assertThat(extensions.move(source, destination, 4)).as("%s to %s", source, destination).isEqualTo(
                        treatment(move(NiciraField.of(source).header(), NiciraField.of(destination).header(), 4)));
            }
        }
    }

    /** ONOS reports marks of 32 bits with a sign, and finds a rule again by what it reports. */
    @Test
    void matchMarksAsTheyAreReported() {
        assertThat(extensions.matchMark(0x7fff_0001L)).isEqualTo(Criteria.extension(
                new NiciraMatchCtMark(0x7fff_0001L), DEVICE));
        assertThat(extensions.matchMark(0x8000_0001L)).isEqualTo(Criteria.extension(
                new NiciraMatchCtMark((int) 0x8000_0001L), DEVICE));
    }

    /** Each object of ONOS's driver has a serializer of its own: thousands of rules can't have one each. */
    @Test
    void areMadeOnceForAllRules() {
        assertThat(treatmentOf(extensions.resubmit(0))).isSameAs(treatmentOf(extensions.resubmit(0)))
                .isNotEqualTo(treatmentOf(extensions.resubmit(1)));
        assertThat(treatmentOf(extensions.commit(7, 9))).isSameAs(treatmentOf(extensions.commit(7, 9)))
                .isNotEqualTo(treatmentOf(extensions.commit(7, 8)));
        assertThat(((ExtensionCriterion) extensions.matchMark(7)).extensionSelector())
                .isSameAs(((ExtensionCriterion) extensions.matchMark(7)).extensionSelector());
    }

    private static ExtensionTreatment treatmentOf(Instruction instruction) {
        return ((Instructions.ExtensionInstructionWrapper) instruction).extensionInstruction();
    }

    @Test
    void areEqualForTheSameSwitchAndDriver() {
        assertThat(DriverSwitchExtensions.of(Drivers.openVswitch(), DEVICE)).contains(extensions);
        assertThat(DriverSwitchExtensions.of(Drivers.openVswitch(), DeviceId.deviceId("of:2")).orElseThrow())
                .isNotEqualTo(extensions);
    }

    @Test
    void areMissingWhereADriverLacksOneOfThem() {
        NiciraExtensionSelectorInterpreter selectors = new NiciraExtensionSelectorInterpreter();
        NiciraExtensionTreatmentInterpreter treatments = new NiciraExtensionTreatmentInterpreter();
        assertThat(DriverSwitchExtensions.of(Drivers.none(), DEVICE)).isEmpty();
        assertThat(DriverSwitchExtensions.of(Drivers.of(Map.of(ExtensionTreatmentResolver.class, treatments)),
                                             DEVICE)).isEmpty();
        assertThat(DriverSwitchExtensions.of(Drivers.of(Map.of(ExtensionSelectorResolver.class, selectors)),
                                             DEVICE)).isEmpty();
        for (ExtensionTreatmentTypes missing : List.of(
                ExtensionTreatmentTypes.NICIRA_CT, ExtensionTreatmentTypes.NICIRA_LOAD,
                ExtensionTreatmentTypes.NICIRA_RESUBMIT_TABLE, ExtensionTreatmentTypes.NICIRA_MOV_ETH_SRC_TO_DST)) {
            assertThat(DriverSwitchExtensions.of(Drivers.of(Map.of(
                    ExtensionSelectorResolver.class, selectors,
                    ExtensionTreatmentResolver.class, new Without(missing.type()))), DEVICE)).as("%s", missing)
                    .isEmpty();
        }
        assertThat(DriverSwitchExtensions.of(Drivers.of(Map.of(
                ExtensionSelectorResolver.class, new NoSelectors(),
                ExtensionTreatmentResolver.class, treatments)), DEVICE)).isEmpty();
    }

    /** Another driver may know the type, but not the properties that are meant. */
    @Test
    void areMissingWhereAnExtensionHasOtherProperties() {
        NiciraExtensionTreatmentInterpreter treatments = new NiciraExtensionTreatmentInterpreter() {
            @Override
            public ExtensionTreatment getExtensionInstruction(ExtensionTreatmentType type) {
                return new NiciraLoad();
            }
        };
        assertThat(DriverSwitchExtensions.of(Drivers.of(Map.of(
                ExtensionSelectorResolver.class, new NiciraExtensionSelectorInterpreter(),
                ExtensionTreatmentResolver.class, treatments)), DEVICE)).isEmpty();
    }

    private static final class Without extends NiciraExtensionTreatmentInterpreter {

        private final ExtensionTreatmentType missing;

        Without(ExtensionTreatmentType missing) {
            this.missing = missing;
        }

        @Override
        public ExtensionTreatment getExtensionInstruction(ExtensionTreatmentType type) {
            if (type.equals(missing)) {
                throw new UnsupportedOperationException("not known: " + type);
            }
            return super.getExtensionInstruction(type);
        }
    }

    private static final class NoSelectors extends NiciraExtensionSelectorInterpreter {

        @Override
        public ExtensionSelector getExtensionSelector(ExtensionSelectorType type) {
            return null;
        }
    }

    private static Instructions.ExtensionInstructionWrapper treatment(ExtensionTreatment treatment) {
        return Instructions.extension(treatment, DEVICE);
    }

    private static ExtensionTreatment move(int source, int destination, int bits) {
        return new DefaultMoveExtensionTreatment(0, 0, bits, source, destination,
                                                 ExtensionTreatmentTypes.NICIRA_MOV_ETH_SRC_TO_DST.type());
    }
}
