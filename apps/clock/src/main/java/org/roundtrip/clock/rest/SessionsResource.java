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

import org.roundtrip.base.NotFoundException;
import org.roundtrip.base.json.Json;
import org.roundtrip.base.rest.RestResource;
import org.roundtrip.clock.ClockSession;
import org.roundtrip.clock.ClockSessionRequest;
import org.roundtrip.clock.ClockSessionService;
import org.roundtrip.clock.compute.Ptp4lConfiguration;

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
 * Clock sessions. What a session should be and how it fares are one document; putting a session into the switches and
 * taking it out goes on after the answer, and its {@code status} tells how far it is.
 */
@Path("sessions")
@Produces(MediaType.APPLICATION_JSON)
public final class SessionsResource extends RestResource {

    /**
     * Returns the sessions: all, or those that the query selects. {@code state}, {@code origin}, {@code policy},
     * {@code server}, {@code client}, {@code device} and {@code alarm} leave out what does not fit; {@code limit} asks
     * for a page of so many, and {@code after} for the page after the session of that name.
     *
     * @param uri the address with its query
     * @return 200 with the YANG list {@code clock-session}, ordered by name; if sessions follow that are not on the
     *         page, with the address of the next page as a link (RFC 8288); 400 if the query is wrong
     */
    @GET
    public Response sessions(@Context UriInfo uri) {
        return answerPage("clock-session", query(uri, SessionSelection.class).page(service().sessions()), uri);
    }

    /**
     * Returns a session.
     *
     * @param name its name
     * @return 200 with the session; 404 if there is none
     */
    @GET
    @Path("{name}")
    public Response session(@PathParam("name") String name) {
        return answer(existing(name));
    }

    /**
     * Returns what a session has carried, and what was kept out of it.
     *
     * @param name its name
     * @return 200 with the counters; 404 if there is no such session
     */
    @GET
    @Path("{name}/statistics")
    public Response statistics(@PathParam("name") String name) {
        return answer(service().statistics(name));
    }

    /**
     * Returns what last happened to a session.
     *
     * @param name its name
     * @return 200 with the YANG list {@code history}, the oldest change first; 404 if there is no such session
     */
    @GET
    @Path("{name}/history")
    public Response history(@PathParam("name") String name) {
        existing(name);
        return answerList("history", service().history(name));
    }

    /**
     * Holds the tunnel of a session against the tables of the switches, and repairs what differs.
     *
     * @param name its name
     * @return 200 with what was found before the repair; 404 if there is no such session, or it has no te-path
     */
    @POST
    @Path("{name}/verify")
    public Response verify(@PathParam("name") String name) {
        return answer(service().verify(name));
    }

    /**
     * Returns a configuration file of {@code ptp4l} for a clock of a session.
     *
     * @param name its name
     * @param uri  the address with its query: {@code role} is {@code server} or {@code client}
     * @return 200 with the file; 400 if the query is wrong, 404 if there is no such session, 409 if the client is to
     *         ask a server whose address is not known
     */
    @GET
    @Path("{name}/ptp4l")
    @Produces(MediaType.TEXT_PLAIN)
    public Response ptp4l(@PathParam("name") String name, @Context UriInfo uri) {
        return Response.ok(Ptp4lConfiguration.of(existing(name), query(uri, Ptp4lSelection.class).role(),
                                                 service().sessions()), MediaType.TEXT_PLAIN_TYPE).build();
    }

    /**
     * Adds a session.
     *
     * @param json what is asked for
     * @param uri  the address of the list
     * @return 201 with the session and its address; 400 if the request is wrong, 409 if the name or the traffic is
     *         another session's or there is no path
     */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response add(InputStream json, @Context UriInfo uri) {
        ClockSessionRequest request = Json.read(json, ClockSessionRequest.class);
        return created(service().add(request), uri.getRequestUriBuilder().path(request.name()).build());
    }

    /**
     * Makes sure that there is a session, and that it is as asked for. Doing it again changes nothing; a session that
     * was asked for differently is changed in its place.
     *
     * @param name its name
     * @param json what is asked for, with the same name or none
     * @param uri  the address of the session
     * @return 201 with the session if it is new, 200 with the session if it was there; 400 if the request is wrong, 409
     *         if the session of that name has other clocks, another transport or another delivery, or as for
     *         {@link #add}
     */
    @PUT
    @Path("{name}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response put(@PathParam("name") String name, InputStream json, @Context UriInfo uri) {
        ClockSessionRequest request = Json.read(json, ClockSessionRequest.class, "name", name);
        requireSameName(name, request.name());
        boolean isNew = service().session(name).isEmpty();
        ClockSession session = service().put(request);
        return isNew ? created(session, uri.getRequestUri()) : answer(session);
    }

    /**
     * Takes a session away.
     *
     * @param name its name
     * @return 202 with the session, which is gone once its path is; 404 if there is none
     */
    @DELETE
    @Path("{name}")
    public Response remove(@PathParam("name") String name) {
        return answer(Response.Status.ACCEPTED, service().remove(name));
    }

    private ClockSession existing(String name) {
        return service().session(name).orElseThrow(
                () -> new NotFoundException("name", "there is no clock session '" + name + "'"));
    }

    private ClockSessionService service() {
        return get(ClockSessionService.class);
    }
}
