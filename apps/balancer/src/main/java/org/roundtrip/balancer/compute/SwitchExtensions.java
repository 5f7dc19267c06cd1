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
package org.roundtrip.balancer.compute;

import org.onosproject.net.flow.criteria.Criterion;
import org.onosproject.net.flow.instructions.Instruction;

/**
 * What one switch can do beyond OpenFlow 1.3: the extensions of Open vSwitch, as its driver offers them.
 */
public interface SwitchExtensions {

    /**
     * Shows a packet to the tracker of connections. The packet goes on as it is, behind this instruction: what is known
     * of its connection can't be matched, and the switch need not begin anew with it.
     *
     * @param zone the zone whose connections are meant, 1 to 65535
     * @return the instruction
     */
    Instruction track(int zone);

    /**
     * Looks a packet up in the tracked connections and goes on in another table.
     *
     * @param zone  the zone whose connections are meant, 1 to 65535
     * @param table where to go on
     * @return the instruction
     */
    Instruction track(int zone, int table);

    /**
     * Remembers the connection of a packet.
     *
     * @param zone the zone, 1 to 65535
     * @param mark what later packets of the connection are marked with
     * @return the instruction
     */
    Instruction commit(int zone, long mark);

    /**
     * Looks a packet up in another table, as it is now, and goes on behind this instruction.
     *
     * @param table the table
     * @return the instruction
     */
    Instruction resubmit(int table);

    /**
     * Lets a packet leave by the port where it came in, which a switch would refuse.
     *
     * @return the instruction
     */
    Instruction forgetInPort();

    /**
     * Moves the last bits of a field to the last bits of another one.
     *
     * @param source      where they are
     * @param destination where they go; its other bits stay
     * @param bits        how many
     * @return the instruction
     */
    default Instruction move(PacketField source, PacketField destination, int bits) {
        return move(source, 0, destination, 0, bits);
    }

    /**
     * Moves bits of a field to bits of another one.
     *
     * @param source         where they are
     * @param sourceBit      the first one there, counted from the last bit of the field, which is 0
     * @param destination    where they go; its other bits stay
     * @param destinationBit the first one there
     * @param bits           how many
     * @return the instruction
     */
    Instruction move(PacketField source, int sourceBit, PacketField destination, int destinationBit, int bits);

    /**
     * Matches packets of a connection that was remembered.
     *
     * @param mark the mark with which it was
     * @return the criterion
     */
    Criterion matchMark(long mark);
}
