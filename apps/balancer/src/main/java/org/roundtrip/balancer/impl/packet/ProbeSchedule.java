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
package org.roundtrip.balancer.impl.packet;

import org.onlab.packet.IpAddress;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Says when to ask again for addresses that nobody has answered for: at once, then after a pause that doubles. Used on
 * one thread.
 */
final class ProbeSchedule {

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final Map<IpAddress, Turn> turns = new HashMap<>();

    private static final class Turn {
        private final Duration time;
        private final Duration pause;

        Turn(Duration time, Duration pause) {
            this.time = time;
            this.pause = pause;
        }

        Turn next(Duration now) {
            Duration doubled = pause.multipliedBy(2);
            return new Turn(now.plus(pause), doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled);
        }
    }

    /**
     * Returns who is to be asked for now. What is not missed any more is forgotten, and begins anew when it is missed
     * again.
     *
     * @param missed all addresses that nobody has answered for
     * @param now    the time that has elapsed since any moment
     * @return those whose turn it is, ordered
     */
    Set<IpAddress> due(Set<IpAddress> missed, Duration now) {
        turns.keySet().retainAll(missed);
        Set<IpAddress> due = new TreeSet<>();
        for (IpAddress address : missed) {
            Turn turn = turns.getOrDefault(address, new Turn(now, FIRST_PAUSE));
            if (turn.time.compareTo(now) <= 0) {
                due.add(address);
                turns.put(address, turn.next(now));
            }
        }
        return due;
    }
}
