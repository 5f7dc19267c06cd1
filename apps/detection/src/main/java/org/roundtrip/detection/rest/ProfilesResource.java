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
package org.roundtrip.detection.rest;

import org.roundtrip.base.NotFoundException;
import org.roundtrip.base.json.Json;
import org.roundtrip.base.rest.PageRequest;
import org.roundtrip.base.rest.RestResource;
import org.roundtrip.detection.DetectionConfigurationService;
import org.roundtrip.detection.DetectionProfile;

import javax.ws.rs.Consumes;
import javax.ws.rs.DELETE;
import javax.ws.rs.GET;
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
 * How members are probed: the presets, and what was put.
 */
@Path("profiles")
@Produces(MediaType.APPLICATION_JSON)
public final class ProfilesResource extends RestResource {

    /**
     * Returns the profiles: all, or a page of them, as for services.
     *
     * @param uri the address with its query
     * @return 200 with the YANG list {@code detection-profile}, ordered by name; 400 if the query is wrong
     */
    @GET
    public Response profiles(@Context UriInfo uri) {
        return answerPage("detection-profile", query(uri, PageRequest.class)
                .pageOf(service().profiles().stream(), DetectionProfile::name), uri);
    }

    /**
     * Returns a profile.
     *
     * @param name its name
     * @return 200 with the profile; 404 if there is none
     */
    @GET
    @Path("{name}")
    public Response profile(@PathParam("name") String name) {
        return answer(existing(name));
    }

    /**
     * Makes sure that there is a profile, and that it is as said here. Members that are probed by it are probed anew.
     *
     * @param name its name
     * @param json the profile, with the same name or none
     * @param uri  the address of the profile
     * @return 201 with the profile if it is new, 200 with the profile if it was there; 400 if it is wrong, 409 if it is
     *         a preset
     */
    @PUT
    @Path("{name}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response put(@PathParam("name") String name, InputStream json, @Context UriInfo uri) {
        DetectionProfile profile = Json.read(json, DetectionProfile.class, "name", name);
        requireSameName(name, profile.name());
        boolean isNew = service().profile(name).isEmpty();
        service().putProfile(profile);
        return isNew ? created(profile, uri.getRequestUri()) : answer(profile);
    }

    /**
     * Takes a profile away.
     *
     * @param name its name
     * @return 200 with the profile as it was; 404 if there is none, 409 if it is a preset
     */
    @DELETE
    @Path("{name}")
    public Response remove(@PathParam("name") String name) {
        DetectionProfile removed = existing(name);
        service().removeProfile(name);
        return answer(removed);
    }

    private DetectionProfile existing(String name) {
        return service().profile(name).orElseThrow(
                () -> new NotFoundException("name", "there is no profile '" + name + "'"));
    }

    private DetectionConfigurationService service() {
        return get(DetectionConfigurationService.class);
    }
}
