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

import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Numbers of the zones in which switches track connections. Bridges of one Open vSwitch process, or of one kernel,
 * share a tracker: so each switch has a zone of its own, wherever it runs.
 */
public final class ConnectionZones {

    /** The first one, since what else tracks connections on the same machine begins at 0. */
    static final int FIRST = 20_000;
    static final int LAST = 0xffff;

    private ConnectionZones() {
    }

    /**
     * Returns a zone that no switch has.
     *
     * @param taken the zones that switches have
     * @return the lowest that is free, or empty if there is none, as with 45,536 switches
     */
    public static OptionalInt free(Set<Integer> taken) {
        return IntStream.rangeClosed(FIRST, LAST).filter(zone -> !taken.contains(zone)).findFirst();
    }
}
