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
package org.roundtrip.clock.impl;

import org.onosproject.net.DeviceId;
import org.roundtrip.clock.compute.ClockSessionRecord;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The rules that sessions need in switches beside their te-paths: those that drop PTP of a pair outside its tunnel, and
 * those that hand the multicast of one clock to several tunnels.
 * <p>
 * All methods but {@link #droppedPackets} are called on one thread, that of the loop that keeps sessions, and must
 * not wait for switches.
 */
public interface SessionRules {

    /**
     * Says who wants to know when the {@linkplain #defect defect} of a session may have changed.
     *
     * @param changed takes the name of the session, on any thread, and does not block
     */
    void watch(Consumer<String> changed);

    /**
     * Returns whether a switch can look up a packet more than once, so that several sessions can have a copy of it.
     *
     * @param device a switch
     * @return true if its driver has the action that this takes; false also as long as ONOS does not know the switch
     */
    boolean canCopy(DeviceId device);

    /**
     * Brings the rules into the switches, and takes those away that no session needs any more.
     *
     * @param sessions all sessions by their names, also those that are being removed; must not be kept
     * @param changed  the names of those that are new, are different or are gone since the call before; all of them in
     *                 the first call, and when this node has just begun to lead. So the work need not be done for all
     *                 sessions when one has changed
     */
    void publish(Map<String, ClockSessionRecord> sessions, Set<String> changed);

    /**
     * Returns what is wrong with the rules of a session.
     *
     * @param session the name of the session
     * @return what a switch refuses or what it lacks, in words, or empty if the rules stand or are on their way
     */
    Optional<String> defect(String session);

    /**
     * Returns how many messages of the pair the rules have dropped. May ask the switches: called on the threads of
     * users.
     *
     * @param session the name of the session
     * @return packets, 0 or more, as they were last read, at most some seconds ago
     */
    long droppedPackets(String session);
}
