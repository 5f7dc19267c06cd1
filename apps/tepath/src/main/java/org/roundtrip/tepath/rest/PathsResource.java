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
package org.roundtrip.tepath.rest;

import org.onosproject.core.ApplicationId;
import org.onosproject.core.CoreService;
import org.roundtrip.base.ConflictException;
import org.roundtrip.base.NotFoundException;
import org.roundtrip.base.json.Json;
import org.roundtrip.base.rest.RestResource;
import org.roundtrip.tepath.TePath;
import org.roundtrip.tepath.TePathRequest;
import org.roundtrip.tepath.TePathService;

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
 * Paths. What a path should be and how it fares are one document; putting it into the switches and taking it out goes
 * on after the answer, and its {@code status} tells how far it is.
 */
@Path("paths")
@Produces(MediaType.APPLICATION_JSON)
public final class PathsResource extends RestResource {

    private static final String OWNER = "org.roundtrip.tepath";

    /**
     * Returns the paths, whoever owns them: all, or those that the query selects. {@code state}, {@code owner} and
     * {@code device} leave out what does not fit; {@code limit} asks for a page of so many, and {@code after} for the
     * page after the path of that name.
     *
     * @param uri the address with its query
     * @return 200 with the YANG list {@code te-path}, ordered by name; if paths follow that are not on the page, with
     *         the address of the next page as a link (RFC 8288); 400 if the query is wrong
     */
    @GET
    public Response paths(@Context UriInfo uri) {
        return answerPage("te-path", query(uri, PathSelection.class).page(service().paths()), uri);
    }

    /**
     * Returns a path.
     *
     * @param name its name
     * @return 200 with the path; 404 if there is none
     */
    @GET
    @Path("{name}")
    public Response path(@PathParam("name") String name) {
        return answer(existing(name));
    }

    /**
     * Returns what a path has carried.
     *
     * @param name its name
     * @return 200 with the counters; 404 if there is no such path
     */
    @GET
    @Path("{name}/statistics")
    public Response statistics(@PathParam("name") String name) {
        return answer(service().statistics(name));
    }

    /**
     * Returns what last happened to a path.
     *
     * @param name its name
     * @return 200 with the YANG list {@code history}, the oldest change first; 404 if there is no such path
     */
    @GET
    @Path("{name}/history")
    public Response history(@PathParam("name") String name) {
        existing(name);
        return answerList("history", service().history(name));
    }

    /**
     * Adds a path.
     *
     * @param json what is asked for
     * @param uri  the address of the list
     * @return 201 with the path and its address; 400 if the request is wrong, 409 if the name or the traffic is another
     *         path's or there is no way
     */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response add(InputStream json, @Context UriInfo uri) {
        TePathRequest request = Json.read(json, TePathRequest.class);
        if (service().path(request.name()).isPresent()) {
            throw new ConflictException("name", "there is a path '" + request.name()
                    + "' already: choose another name, or remove that path first");
        }
        return created(service().request(owner(), request), uri.getRequestUriBuilder().path(request.name()).build());
    }

    /**
     * Makes sure that there is a path, and that it is as asked for. Doing it again changes nothing; a path that was
     * asked for differently is changed, make before break.
     *
     * @param name its name
     * @param json what is asked for, with the same name or none
     * @param uri  the address of the path
     * @return 201 with the path if it is new, 200 with the path if it was there; 400 if the request is wrong, 409 if
     *         there is a path of that name with other ends, another payload or another owner, or as for {@link #add}
     */
    @PUT
    @Path("{name}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response put(@PathParam("name") String name, InputStream json, @Context UriInfo uri) {
        TePathRequest request = Json.read(json, TePathRequest.class, "name", name);
        requireSameName(name, request.name());
        boolean isNew = service().path(name).isEmpty();
        TePath path = service().request(owner(), request);
        return isNew ? created(path, uri.getRequestUri()) : answer(path);
    }

    /**
     * Takes a path away.
     *
     * @param name its name
     * @return 202 with the path in the state {@code removing}: when it has left the switches, it is not found any more;
     *         404 if there is none, 409 if it belongs to another application
     */
    @DELETE
    @Path("{name}")
    public Response remove(@PathParam("name") String name) {
        return answer(Response.Status.ACCEPTED, service().remove(owner(), name));
    }

    /**
     * Looks for better ways for a path, and moves it there if there are.
     *
     * @param name its name
     * @return 202 with the path, whose reason says where it goes, or that it has the best ways already; 404 if there is
     *         none
     */
    @POST
    @Path("{name}/reoptimise")
    public Response reoptimise(@PathParam("name") String name) {
        return answer(Response.Status.ACCEPTED, service().reoptimise(name));
    }

    /**
     * Holds a path against the tables of the switches, and repairs what differs.
     *
     * @param name its name
     * @return 200 with what was found before the repair; 404 if there is no such path
     */
    @POST
    @Path("{name}/verify")
    public Response verify(@PathParam("name") String name) {
        return answer(service().verify(name));
    }

    private TePath existing(String name) {
        return service().path(name).orElseThrow(
                () -> new NotFoundException("name", "there is no path '" + name + "'"));
    }

    private TePathService service() {
        return get(TePathService.class);
    }

    private ApplicationId owner() {
        return get(CoreService.class).registerApplication(OWNER);
    }
}
