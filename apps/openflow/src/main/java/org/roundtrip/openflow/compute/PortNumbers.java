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

import org.onosproject.net.PortNumber;
import org.projectfloodlight.openflow.types.OFPort;

/**
 * Port numbers in both worlds (OpenFlow 1.3, section A.2.1).
 * <p>
 * OpenFlow has unsigned 32-bit numbers, the highest of which are reserved (IN_PORT, FLOOD, CONTROLLER ...). ONOS has
 * 64-bit numbers, with the reserved ones as -8 to -1.
 */
public final class PortNumbers {

    private static final long MAX_NUMBER = 0xffff_ffffL;
    private static final long FIRST_RESERVED = -8;

    private PortNumbers() {
    }

    /**
     * Encodes a port number.
     *
     * @param port the number
     * @return the same port in OpenFlow
     * @throws RuleEncodingException if OpenFlow has no such port: the number does not fit into 32 bits, or is one of
     *                               those that OpenFlow keeps for later
     */
    public static OFPort encode(PortNumber port) {
        long number = port.toLong();
        if (number > MAX_NUMBER || number < FIRST_RESERVED) {
            throw new RuleEncodingException("port " + Long.toUnsignedString(number),
                                            "an OpenFlow port number has 32 bits, at most " + MAX_NUMBER);
        }
        try {
            return OFPort.of((int) number);
        } catch (IllegalArgumentException e) {
            throw new RuleEncodingException("port " + Long.toUnsignedString(number), e.getMessage());
        }
    }

    /**
     * Decodes a port number.
     *
     * @param port the port in OpenFlow
     * @return the same port in ONOS, a logical one where OpenFlow reserves the number
     */
    public static PortNumber decode(OFPort port) {
        int number = port.getPortNumber();
        boolean reserved = number < 0 && number >= FIRST_RESERVED;
        return PortNumber.portNumber(reserved ? number : Integer.toUnsignedLong(number));
    }
}
