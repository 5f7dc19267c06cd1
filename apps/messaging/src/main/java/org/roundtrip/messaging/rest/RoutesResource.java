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
package org.roundtrip.messaging.rest;

import org.roundtrip.base.InvalidRequestException;
import org.roundtrip.base.NotFoundException;
import org.roundtrip.base.json.Json;
import org.roundtrip.messaging.MessagingStateService;
import org.roundtrip.messaging.RouteStatus;
import org.roundtrip.messaging.configuration.MessageRoute;
import org.roundtrip.messaging.configuration.MessagingConfiguration;
import org.roundtrip.messaging.configuration.RouteOrder;

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
import java.util.List;
import java.util.Map;

/**
 * The routes: how they are configured, and what they do.
 */
@Path("routes")
@Produces(MediaType.APPLICATION_JSON)
public final class RoutesResource extends MessagingResource {

    /**
     * Returns the routes.
     *
     * @return 200 with the YANG list {@code route}, ordered by where they begin and end
     */
    @GET
    public Response all() {
        List<RouteStatus> routes = state().routes();
        return answer(Map.of("route", routes), service().configuration());
    }

    /**
     * Returns a route.
     *
     * @param from where it begins
     * @param to   where it ends
     * @return 200 with the route; 404 if there is none
     */
    @GET
    @Path("{from}/{to}")
    public Response one(@PathParam("from") String from, @PathParam("to") String to) {
        return answer(existing(from, to), service().configuration());
    }

    /**
     * Makes sure that there is a route, and that it is as said here. Orders stay.
     *
     * @param from where it begins
     * @param to   where it ends
     * @param json the route, with the same ends or none
     * @param uri  the address of the route
     * @return 201 with the route if it is new, 200 with it if it was there; 400 if the configuration would not hold
     *         together, 412 if there is another version than {@code If-Match} says
     */
    @PUT
    @Path("{from}/{to}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response put(@PathParam("from") String from, @PathParam("to") String to, InputStream json,
                        @Context UriInfo uri) {
        MessageRoute route = Json.read(json, MessageRoute.class, Map.of("from", from, "to", to));
        requireSame("from", from, route.from());
        requireSame("to", to, route.to());
        boolean isNew = state().route(from, to).isEmpty();
        MessagingConfiguration changed = service().put(route, request());
        return isNew ? created(existing(from, to), changed, uri.getRequestUri()) : answer(existing(from, to), changed);
    }

    /**
     * Takes a route away.
     *
     * @param from where it begins
     * @param to   where it ends
     * @return 200 with the route as it was; 404 if there is none, 400 if messages would have no way, 412 if there is
     *         another version than {@code If-Match} says
     */
    @DELETE
    @Path("{from}/{to}")
    public Response remove(@PathParam("from") String from, @PathParam("to") String to) {
        RouteStatus removed = existing(from, to);
        return answer(removed, service().removeRoute(from, to, request()));
    }

    /**
     * Holds a route.
     *
     * @param from where it begins
     * @param to   where it ends
     * @return 200 with the route; 404 if there is none
     */
    @POST
    @Path("{from}/{to}/pause")
    public Response pause(@PathParam("from") String from, @PathParam("to") String to) {
        return answered(from, to, service().pause(from, to, true, request()));
    }

    /**
     * Lets a route go on.
     *
     * @param from where it begins
     * @param to   where it ends
     * @return 200 with the route; 404 if there is none
     */
    @POST
    @Path("{from}/{to}/resume")
    public Response resume(@PathParam("from") String from, @PathParam("to") String to) {
        return answered(from, to, service().pause(from, to, false, request()));
    }

    /**
     * Lets a route send again what it has sent.
     *
     * @param from where it begins
     * @param to   where it ends
     * @param json {@code since}: from when on
     * @return 200 with the route; 400 if the time is wrong, 404 if there is no such route
     */
    @POST
    @Path("{from}/{to}/rewind")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response rewind(@PathParam("from") String from, @PathParam("to") String to, InputStream json) {
        return move(from, to, RouteOrder.Move.REWIND, json);
    }

    /**
     * Lets a route leave out what it has not sent yet.
     *
     * @param from where it begins
     * @param to   where it ends
     * @param json {@code since}: from when on it sends again
     * @return 200 with the route; 400 if the time is wrong, 404 if there is no such route
     */
    @POST
    @Path("{from}/{to}/skip")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response skip(@PathParam("from") String from, @PathParam("to") String to, InputStream json) {
        return move(from, to, RouteOrder.Move.SKIP, json);
    }

    private Response move(String from, String to, RouteOrder.Move move, InputStream json) {
        RouteMove target = Json.read(json, RouteMove.class);
        return answered(from, to, service().order(from, to, move, target.since(), request()));
    }

    private Response answered(String from, String to, MessagingConfiguration configuration) {
        return answer(existing(from, to), configuration);
    }

    private RouteStatus existing(String from, String to) {
        return state().route(from, to).orElseThrow(() -> new NotFoundException(
                "from", "there is no route from '" + from + "' to '" + to + "'"));
    }

    private static void requireSame(String field, String address, String body) {
        if (!address.equals(body)) {
            throw new InvalidRequestException(field, "'" + body + "' is not what the address has, '" + address
                    + "': make them equal");
        }
    }

    private MessagingStateService state() {
        return get(MessagingStateService.class);
    }
}
