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
package org.roundtrip.fabric.compute;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import org.onosproject.net.ConnectPoint;

import java.util.Set;

/**
 * The way from one set of flooding ports to another without a loop on the way.
 *
 * <p>Switches change one after the other. While they do, frames may cross whatever port is in the old set or the new
 * one, and two trees together are no tree. So the ports that are not in the new set are given up first, by all
 * switches, and only then the new ones are added: in each of the two steps the ports in use are a part of one tree.
 */
public final class BroadcastTransition {

    private BroadcastTransition() {
    }

    /**
     * Returns the next step towards a set of ports.
     *
     * @param inUse  ports that may be in use in some switch
     * @param target ports that should be
     * @return ports to be put in use next; the target itself when that makes no loop
     */
    public static Set<ConnectPoint> next(Set<ConnectPoint> inUse, Set<ConnectPoint> target) {
        return target.containsAll(inUse) ? target : ImmutableSet.copyOf(Sets.intersection(inUse, target));
    }
}
