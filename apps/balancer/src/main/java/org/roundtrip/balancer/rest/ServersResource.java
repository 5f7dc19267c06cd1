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
package org.roundtrip.balancer.rest;

import org.roundtrip.balancer.VirtualServer;
import org.roundtrip.balancer.VirtualServerInspectionService;
import org.roundtrip.balancer.VirtualServerRequest;
import org.roundtrip.balancer.VirtualServerService;
import org.roundtrip.base.NotFoundException;
import org.roundtrip.base.json.Json;
import org.roundtrip.base.rest.RestResource;

import javax.ws.rs.Consumes;
import javax.ws.rs.DELETE;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.PUT;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import javax.ws.rs.core.UriInfo;
import java.io.InputStream;

/**
 * Virtual servers. What a virtual server should be and how it fares are one document; putting it into the switches and
 * taking it out goes on after the answer, and its {@code status} tells how far it is.
 */
@Path("servers")
@Produces(MediaType.APPLICATION_JSON)
public final class ServersResource extends RestResource {

    /**
     * Returns the virtual servers: all, or those that the query selects. {@code state}, {@code vip}, {@code protocol},
     * {@code member} and {@code device} leave out what does not fit; {@code limit} asks for a page of so many, and
     * {@code after} for the page after the virtual server of that name.
     *
     * @param uri the address with its query
     * @return 200 with the YANG list {@code virtual-server}, ordered by name; if virtual servers follow that are not on
     *         the page, with the address of the next page as a link (RFC 8288); 400 if the query is wrong
     */
    @GET
    public Response servers(@Context UriInfo uri) {
        return answerPage("virtual-server", query(uri, ServerSelection.class).page(service().servers()), uri);
    }

    /**
     * Returns a virtual server.
     *
     * @param name its name
     * @return 200 with the virtual server; 404 if there is none
     */
    @GET
    @Path("{name}")
    public Response server(@PathParam("name") String name) {
        return answer(service().server(name).orElseThrow(
                () -> new NotFoundException("name", "there is no virtual server '" + name + "'")));
    }

    /**
     * Returns what a virtual server and its members have carried, and what was dropped and why.
     *
     * @param name its name
     * @return 200 with the counters; 404 if there is no such virtual server
     */
    @GET
    @Path("{name}/statistics")
    public Response statistics(@PathParam("name") String name) {
        return answer(get(VirtualServerInspectionService.class).statistics(name));
    }

    /**
     * Adds a virtual server.
     *
     * @param json what is asked for
     * @param uri  the address of the list
     * @return 201 with the virtual server and its address; 400 if the request is wrong, 409 if the name is in use or
     *         the request contradicts another virtual server or what the network knows
     */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response add(InputStream json, @Context UriInfo uri) {
        VirtualServerRequest request = Json.read(json, VirtualServerRequest.class);
        return created(service().add(request), uri.getRequestUriBuilder().path(request.name()).build());
    }

    /**
     * Makes sure that there is a virtual server, and that it is as asked for. Doing it again changes nothing; a virtual
     * server that was asked for differently is changed in its place.
     *
     * @param name its name
     * @param json what is asked for, with the same name or none
     * @param uri  the address of the virtual server
     * @return 201 with the virtual server if it is new, 200 with the virtual server if it was there; 400 if the request
     *         is wrong, 409 if the virtual server of that name has another virtual IP address or protocol, or as for
     *         {@link #add}
     */
    @PUT
    @Path("{name}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response put(@PathParam("name") String name, InputStream json, @Context UriInfo uri) {
        VirtualServerRequest request = Json.read(json, VirtualServerRequest.class, "name", name);
        requireSameName(name, request.name());
        boolean isNew = service().server(name).isEmpty();
        VirtualServer server = service().put(request);
        return isNew ? created(server, uri.getRequestUri()) : answer(server);
    }

    /**
     * Takes a virtual server away.
     *
     * @param name its name
     * @return 202 with the virtual server, which is gone once its rules are; 404 if there is none
     */
    @DELETE
    @Path("{name}")
    public Response remove(@PathParam("name") String name) {
        return answer(Response.Status.ACCEPTED, service().remove(name));
    }

    private VirtualServerService service() {
        return get(VirtualServerService.class);
    }
}
