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
import org.roundtrip.base.rest.PageRequest;
import org.roundtrip.base.rest.RestResource;
import org.roundtrip.messaging.MessagingStateService;
import org.roundtrip.messaging.ProxyStatus;
import org.roundtrip.messaging.configuration.ProxyReport;

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
 * The proxies, and what they tell.
 */
@Path("proxies")
@Produces(MediaType.APPLICATION_JSON)
public final class ProxiesResource extends RestResource {

    /**
     * Returns the proxies: all, or a page of them.
     *
     * @param uri the address with its query
     * @return 200 with the YANG list {@code proxy}, ordered by name; 400 if the query is wrong
     */
    @GET
    public Response all(@Context UriInfo uri) {
        return answerPage("proxy", query(uri, PageRequest.class)
                .pageOf(service().proxies().stream(), proxy -> proxy.report().name()), uri);
    }

    /**
     * Returns a proxy.
     *
     * @param name its name
     * @return 200 with the proxy; 404 if it has never told
     */
    @GET
    @Path("{name}")
    public Response one(@PathParam("name") String name) {
        return answer(existing(name));
    }

    /**
     * Takes the report of a proxy.
     *
     * @param name its name
     * @param json the report, with the same name or none
     * @return 200 with what is known of it now; 400 if the report is wrong, 409 if there are too many proxies, 503 if
     *         another node leads
     */
    @PUT
    @Path("{name}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response report(@PathParam("name") String name, InputStream json) {
        ProxyReport report = Json.read(json, ProxyReport.class, "name", name);
        requireSameName(name, report.name());
        return answer(service().report(report));
    }

    /**
     * Forgets a proxy, which comes back when it tells again.
     *
     * @param name its name
     * @return 200 with the proxy as it was; 404 if it has never told
     */
    @DELETE
    @Path("{name}")
    public Response forget(@PathParam("name") String name) {
        ProxyStatus forgotten = existing(name);
        service().forget(name);
        return answer(forgotten);
    }

    private ProxyStatus existing(String name) {
        return service().proxy(name).orElseThrow(
                () -> new NotFoundException("name", "no proxy '" + name + "' has ever told of itself"));
    }

    private MessagingStateService service() {
        return get(MessagingStateService.class);
    }
}
