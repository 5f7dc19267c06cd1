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

import java.util.Optional;
import java.util.function.Consumer;

/**
 * Extensions that no switch gets: they read as {@code ovs-ofctl} writes them, and packets can be traced through them.
 * Rules that are compiled with them are in the same order as those that a switch gets.
 */
final class DescribedExtensions implements SwitchExtensions {

    private final DeviceId device;

    DescribedExtensions(DeviceId device) {
        this.device = device;
    }

    @Override
    public Instruction track(int zone) {
        return instruction("ct(zone=" + zone + ")", passage -> { });
    }

    @Override
    public Instruction track(int zone, int table) {
        return instruction("ct(table=" + table + ",zone=" + zone + ")", passage -> {
            passage.track();
            passage.lookUp(table);
        });
    }

    @Override
    public Instruction commit(int zone, long mark) {
        return instruction(String.format("ct(commit,zone=%d,exec(load:0x%x->NXM_NX_CT_MARK[]))", zone, mark),
                           passage -> { });
    }

    @Override
    public Instruction resubmit(int table) {
        return instruction("resubmit(," + table + ")", passage -> passage.lookUp(table));
    }

    @Override
    public Instruction forgetInPort() {
        return instruction("load:0->NXM_OF_IN_PORT[]", passage -> passage.change(passage.packet().withoutInPort()));
    }

    @Override
    public Instruction move(PacketField source, int sourceBit, PacketField destination, int destinationBit, int bits) {
        return instruction("move:" + source + range(sourceBit, bits) + "->" + destination + range(destinationBit, bits),
                           passage -> passage.change(passage.packet().moved(
                                   source, sourceBit, destination, destinationBit, bits)));
    }

    private static String range(int first, int bits) {
        return "[" + first + ".." + (first + bits - 1) + "]";
    }

    @Override
    public Criterion matchMark(long mark) {
        return Criteria.extension(new Mark(mark), device);
    }

    private Instruction instruction(String text, Consumer<PacketPassage> effect) {
        return Instructions.extension(new Effect(text, effect), device);
    }

    /** Returns the mark that a selector of these extensions wants, or empty if it is another one's. */
    static Optional<Long> mark(ExtensionSelector selector) {
        return selector instanceof Mark ? Optional.of(((Mark) selector).mark) : Optional.empty();
    }

    /** Does to a packet what a treatment of these extensions does; nothing if it is another one's. */
    static void apply(ExtensionTreatment treatment, PacketPassage passage) {
        if (treatment instanceof Effect) {
            ((Effect) treatment).effect.accept(passage);
        }
    }

    /** Never goes to a switch. */
    private abstract static class Described extends AbstractExtension {

        private final String text;

        Described(String text) {
            this.text = text;
        }

        @Override
        public byte[] serialize() {
            throw new UnsupportedOperationException(text);
        }

        @Override
        public void deserialize(byte[] data) {
            throw new UnsupportedOperationException(text);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Described && text.equals(((Described) other).text);
        }

        @Override
        public int hashCode() {
            return text.hashCode();
        }

        @Override
        public String toString() {
            return text;
        }
    }

    private static final class Effect extends Described implements ExtensionTreatment {

        private final transient Consumer<PacketPassage> effect;

        Effect(String text, Consumer<PacketPassage> effect) {
            super(text);
            this.effect = effect;
        }

        @Override
        public ExtensionTreatmentType type() {
            return ExtensionTreatmentType.ExtensionTreatmentTypes.UNRESOLVED_TYPE.type();
        }
    }

    private static final class Mark extends Described implements ExtensionSelector {

        private final long mark;

        Mark(long mark) {
            super(String.format("ct_mark=0x%x", mark));
            this.mark = mark;
        }

        @Override
        public ExtensionSelectorType type() {
            return ExtensionSelectorType.ExtensionSelectorTypes.UNRESOLVED_TYPE.type();
        }
    }
}
