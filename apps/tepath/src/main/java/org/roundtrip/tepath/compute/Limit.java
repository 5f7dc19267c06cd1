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
package org.roundtrip.tepath.compute;

import org.onosproject.net.ConnectPoint;

import java.util.List;
import java.util.Optional;

/** Something that limits the ways of a request, and that could be relaxed on its own. */
interface Limit {

    /** Returns the field of the request that it comes from; empty if it is the network that sets it. */
    String field();

    /** Returns whether it limits anything in a trial. */
    boolean isSet(Trial trial);

    /** Returns what it does in a trial that it is set in. */
    String detail(Trial trial);

    /** Returns the links that it takes away: the port at one end of each, ordered; none for a bound. */
    List<ConnectPoint> removedLinks(Trial trial);

    /** Returns the trial without this limit. */
    Trial lifted(Trial trial);

    /**
     * Looks for the nearest change of this limit that lets a trial through.
     *
     * @param trial a trial that does not get through
     * @return the change, or empty if the trial would not get through without this limit either
     */
    Optional<Relaxation> relax(Trial trial);
}
