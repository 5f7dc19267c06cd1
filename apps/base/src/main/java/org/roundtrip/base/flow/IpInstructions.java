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
package org.roundtrip.base.flow;

import org.onlab.packet.IpAddress;
import org.onosproject.net.flow.instructions.Instruction;
import org.onosproject.net.flow.instructions.Instructions;

/**
 * What a rule can change in the header of an IP packet, in the words of its version. A rule that changes any of it must
 * match that version, see {@link IpCriteria#version}.
 */
public final class IpInstructions {

    private IpInstructions() {
    }

    /**
     * Makes an address the source of packets.
     *
     * @param address the address
     * @return the instruction
     */
    public static Instruction setSource(IpAddress address) {
        return address.isIp4() ? Instructions.modL3Src(address) : Instructions.modL3IPv6Src(address);
    }

    /**
     * Makes an address the destination of packets.
     *
     * @param address the address
     * @return the instruction
     */
    public static Instruction setDestination(IpAddress address) {
        return address.isIp4() ? Instructions.modL3Dst(address) : Instructions.modL3IPv6Dst(address);
    }
}
