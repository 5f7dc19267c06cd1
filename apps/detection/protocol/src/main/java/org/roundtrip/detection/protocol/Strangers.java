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
package org.roundtrip.detection.protocol;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts those who are connected and have not proved who they are. Thread-safe.
 */
final class Strangers {

    private final int mostPerAddress;
    private final int most;
    /** Guarded by this. */
    private final Map<InetAddress, Integer> counts = new HashMap<>();
    /** Guarded by this. */
    private int all;

    /**
     * Begins with nobody.
     *
     * @param mostPerAddress how many may come from one address
     * @param most           how many there may be
     */
    Strangers(int mostPerAddress, int most) {
        this.mostPerAddress = mostPerAddress;
        this.most = most;
    }

    /**
     * Lets one more in, if there is room. Who is let in must {@link #leave} once.
     *
     * @param address from where
     * @return true if it may come in
     */
    synchronized boolean enter(InetAddress address) {
        if (all >= most || counts.getOrDefault(address, 0) >= mostPerAddress) {
            return false;
        }
        counts.merge(address, 1, Integer::sum);
        all++;
        return true;
    }

    /**
     * Is told of one who has left, or has proved who it is.
     *
     * @param address from where it came
     */
    synchronized void leave(InetAddress address) {
        counts.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
        all--;
    }
}
