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

import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.DefaultTrafficSelector;
import org.onosproject.net.flow.TrafficSelector;
import org.onosproject.net.flow.criteria.Criteria;
import org.onosproject.net.flow.criteria.Criterion;
import org.onosproject.net.flow.criteria.ExtensionCriterion;
import org.projectfloodlight.openflow.protocol.OFFactory;
import org.projectfloodlight.openflow.protocol.OFMatchV3;
import org.projectfloodlight.openflow.protocol.OFOxmList;
import org.projectfloodlight.openflow.protocol.match.Match;
import org.projectfloodlight.openflow.protocol.match.MatchFields;
import org.projectfloodlight.openflow.protocol.oxm.OFOxm;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A traffic selector of ONOS and a match of OpenFlow 1.3 (section 7.2.3).
 * <p>
 * Immutable, so it can be shared between threads if the {@link ExtensionCodec} can.
 */
public final class MatchCodec {

    private static final Map<Criterion.Type, CriterionCodec<?>> BY_TYPE = new EnumMap<>(Criterion.Type.class);
    private static final Map<MatchFields, CriterionCodec<?>> BY_FIELD = new EnumMap<>(MatchFields.class);

    static {
        Stream.of(PipelineFields.CRITERIA, EthernetFields.CRITERIA, MplsFields.CRITERIA, InternetFields.CRITERIA,
                  ArpFields.CRITERIA, ControlMessageFields.CRITERIA, TransportFields.CRITERIA)
                .flatMap(List::stream)
                .forEach(codec -> {
                    BY_FIELD.put(codec.field().id, codec);
                    codec.types().forEach(type -> BY_TYPE.put(type, codec));
                });
    }

    private final OFFactory factory;
    private final DeviceId deviceId;
    private final ExtensionCodec extensions;

    /**
     * Creates a codec.
     *
     * @param factory    makes OpenFlow 1.3 objects
     * @param deviceId   the device, which extensions name
     * @param extensions what the device's driver knows beyond OpenFlow
     */
    public MatchCodec(OFFactory factory, DeviceId deviceId, ExtensionCodec extensions) {
        this.factory = factory;
        this.deviceId = deviceId;
        this.extensions = extensions;
    }

    /**
     * Returns the types of criterion that this codec encodes besides extensions.
     *
     * @return the types
     */
    public static Set<Criterion.Type> types() {
        return EnumSet.copyOf(BY_TYPE.keySet());
    }

    /**
     * Encodes a selector.
     *
     * @param selector what packets to match
     * @return the match
     * @throws RuleEncodingException if a criterion has no counterpart, or two of them are about the same field
     */
    public Match encode(TrafficSelector selector) {
        // The list sorts its fields so that each comes after its prerequisites, as it must on the wire.
        OFOxmList.Builder oxms = new OFOxmList.Builder();
        Set<MatchFields> seen = EnumSet.noneOf(MatchFields.class);
        for (Criterion criterion : selector.criteria()) {
            encode(criterion).ifPresent(oxm -> {
                if (!seen.add(oxm.getMatchField().id)) {
                    throw new RuleEncodingException(criterion.toString(),
                                                    "another criterion of the same selector matches this field");
                }
                oxms.set(oxm);
            });
        }
        return factory.buildMatchV3().setOxmList(oxms.build()).build();
    }

    /**
     * Decodes a match.
     *
     * @param match the match
     * @return the selector
     * @throws RuleDecodingException if a field has no counterpart
     */
    public TrafficSelector decode(Match match) {
        TrafficSelector.Builder selector = DefaultTrafficSelector.builder();
        // Not getMatchFields(), which leaves out the fields whose prerequisites openflowj does not see.
        for (OFOxm<?> oxm : ((OFMatchV3) match).getOxmList()) {
            CriterionCodec<?> codec = BY_FIELD.get(oxm.getMatchField().id);
            selector.add(codec != null ? codec.decode(oxm) : decodeExtension(oxm));
        }
        return selector.build();
    }

    private Optional<? extends OFOxm<?>> encode(Criterion criterion) {
        if (criterion instanceof ExtensionCriterion) {
            return Optional.of(extensions.encode(factory, ((ExtensionCriterion) criterion).extensionSelector())
                    .orElseThrow(() -> new RuleEncodingException(criterion.toString(),
                                                                 "the device's driver has no such extension")));
        }
        CriterionCodec<?> codec = BY_TYPE.get(criterion.type());
        if (codec == null) {
            throw new RuleEncodingException(criterion.toString(), "OpenFlow 1.3 has no such match field");
        }
        try {
            return codec.encode(factory.oxms(), criterion);
        } catch (IllegalArgumentException e) {
            throw new RuleEncodingException(criterion.toString(), e.getMessage());
        }
    }

    private Criterion decodeExtension(OFOxm<?> oxm) {
        return extensions.decode(oxm)
                .map(selector -> Criteria.extension(selector, deviceId))
                .orElseThrow(() -> new RuleDecodingException(oxm.getMatchField().getName(),
                                                             "neither ONOS nor the device's driver has this field"));
    }
}
