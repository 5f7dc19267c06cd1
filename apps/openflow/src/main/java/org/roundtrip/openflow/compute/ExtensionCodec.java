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

import org.onosproject.net.flow.criteria.ExtensionSelector;
import org.onosproject.net.flow.instructions.ExtensionTreatment;
import org.projectfloodlight.openflow.protocol.OFFactory;
import org.projectfloodlight.openflow.protocol.action.OFAction;
import org.projectfloodlight.openflow.protocol.oxm.OFOxm;

import java.util.Optional;

/**
 * What a device's driver knows about experimenter fields and actions.
 * <p>
 * Empty results mean that the driver has no such extension; the caller says so in the terms of the rule at hand.
 */
public interface ExtensionCodec {

    /** The codec of a device without extensions. */
    ExtensionCodec NONE = new ExtensionCodec() {
        @Override
        public Optional<OFOxm<?>> encode(OFFactory factory, ExtensionSelector selector) {
            return Optional.empty();
        }

        @Override
        public Optional<ExtensionSelector> decode(OFOxm<?> oxm) {
            return Optional.empty();
        }

        @Override
        public Optional<OFAction> encode(OFFactory factory, ExtensionTreatment treatment) {
            return Optional.empty();
        }

        @Override
        public Optional<ExtensionTreatment> decode(OFAction action) {
            return Optional.empty();
        }
    };

    /**
     * Encodes an extension of a selector.
     *
     * @param factory  makes OpenFlow objects
     * @param selector the extension
     * @return the match field with its value, empty if the driver has no such extension
     */
    Optional<OFOxm<?>> encode(OFFactory factory, ExtensionSelector selector);

    /**
     * Decodes a match field.
     *
     * @param oxm the field with its value
     * @return the extension, empty if the driver has no such extension
     */
    Optional<ExtensionSelector> decode(OFOxm<?> oxm);

    /**
     * Encodes an extension of a treatment.
     *
     * @param factory   makes OpenFlow objects
     * @param treatment the extension
     * @return the action, empty if the driver has no such extension
     */
    Optional<OFAction> encode(OFFactory factory, ExtensionTreatment treatment);

    /**
     * Decodes an action.
     *
     * @param action the action
     * @return the extension, empty if the driver has no such extension
     */
    Optional<ExtensionTreatment> decode(OFAction action);
}
