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
package org.roundtrip.tepath;

import org.onosproject.core.ApplicationId;
import org.onosproject.event.ListenerService;
import org.onosproject.net.DeviceId;
import org.roundtrip.base.ConflictException;
import org.roundtrip.base.InvalidRequestException;
import org.roundtrip.base.NotFoundException;

import java.util.List;
import java.util.Optional;

/**
 * Co-routed bidirectional TE paths.
 * <p>
 * Requests wait for the durable store: never call {@link #request}, {@link #remove}, {@link #explain},
 * {@link #reoptimise}, {@link #verify} and {@link #statistics} from an ONOS event thread. The
 * others return at once. Thread-safe.
 */
public interface TePathService extends ListenerService<TePathEvent, TePathListener> {

    /**
     * Asks for a path. The way, its labels and its bandwidth are reserved when this returns, and so is its standby way
     * if it is to be protected; the switches follow, which {@link TePath#status} tells. Asking again for exactly the
     * same changes nothing. Asking differently changes the path, make before break: anything but its ends and its
     * payload.
     *
     * @param owner   the application that asks
     * @param request what it asks for
     * @return the path, {@link TePathState#INSTALLING} if it is new
     * @throws InvalidRequestException if the request names what does not exist or can't be: nothing is changed
     * @throws ConflictException       if the name is another application's, the path has other ends or another payload,
     *                                 the traffic is that of another path, or there is no way that fits: nothing is
     *                                 changed
     */
    TePath request(ApplicationId owner, TePathRequest request);

    /**
     * Takes a path away and gives back all that it has reserved.
     *
     * @param owner the application that asked for it
     * @param name  the name of the path
     * @return the path, {@link TePathState#REMOVING}
     * @throws NotFoundException if there is no such path
     * @throws ConflictException if it belongs to another application
     */
    TePath remove(ApplicationId owner, String name);

    /**
     * Says which ways a request would get now, or why it would get none. Nothing is set up or reserved.
     *
     * @param request what would be asked for; its traffic does not matter. If there is a path of its name with its
     *                ends, what that one holds counts as free
     * @return the explanation
     * @throws InvalidRequestException if the request names what does not exist or can't be
     */
    PathExplanation explain(TePathRequest request);

    /**
     * Looks for the best ways that a path could have now and moves it there, make before break, if they are better
     * than those that it has.
     *
     * @param name the name of the path
     * @return the path; its reason says where it goes, or that it has the best ways already
     * @throws NotFoundException if there is no such path
     */
    TePath reoptimise(String name);

    /**
     * Holds a path against the tables of the switches, and repairs what differs.
     *
     * @param name the name of the path
     * @return what was found before the repair
     * @throws NotFoundException if there is no such path
     */
    PathAudit verify(String name);

    /**
     * Returns what a path has carried.
     *
     * @param name the name of the path
     * @return the counters as they were last read from the switches, at most some seconds ago
     * @throws NotFoundException if there is no such path
     */
    PathStatistics statistics(String name);

    /**
     * Returns what last happened to a path.
     *
     * @param name the name of the path
     * @return the latest changes, the oldest first, or none if there is no such path
     */
    List<PathChange> history(String name);

    /**
     * Returns a path.
     *
     * @param name its name
     * @return the path, or empty
     */
    Optional<TePath> path(String name);

    /**
     * Returns all paths.
     *
     * @return the paths, ordered by name
     */
    List<TePath> paths();

    /**
     * Returns the links that can be taken both ways.
     *
     * @return each link once, ordered by the port at its beginning
     */
    List<TeLink> links();

    /**
     * Returns what the network configuration lets paths do with a switch.
     *
     * @param device a switch
     * @return its capability, which has all that was not configured as it is then, or empty if there is no such switch
     */
    Optional<TeCapability> capability(DeviceId device);
}
