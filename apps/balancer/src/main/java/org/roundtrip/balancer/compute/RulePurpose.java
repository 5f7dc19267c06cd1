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

import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.IndexTableId;
import org.roundtrip.balancer.DropReason;

import java.util.Arrays;
import java.util.Optional;

/**
 * What a rule of a virtual server is for. Each purpose has a table and a priority of its own, so that a rule in a
 * switch tells what it is for.
 */
public enum RulePurpose {

    /** A member's ARP or ND that announces the VIP, which only the load balancer does. */
    ANNOUNCEMENT(Pipeline.CLASSIFICATION, 42_200, "drop what announces the VIP", DropReason.FOREIGN_CLAIM),
    /** A member asks for a neighbour and gives the VIP as its own address. */
    MEMBER_QUESTION(Pipeline.CLASSIFICATION, 42_100, "let the member ask in the name of its own address"),
    /** ARP or ND that claims the VIP. */
    CLAIM(Pipeline.CLASSIFICATION, 42_000, "drop what claims the VIP", DropReason.FOREIGN_CLAIM),
    /** Someone asks by ARP or ND who has the VIP. */
    QUESTION(Pipeline.CLASSIFICATION, 41_500, "answer that the load balancer has the VIP"),
    /** A member's reply, which arrives from it. */
    REPLY(Pipeline.CLASSIFICATION, 41_000, "make the source of the reply the virtual server's, and track it"),
    /** Anything else that arrives from the VIP. */
    SOURCE(Pipeline.CLASSIFICATION, 40_500, "ask whether the VIP may come from there"),
    /** A request of a slot, at the member's switch. */
    RESTORATION(Pipeline.CLASSIFICATION, 40_100, "make the destination the VIP again, and look the connection up"),
    /** A request, at the access switch. */
    REQUEST(Pipeline.CLASSIFICATION, 40_000, "choose the slot of the connection"),
    /** An echo request, at the member's switch. */
    ECHO_RESTORATION(Pipeline.CLASSIFICATION, 39_600, "make the destination the VIP again, and deliver"),
    /** An ICMP error, at a member's switch. */
    ERROR_RESTORATION(Pipeline.CLASSIFICATION, 39_500,
                      "make the destination the VIP again, and look up the connection that the error is about"),
    /** An echo request, at the access switch. */
    ECHO(Pipeline.CLASSIFICATION, 39_400, "send the echo request to a member"),
    /** An echo request while nobody can answer it. */
    ECHO_TO_NOBODY(Pipeline.CLASSIFICATION, 39_350, "drop the echo request: no member serves", DropReason.NO_MEMBER),
    /** An ICMP error, at the access switch. */
    ERROR(Pipeline.CLASSIFICATION, 39_300, "send the error to each switch that has members"),
    /** A fragment of a request that does not say to which port it goes. */
    LATER_FRAGMENT(Pipeline.CLASSIFICATION, 39_200, "drop a later fragment", DropReason.LATER_FRAGMENT),
    /** Anything else to the VIP, at the access switch. */
    NOT_SERVED(Pipeline.CLASSIFICATION, 39_000, "drop what is for no virtual server", DropReason.PORT_NOT_SERVED),
    /** A frame to the VIP, at any other switch. */
    ANYCAST(Pipeline.CLASSIFICATION, 38_000, "forward towards the nearest access switch"),
    /** A frame to the VIP, at a switch from where no access switch can be reached. */
    NO_ACCESS(Pipeline.CLASSIFICATION, 37_900, "drop: no access switch can be reached",
              DropReason.NO_ACCESS_SWITCH),

    /** A request of which one half of its slot is looked for. */
    SLOT_HALF(Pipeline.SLOT_HALVES, Pipeline.MATCH_PRIORITY, "find half of the slot"),
    /** A request of a slot that somebody has. */
    SLOT(Pipeline.SLOTS, Pipeline.MATCH_PRIORITY, "send the request to the member of its slot"),
    /** A request of a slot that nobody has. */
    NO_MEMBER(Pipeline.SLOTS, Pipeline.DEFAULT_PRIORITY, "drop: no member has the slot", DropReason.NO_MEMBER),

    /** A packet of the controller that asks whose its connection is. */
    PIN_PROBE(Pipeline.CONNECTIONS, 200, "tell the controller whose the connection is"),
    /** A request of a connection that the switch knows. */
    KNOWN(Pipeline.CONNECTIONS, Pipeline.MATCH_PRIORITY, "deliver to the member that has the connection"),
    /** An ICMP error about a connection that the switch knows. */
    KNOWN_ERROR(Pipeline.CONNECTIONS, 90, "deliver the error to the member that has the connection"),
    /** An ICMP error about a connection that the switch knows and whose port was translated. */
    TRANSLATED_ERROR(Pipeline.CONNECTIONS, 80, "let the controller translate the port that the error quotes"),
    /** A request of a connection that the switch does not know. */
    UNKNOWN(Pipeline.CONNECTIONS, Pipeline.DEFAULT_PRIORITY, "ask who had the slot before"),

    /** A request of an unknown connection whose slot has had other members. */
    HAND_OVER(Pipeline.HAND_OVER, Pipeline.MATCH_PRIORITY, "hand the request on to another member of its slot"),
    /** A request of an unknown connection whose slot is nobody's any more. */
    NO_SUCCESSOR(Pipeline.HAND_OVER, 90, "drop: no member takes new connections", DropReason.NO_MEMBER),
    /** A request of a connection that nobody knows. */
    NOBODY_KNOWS(Pipeline.HAND_OVER, Pipeline.DEFAULT_PRIORITY, "take the connection for a new one"),

    /** A new connection. */
    NEW(Pipeline.NEW_CONNECTIONS, Pipeline.MATCH_PRIORITY, "remember the connection, and deliver to the member"),

    /** A member's ICMP error about a request whose port was translated. */
    MEMBER_ERROR(Pipeline.SOURCES, 120, "let the controller translate the port that the error quotes"),
    /** Anything else that a member sends from the VIP. */
    MEMBER_SOURCE(Pipeline.SOURCES, 110, "let it pass: the member may use the VIP"),
    /** What comes from another switch, which has asked already. */
    LINK_SOURCE(Pipeline.SOURCES, Pipeline.MATCH_PRIORITY, "let it pass: another switch has"),
    /** What comes from anywhere else. */
    SPOOFED_SOURCE(Pipeline.SOURCES, Pipeline.DEFAULT_PRIORITY, "drop: only members may use the VIP",
                   DropReason.SPOOFED_SOURCE);

    private final int table;
    private final int priority;
    private final String words;
    private final Optional<DropReason> dropReason;

    RulePurpose(int table, int priority, String words) {
        this(table, priority, words, Optional.empty());
    }

    RulePurpose(int table, int priority, String words, DropReason dropReason) {
        this(table, priority, words, Optional.of(dropReason));
    }

    RulePurpose(int table, int priority, String words, Optional<DropReason> dropReason) {
        this.table = table;
        this.priority = priority;
        this.words = words;
        this.dropReason = dropReason;
    }

    /**
     * Returns what a rule is for.
     *
     * @param rule a rule of a virtual server
     * @return its purpose
     * @throws IllegalArgumentException if it is no rule of a virtual server
     */
    public static RulePurpose of(FlowRule rule) {
        return Arrays.stream(values())
                .filter(purpose -> purpose.priority == rule.priority()
                        && rule.table().equals(IndexTableId.of(purpose.table)))
                .findFirst().orElseThrow(() -> new IllegalArgumentException(rule.toString()));
    }

    /**
     * Returns in which table such rules are.
     *
     * @return its number
     */
    public int table() {
        return table;
    }

    /**
     * Returns which priority such rules have there.
     *
     * @return the priority, 1 to 65535
     */
    public int priority() {
        return priority;
    }

    /**
     * Returns what such rules do.
     *
     * @return words that a user understands
     */
    public String words() {
        return words;
    }

    /**
     * Returns why such rules drop packets.
     *
     * @return the reason, or empty if they do not drop
     */
    public Optional<DropReason> dropReason() {
        return dropReason;
    }
}
