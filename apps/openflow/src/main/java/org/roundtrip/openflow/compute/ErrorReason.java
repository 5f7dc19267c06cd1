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

import org.projectfloodlight.openflow.protocol.OFErrorMsg;
import org.projectfloodlight.openflow.protocol.errormsg.OFBadActionErrorMsg;
import org.projectfloodlight.openflow.protocol.errormsg.OFBadInstructionErrorMsg;
import org.projectfloodlight.openflow.protocol.errormsg.OFBadMatchErrorMsg;
import org.projectfloodlight.openflow.protocol.errormsg.OFBadRequestErrorMsg;
import org.projectfloodlight.openflow.protocol.errormsg.OFFlowModFailedErrorMsg;
import org.projectfloodlight.openflow.protocol.errormsg.OFGroupModFailedErrorMsg;
import org.projectfloodlight.openflow.protocol.errormsg.OFMeterModFailedErrorMsg;

/**
 * Why a switch refused a message, in OpenFlow's own words (OpenFlow 1.3, section 7.4.4).
 */
public final class ErrorReason {

    private ErrorReason() {
    }

    /**
     * Returns type and code of an error, without the message that caused it.
     *
     * @param error the error message
     * @return the words of the standard, such as {@code BAD_ACTION: BAD_OUT_GROUP}
     */
    public static String of(OFErrorMsg error) {
        Object code = code(error);
        return code == null ? error.getErrType().name() : error.getErrType() + ": " + code;
    }

    private static Object code(OFErrorMsg error) {
        switch (error.getErrType()) {
            case BAD_ACTION:
                return ((OFBadActionErrorMsg) error).getCode();
            case BAD_INSTRUCTION:
                return ((OFBadInstructionErrorMsg) error).getCode();
            case BAD_MATCH:
                return ((OFBadMatchErrorMsg) error).getCode();
            case BAD_REQUEST:
                return ((OFBadRequestErrorMsg) error).getCode();
            case FLOW_MOD_FAILED:
                return ((OFFlowModFailedErrorMsg) error).getCode();
            case GROUP_MOD_FAILED:
                return ((OFGroupModFailedErrorMsg) error).getCode();
            case METER_MOD_FAILED:
                return ((OFMeterModFailedErrorMsg) error).getCode();
            default:
                return null;
        }
    }
}
