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

import org.onosproject.driver.extensions.DefaultMoveExtensionTreatment;
import org.onosproject.net.flow.instructions.ExtensionTreatment;
import org.onosproject.net.flow.instructions.ExtensionTreatmentType;
import org.onosproject.net.flow.instructions.ExtensionTreatmentType.ExtensionTreatmentTypes;
import org.projectfloodlight.openflow.protocol.action.OFActionNiciraMove;

/**
 * Reads Nicira's action that copies bits of one field to another. ONOS's interpreter writes any such action, but takes
 * each one that it reads for one of the few that it has names for, by the field that is copied, whatever the bits and
 * the field they go to; so ONOS would put back again and again what it does not recognise.
 */
final class MoveCodec {

    /** All moves are equal to ONOS if their fields and bits are: the type only says that it is one. */
    static final ExtensionTreatmentType TYPE = ExtensionTreatmentTypes.NICIRA_MOV_ETH_SRC_TO_DST.type();

    private MoveCodec() {
    }

    static ExtensionTreatment decode(OFActionNiciraMove action) {
        return new DefaultMoveExtensionTreatment(action.getSrcOfs(), action.getDstOfs(), action.getNBits(),
                                                 (int) action.getSrc(), (int) action.getDst(), TYPE);
    }
}
