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

import org.onlab.packet.MacAddress;

/**
 * The source MAC addresses that requests have between the load balancer and their member. They say for which virtual
 * server and in which slot a request is, and how many members it has been handed on to: so switches need no
 * encapsulation to tell each other, and the members' switches can tell requests of the load balancer from other traffic
 * to the same address.
 * <p>
 * An address is locally administered (IEEE 802-2014, section 8.4): 06, two octets of the virtual server's number, the
 * hop, 00, and the slot.
 */
public final class SlotMac {

    /** The hop of a request that comes from the load balancer. */
    static final int FIRST_HOP = 0;

    /** The hop of a request that no member of its slot knows, on its way back to the first one. */
    static final int LAST_HOP = 0xff;

    private static final int PREFIX = 0x06;
    private static final int GREATEST_NUMBER = 0xffff;

    private SlotMac() {
    }

    /**
     * Returns an address.
     *
     * @param number the number of the virtual server, 0 to 65535
     * @param hop    how many members the request has been handed on to, 0 to 255
     * @param slot   the slot, 0 to 255
     * @return the address
     */
    static MacAddress of(int number, int hop, int slot) {
        if (number < 0 || number > GREATEST_NUMBER || hop < 0 || hop > LAST_HOP || slot < 0
                || slot >= SlotTable.SLOTS) {
            throw new IllegalArgumentException("virtual server " + number + ", hop " + hop + ", slot " + slot);
        }
        return MacAddress.valueOf(new byte[]{PREFIX, (byte) (number >> 8), (byte) number, (byte) hop, 0, (byte) slot});
    }

    /**
     * Returns the address of any request of a virtual server, to be matched under {@link #anySlotMask}.
     *
     * @param number the number of the virtual server, 0 to 65535
     * @return the address
     */
    static MacAddress ofAnySlot(int number) {
        return of(number, FIRST_HOP, 0);
    }

    /**
     * Returns the mask under which only the virtual server tells addresses apart.
     *
     * @return the mask
     */
    static MacAddress anySlotMask() {
        return MacAddress.valueOf("ff:ff:ff:00:00:00");
    }
}
