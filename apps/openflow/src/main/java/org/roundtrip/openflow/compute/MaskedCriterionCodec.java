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
import org.projectfloodlight.openflow.types.Masked;
import org.projectfloodlight.openflow.types.OFValueType;

import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A field that ONOS can match as a whole or under a mask.
 *
 * @param <C> the class of criterion
 * @param <F> type of the field's value in OpenFlow
 */
final class MaskedCriterionCodec<C extends Criterion, F extends OFValueType<F>> extends CriterionCodec<F> {

    private final F allBits;
    private final F noBits;
    private final Class<C> criterionClass;
    private final Function<C, Masked<F>> encoder;
    private final Function<F, Criterion> exactDecoder;
    private final BiFunction<F, F, Criterion> maskedDecoder;

    /**
     * Creates the codec.
     *
     * @param types          the types of criterion
     * @param field          the field in OpenFlow
     * @param allBits        the mask of an exact match
     * @param noBits         the mask of no match at all
     * @param criterionClass the class of criterion
     * @param encoder        gives value and mask of a criterion
     * @param exactDecoder   gives the criterion of an exact match
     * @param maskedDecoder  gives the criterion of a match under a mask
     */
    MaskedCriterionCodec(Set<Criterion.Type> types, MatchField<F> field, F allBits, F noBits,
                         Class<C> criterionClass, Function<C, Masked<F>> encoder,
                         Function<F, Criterion> exactDecoder, BiFunction<F, F, Criterion> maskedDecoder) {
        super(field, types.toArray(Criterion.Type[]::new));
        this.allBits = allBits;
        this.noBits = noBits;
        this.criterionClass = criterionClass;
        this.encoder = encoder;
        this.exactDecoder = exactDecoder;
        this.maskedDecoder = maskedDecoder;
    }

    @Override
    Optional<OFOxm<F>> encode(OFOxms oxms, Criterion criterion) {
        Masked<F> masked = encoder.apply(criterionClass.cast(criterion));
        F mask = masked.getMask();
        if (mask.equals(noBits)) {
            return Optional.empty();
        }
        return Optional.of(mask.equals(allBits)
                ? oxms.fromValue(masked.getValue(), field())
                : oxms.fromValueAndMask(masked.getValue().applyMask(mask), mask, field()));
    }

    @Override
    Criterion decodeExact(F value) {
        return exactDecoder.apply(value);
    }

    @Override
    Criterion decodeMasked(F value, F mask) {
        return maskedDecoder.apply(value, mask);
    }
}
