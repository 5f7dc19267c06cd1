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
package org.roundtrip.clock.compute.message;

/**
 * Makes something of each kind of TLV.
 *
 * @param <R> what is made
 */
public interface TlvVisitor<R> {

    /**
     * A client asks for messages.
     *
     * @param tlv the request
     * @return what is made of it
     */
    R request(RequestUnicastTransmission tlv);

    /**
     * A server answers a request.
     *
     * @param tlv the answer
     * @return what is made of it
     */
    R grant(GrantUnicastTransmission tlv);

    /**
     * One of the two ends what was granted.
     *
     * @param tlv the end
     * @return what is made of it
     */
    R cancel(CancelUnicastTransmission tlv);

    /**
     * The other one knows of the end.
     *
     * @param tlv the acknowledgement
     * @return what is made of it
     */
    R acknowledgeCancel(AcknowledgeCancelUnicastTransmission tlv);

    /**
     * An organization says something of its own.
     *
     * @param tlv what it says
     * @return what is made of it
     */
    R organizationExtension(OrganizationExtension tlv);

    /**
     * Anything else.
     *
     * @param tlv what it is
     * @return what is made of it
     */
    R unknown(UnknownTlv tlv);
}
