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

import org.roundtrip.base.NotFoundException;
import org.roundtrip.base.json.Json;
import org.roundtrip.messaging.configuration.DataCentre;
import org.roundtrip.messaging.configuration.MessagingConfiguration;

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
import java.util.Map;
import java.util.Optional;

/**
 * The data centres of the configuration.
 */
@Path("data-centres")
@Produces(MediaType.APPLICATION_JSON)
public final class DataCentresResource extends MessagingResource {

    /**
     * Returns the data centres.
     *
     * @return 200 with the YANG list {@code data-centres}
     */
    @GET
    public Response all() {
        MessagingConfiguration present = service().configuration();
        return answer(Map.of("data-centres", present.dataCentres()), present);
    }

    /**
     * Returns a data centre.
     *
     * @param name its name
     * @return 200 with it; 404 if there is none
     */
    @GET
    @Path("{name}")
    public Response one(@PathParam("name") String name) {
        MessagingConfiguration present = service().configuration();
        return answer(existing(present, name), present);
    }

    /**
     * Makes sure that there is a data centre, and that it is as said here.
     *
     * @param name its name
     * @param json what it should be, with the same name or none
     * @param uri  its address
     * @return 201 with it if it is new, 200 with it if it was there; 400 if the configuration would not hold together,
     *         412 if there is another version than {@code If-Match} says
     */
    @PUT
    @Path("{name}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response put(@PathParam("name") String name, InputStream json, @Context UriInfo uri) {
        DataCentre item = Json.read(json, DataCentre.class, "name", name);
        requireSameName(name, item.name());
        boolean isNew = find(service().configuration(), name).isEmpty();
        MessagingConfiguration changed = service().put(item, request());
        return isNew ? created(item, changed, uri.getRequestUri()) : answer(item, changed);
    }

    /**
     * Takes a data centre away.
     *
     * @param name its name
     * @return 200 with it as it was; 404 if there is none, 400 if something needs it, 412 if there is another version
     *         than {@code If-Match} says
     */
    @DELETE
    @Path("{name}")
    public Response remove(@PathParam("name") String name) {
        DataCentre removed = existing(service().configuration(), name);
        return answer(removed, service().removeDataCentre(name, request()));
    }

    private static DataCentre existing(MessagingConfiguration configuration, String name) {
        return find(configuration, name).orElseThrow(
                () -> new NotFoundException("name", "there is no data centre '" + name + "'"));
    }

    private static Optional<DataCentre> find(MessagingConfiguration configuration, String name) {
        return configuration.dataCentres().stream().filter(item -> item.name().equals(name)).findFirst();
    }
}
