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

import java.util.List;

/**
 * What {@code ptp4l} of linuxptp 3.1.1 has sent in unicast negotiation, with a client of {@code unicast_req_duration}
 * 20, and messages of the same clocks that it does not send by itself, made up octet by octet.
 */
public final class Captures {

    private static final String CLIENT = "3a6706fffe1490fe0001";
    private static final String SERVER = "0eca7efffe8de7c60001";

    /** The client asks for Announce messages, and does not know the server yet. */
    public static final String REQUEST_ANNOUNCE = "0c020036000004000000000000000000000000003a6706fffe1490fe0001"
            + "0000057fffffffffffffffffffff00040006b00000000014";

    /** The server grants them. */
    public static final String GRANT_ANNOUNCE = "0c020038000004000000000000000000000000000eca7efffe8de7c60001"
            + "0000057f3a6706fffe1490fe000100050008b000000000140001";

    /** The client asks for Sync and Delay_Resp messages. */
    public static final String REQUEST_SYNC_AND_DELAY_RESP =
            "0c020040000004000000000000000000000000003a6706fffe1490fe0001"
                    + "0001057f0eca7efffe8de7c6000100040006000000000014000400069000" + "00000014";

    /** The server grants Delay_Resp messages. */
    public static final String GRANT_DELAY_RESP = "0c020038000004000000000000000000000000000eca7efffe8de7c60001"
            + "0002057f3a6706fffe1490fe0001000500089000000000140001";

    /** The client asks for Announce messages over IPv6, with two octets after the message. */
    public static final String REQUEST_OVER_IPV6 = "0c0200360000040000000000000000000000000072dc22fffed6e04b0001"
            + "0000057fffffffffffffffffffff00040006b000000000140000";

    /** The client ends Sync messages. */
    public static final String CANCEL_SYNC = "0c020032000004000000000000000000000000003a6706fffe1490fe0001"
            + "0003057f0eca7efffe8de7c60001000600020000";

    /** The server acknowledges it. */
    public static final String ACKNOWLEDGE_SYNC = "0c020032000004000000000000000000000000000eca7efffe8de7c60001"
            + "0003057f3a6706fffe1490fe0001000700020000";

    /** All that have nothing after the message. */
    static final List<String> MESSAGES = List.of(REQUEST_ANNOUNCE, GRANT_ANNOUNCE, REQUEST_SYNC_AND_DELAY_RESP,
                                                 GRANT_DELAY_RESP, CANCEL_SYNC, ACKNOWLEDGE_SYNC);

    private Captures() {
    }

    /**
     * Returns the port of the client.
     *
     * @return its identity
     */
    public static PortIdentity client() {
        return identity(CLIENT);
    }

    /**
     * Returns the port of the server.
     *
     * @return its identity
     */
    public static PortIdentity server() {
        return identity(SERVER);
    }

    private static PortIdentity identity(String octets) {
        return PortIdentity.of(ClockIdentity.of(Long.parseUnsignedLong(octets.substring(0, 16), 16)),
                               Integer.parseInt(octets.substring(16), 16));
    }

    static byte[] octets(String hexadecimal) {
        return Octets.valueOf(hexadecimal).toByteArray();
    }
}
