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
package org.roundtrip.openflow.compute;

import org.onosproject.net.flow.criteria.Criterion;
import org.projectfloodlight.openflow.protocol.match.MatchField;
import org.projectfloodlight.openflow.protocol.oxm.OFOxm;
import org.projectfloodlight.openflow.protocol.oxm.OFOxms;
import org.projectfloodlight.openflow.types.OFValueType;

import java.util.Optional;
import java.util.Set;

/**
 * One match field in both worlds: criteria of ONOS to an OXM of OpenFlow (OpenFlow 1.3, section 7.2.3.7) and back.
 *
 * @param <F> type of the field's value in OpenFlow
 */
abstract class CriterionCodec<F extends OFValueType<F>> {

    private final MatchField<F> field;
    private final Set<Criterion.Type> types;

    CriterionCodec(MatchField<F> field, Criterion.Type... types) {
        this.field = field;
        this.types = Set.of(types);
    }

    final MatchField<F> field() {
        return field;
    }

    /**
     * Returns the types of criterion that say something about this field.
     *
     * @return one type, or two if ONOS has another type for a masked match
     */
    final Set<Criterion.Type> types() {
        return types;
    }

    /**
     * Encodes a criterion in the one form in which a switch will report it: no bits beyond the mask, and no mask where
     * all bits count.
     *
     * @param oxms      makes OXMs
     * @param criterion a criterion of one of the {@link #types()}
     * @return the OXM, empty if no bit counts
     * @throws RuleEncodingException if the criterion says something that the field can't hold
     */
    abstract Optional<OFOxm<F>> encode(OFOxms oxms, Criterion criterion);

    /**
     * Decodes a value of which all bits count.
     *
     * @param value the value
     * @return the criterion
     */
    abstract Criterion decodeExact(F value);

    /**
     * Decodes a value of which some bits count.
     *
     * @param value the value
     * @param mask  the bits that count, neither all nor none
     * @return the criterion
     * @throws RuleDecodingException if ONOS has no words for this mask
     */
    abstract Criterion decodeMasked(F value, F mask);

    /**
     * Decodes an OXM of this field.
     *
     * @param oxm an OXM of this codec's {@link #field()}
     * @return the criterion
     * @throws RuleDecodingException if ONOS has no words for it
     */
    final Criterion decode(OFOxm<?> oxm) {
        // The caller found this codec by the field of the OXM, so the value is of the field's type.
        @SuppressWarnings("unchecked")
        OFOxm<F> ours = (OFOxm<F>) oxm;
        return ours.isMasked() ? decodeMasked(ours.getValue(), ours.getMask()) : decodeExact(ours.getValue());
    }
}
