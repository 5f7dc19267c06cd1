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

import org.roundtrip.base.rest.PageRequest;
import org.roundtrip.base.rest.RestResource;
import org.roundtrip.clock.ClockPolicyService;

import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import javax.ws.rs.core.UriInfo;

/**
 * The clock servers that sessions or policies name.
 */
@Path("servers")
@Produces(MediaType.APPLICATION_JSON)
public final class ServersResource extends RestResource {

    /**
     * Returns the servers: all, or a page of them, as for sessions.
     *
     * @param uri the address with its query
     * @return 200 with the YANG list {@code clock-server}; 400 if the query is wrong
     */
    @GET
    public Response servers(@Context UriInfo uri) {
        return answerPage("clock-server", query(uri, PageRequest.class)
                .pageOf(get(ClockPolicyService.class).servers().stream(), server -> server.server().toString()), uri);
    }
}
