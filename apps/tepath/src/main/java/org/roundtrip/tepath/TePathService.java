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
import org.roundtrip.base.ConflictException;
import org.roundtrip.base.InvalidRequestException;
import org.roundtrip.base.NotFoundException;

import java.util.List;
import java.util.Optional;

/**
 * Co-routed bidirectional TE paths.
 * <p>
 * Requests wait for the durable store: never call {@link #request} and {@link #remove} from an ONOS event thread. The
 * others return at once. Thread-safe.
 */
public interface TePathService extends ListenerService<TePathEvent, TePathListener> {

    /**
     * Asks for a path. The way, its labels and its bandwidth are reserved when this returns; the switches follow, which
     * {@link TePath#status} tells. Asking again for exactly the same changes nothing.
     *
     * @param owner   the application that asks
     * @param request what it asks for
     * @return the path, {@link TePathState#INSTALLING} if it is new
     * @throws InvalidRequestException if the request names what does not exist or can't be: nothing is changed
     * @throws ConflictException       if the name is in use for another request, the traffic is that of another path,
     *                                 or there is no way with the capabilities and the bandwidth that are there:
     *                                 nothing is changed
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
}
