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
package org.roundtrip.balancer;

import org.onosproject.event.ListenerService;
import org.roundtrip.base.ConflictException;
import org.roundtrip.base.InvalidRequestException;
import org.roundtrip.base.NotFoundException;
import org.roundtrip.base.UnavailableException;

import java.util.List;
import java.util.Optional;

/**
 * Virtual servers. They are durable: they come back after the controller has died.
 * <p>
 * Requests wait for the durable store: never call {@link #add}, {@link #put}, {@link #changeMembers} and
 * {@link #remove} from an ONOS event thread. The others return at once. Thread-safe.
 */
public interface VirtualServerService extends ListenerService<VirtualServerEvent, VirtualServerListener> {

    /**
     * Adds a virtual server. The switches follow, which {@link VirtualServer#status} tells.
     *
     * @param request what is asked for
     * @return the virtual server
     * @throws InvalidRequestException if the request can't be: nothing is changed
     * @throws ConflictException       if the name is in use, or the request contradicts another virtual server or what
     *                                 the network knows: nothing is changed
     * @throws UnavailableException    if another node of the cluster leads
     */
    VirtualServer add(VirtualServerRequest request);

    /**
     * Makes sure that there is a virtual server, and that it is as asked for: adds it, or changes the one of that name
     * in its place. Does nothing if it was asked for in exactly this way before. Connections of members that are no
     * longer asked for go on until the drain time ends. Its virtual IP address and its protocol can't be changed.
     *
     * @param request what is asked for
     * @return the virtual server
     * @throws InvalidRequestException as {@link #add} does
     * @throws ConflictException       as {@link #add} does, also if the virtual server of that name has another virtual
     *                                 IP address or protocol, or is being removed
     * @throws UnavailableException    if another node of the cluster leads
     */
    VirtualServer put(VirtualServerRequest request);

    /**
     * Changes members, all or none.
     *
     * @param name    the name of the virtual server
     * @param changes what is to be changed, no member twice
     * @return the virtual server
     * @throws InvalidRequestException if the virtual server can't have these members, or a member is named twice:
     *                                 nothing is changed
     * @throws NotFoundException       if there is no such virtual server, or no such member to take out: nothing is
     *                                 changed
     * @throws ConflictException       as {@link #put} does
     * @throws UnavailableException    if another node of the cluster leads
     */
    VirtualServer changeMembers(String name, List<MemberChange> changes);

    /**
     * Takes a virtual server away. Its connections end: nothing answers for the virtual IP address any more, unless
     * another virtual server has it too.
     *
     * @param name the name of the virtual server
     * @return the virtual server, {@link VirtualServerState#REMOVING}
     * @throws NotFoundException    if there is no such virtual server
     * @throws UnavailableException if another node of the cluster leads
     */
    VirtualServer remove(String name);

    /**
     * Returns a virtual server.
     *
     * @param name its name
     * @return the virtual server, or empty
     */
    Optional<VirtualServer> server(String name);

    /**
     * Returns all virtual servers.
     *
     * @return the virtual servers, ordered by name
     */
    List<VirtualServer> servers();
}
