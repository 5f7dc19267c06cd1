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
package org.roundtrip.clock.compute;

/**
 * Where the rules of clock sessions stand in the switches, beside those of their te-paths, which have the priorities
 * 42000 (labels) and 41000 (admission) in table 0.
 * <p>
 * All rules of one priority match different packets, or do the same. Cookies are those that ONOS makes from the
 * application and the match.
 *
 * <table>
 * <caption>From the first to the last</caption>
 * <tr><th>table</th><th>priority</th><th>matches</th><th>does</th></tr>
 * <tr><td>0</td><td>{@value #NEGOTIATION_PRIORITY}</td><td>general messages of unicast negotiation, at edge ports</td>
 *     <td>hands them to table {@value #SIGNALLING_TABLE}, or copies them to the controller</td></tr>
 * <tr><td>0</td><td>{@value #REPLICATION_PRIORITY}</td><td>multicast of a clock, at its port, with tunnel id 0</td>
 *     <td>looks a copy up again for each session, with the tunnel id of that session</td></tr>
 * <tr><td>0</td><td>{@value #GUARD_PRIORITY}</td><td>PTP of the pair of a strict session</td><td>drops it</td></tr>
 * <tr><td>0</td><td>{@value #SERVER_GUARD_PRIORITY}</td><td>PTP of a server that negotiates</td><td>drops it</td></tr>
 * <tr><td>{@value #SIGNALLING_TABLE}</td><td></td><td>general messages of unicast negotiation</td>
 *     <td>limits their rate, and sends them to the controller</td></tr>
 * </table>
 */
public final class Pipeline {

    /** The table where packets come in, and where te-paths take them. */
    public static final int TABLE = 0;

    /** The table of what clients say to servers. */
    public static final int SIGNALLING_TABLE = 20;

    /** The priority of rules that take part in unicast negotiation. */
    public static final int NEGOTIATION_PRIORITY = 43_000;

    /** The priority of rules that copy multicast, above the admission of te-paths, which takes the copies. */
    public static final int REPLICATION_PRIORITY = 41_500;

    /** The priority of rules that drop what the te-paths of a pair have not taken, just below their admission. */
    public static final int GUARD_PRIORITY = 40_500;

    /** The priority of rules that drop what nobody has taken of a server that negotiates. */
    public static final int SERVER_GUARD_PRIORITY = 40_400;

    /** The tunnel id of a packet to which no rule has given one. */
    public static final long NO_TUNNEL = 0;

    /**
     * The tunnel id of what a server says to a client once the controller has its copy, so that the rule that copied it
     * takes it once only. Only multicast goes by the tunnel ids of sessions.
     */
    public static final long COPIED = 1;

    private Pipeline() {
    }
}
