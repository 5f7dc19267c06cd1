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
package org.roundtrip.balancer.compute;

import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.AbstractExtension;
import org.onosproject.net.flow.criteria.Criteria;
import org.onosproject.net.flow.criteria.Criterion;
import org.onosproject.net.flow.criteria.ExtensionSelector;
import org.onosproject.net.flow.criteria.ExtensionSelectorType;
import org.onosproject.net.flow.instructions.ExtensionTreatment;
import org.onosproject.net.flow.instructions.ExtensionTreatmentType;
import org.onosproject.net.flow.instructions.Instruction;
import org.onosproject.net.flow.instructions.Instructions;

import java.util.Locale;

/** Extensions that are nothing but their names, as a person reads them. */
public final class NamedExtensions implements SwitchExtensions {

    private final DeviceId device;

    public NamedExtensions(DeviceId device) {
        this.device = device;
    }

    @Override
    public Instruction track(int zone) {
        return instruction("ct(zone=" + zone + ")");
    }

    @Override
    public Instruction track(int zone, int table) {
        return instruction("ct(zone=" + zone + ",table=" + table + ")");
    }

    @Override
    public Instruction commit(int zone, long mark) {
        return instruction("ct(commit,zone=" + zone + ",mark=0x" + Long.toHexString(mark) + ")");
    }

    @Override
    public Instruction resubmit(int table) {
        return instruction("resubmit(" + table + ")");
    }

    @Override
    public Instruction forgetInPort() {
        return instruction("forget in-port");
    }

    @Override
    public Instruction move(PacketField source, int sourceBit, PacketField destination, int destinationBit, int bits) {
        return instruction("move " + name(source, sourceBit, bits) + " to " + name(destination, destinationBit, bits));
    }

    private static String name(PacketField field, int first, int bits) {
        return field.name().toLowerCase(Locale.ROOT) + "[" + first + ".." + (first + bits - 1) + "]";
    }

    @Override
    public Criterion matchMark(long mark) {
        return Criteria.extension(new NamedSelector("ct_mark=0x" + Long.toHexString(mark)), device);
    }

    private Instruction instruction(String name) {
        return Instructions.extension(new NamedTreatment(name), device);
    }

    private abstract static class Named extends AbstractExtension {

        private final String name;

        Named(String name) {
            this.name = name;
        }

        @Override
        public byte[] serialize() {
            throw new UnsupportedOperationException(name);
        }

        @Override
        public void deserialize(byte[] data) {
            throw new UnsupportedOperationException(name);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Named && name.equals(((Named) other).name);
        }

        @Override
        public int hashCode() {
            return name.hashCode();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static final class NamedTreatment extends Named implements ExtensionTreatment {

        NamedTreatment(String name) {
            super(name);
        }

        @Override
        public ExtensionTreatmentType type() {
            return ExtensionTreatmentType.ExtensionTreatmentTypes.UNRESOLVED_TYPE.type();
        }
    }

    private static final class NamedSelector extends Named implements ExtensionSelector {

        NamedSelector(String name) {
            super(name);
        }

        @Override
        public ExtensionSelectorType type() {
            return ExtensionSelectorType.ExtensionSelectorTypes.UNRESOLVED_TYPE.type();
        }
    }
}
