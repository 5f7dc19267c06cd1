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

import org.junit.jupiter.api.Test;
import org.projectfloodlight.openflow.protocol.OFBadActionCode;
import org.projectfloodlight.openflow.protocol.OFFactories;
import org.projectfloodlight.openflow.protocol.OFFactory;
import org.projectfloodlight.openflow.protocol.OFFlowModFailedCode;
import org.projectfloodlight.openflow.protocol.OFHelloFailedCode;
import org.projectfloodlight.openflow.protocol.OFVersion;

import static org.assertj.core.api.Assertions.assertThat;

class ErrorReasonTest {

    private static final OFFactory FACTORY = OFFactories.getFactory(OFVersion.OF_13);

    @Test
    void theWordsAreThoseOfTheStandard() {
        assertThat(ErrorReason.of(FACTORY.errorMsgs().buildBadActionErrorMsg()
                                          .setCode(OFBadActionCode.BAD_OUT_GROUP).build()))
                .isEqualTo("BAD_ACTION: BAD_OUT_GROUP");
        assertThat(ErrorReason.of(FACTORY.errorMsgs().buildFlowModFailedErrorMsg()
                                          .setCode(OFFlowModFailedCode.TABLE_FULL).build()))
                .isEqualTo("FLOW_MOD_FAILED: TABLE_FULL");
        assertThat(ErrorReason.of(FACTORY.errorMsgs().buildHelloFailedErrorMsg()
                                          .setCode(OFHelloFailedCode.EPERM).build())).isEqualTo("HELLO_FAILED");
    }
}
