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
import java.util.function.Function;

/**
 * A field that ONOS can only match as a whole.
 *
 * @param <C> the class of criterion
 * @param <F> type of the field's value in OpenFlow
 */
final class ExactCriterionCodec<C extends Criterion, F extends OFValueType<F>> extends CriterionCodec<F> {

    private final Class<C> criterionClass;
    private final Function<C, F> encoder;
    private final Function<F, Criterion> decoder;

    ExactCriterionCodec(Criterion.Type type, MatchField<F> field, Class<C> criterionClass,
                        Function<C, F> encoder, Function<F, Criterion> decoder) {
        super(field, type);
        this.criterionClass = criterionClass;
        this.encoder = encoder;
        this.decoder = decoder;
    }

    @Override
    Optional<OFOxm<F>> encode(OFOxms oxms, Criterion criterion) {
        return Optional.of(oxms.fromValue(encoder.apply(criterionClass.cast(criterion)), field()));
    }

    @Override
    Criterion decodeExact(F value) {
        return decoder.apply(value);
    }

    @Override
    Criterion decodeMasked(F value, F mask) {
        throw new RuleDecodingException(field().getName() + "=" + value + "/" + mask,
                                        "ONOS matches this field as a whole only");
    }
}
