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
package org.roundtrip.clock.rest;

import org.roundtrip.base.rest.RestResource;
import org.roundtrip.clock.ClockSessionService;

import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import javax.ws.rs.core.UriInfo;

/**
 * The tunnel interfaces of all sessions: one at either end of each.
 */
@Path("tunnel-interfaces")
@Produces(MediaType.APPLICATION_JSON)
public final class TunnelInterfacesResource extends RestResource {

    /**
     * Returns the tunnel interfaces: all, or a page of them, as for sessions. {@code device} and {@code state} leave
     * out what does not fit.
     *
     * @param uri the address with its query
     * @return 200 with the YANG list {@code tunnel-interface}, ordered by id; 400 if the query is wrong
     */
    @GET
    public Response tunnelInterfaces(@Context UriInfo uri) {
        return answerPage("tunnel-interface", query(uri, TunnelInterfaceSelection.class)
                .page(get(ClockSessionService.class).sessions()), uri);
    }
}
