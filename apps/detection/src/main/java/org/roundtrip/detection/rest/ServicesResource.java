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
import org.roundtrip.base.rest.RestResource;
import org.roundtrip.detection.Detection;
import org.roundtrip.detection.DetectionHistoryService;
import org.roundtrip.detection.DetectionService;

import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import javax.ws.rs.core.UriInfo;

/**
 * What is known of the members of services. Which services are probed is requested by the applications that run them,
 * not here. The name of a service has slashes, such as {@code balancer/web}, which stay slashes in an address.
 */
@Path("services")
@Produces(MediaType.APPLICATION_JSON)
public final class ServicesResource extends RestResource {

    /**
     * Returns the services: all, or those that the query selects. {@code profile}, {@code agent} and {@code state}
     * leave out what does not fit; {@code limit} asks for a page of so many, and {@code after} for the page after the
     * service of that name.
     *
     * @param uri the address with its query
     * @return 200 with the YANG list {@code detection}, ordered by name; if services follow that are not on the page,
     *         with the address of the next page as a link (RFC 8288); 400 if the query is wrong
     */
    @GET
    public Response services(@Context UriInfo uri) {
        return answerPage("detection", query(uri, ServiceSelection.class).page(service().detections()), uri);
    }

    /**
     * Returns a service.
     *
     * @param name its name
     * @return 200 with the service: what is probed, and what is known of each member; 404 if nobody has requested it
     */
    @GET
    @Path("{name: .+}")
    public Response service(@PathParam("name") String name) {
        return answer(existing(name));
    }

    /**
     * Returns what has happened to a member lately.
     *
     * @param name   the name of the service
     * @param member the id of the member, such as {@code 192.0.2.7:8080}
     * @return 200 with the YANG list {@code history}, the oldest change first; 404 if there is no such service or
     *         member
     */
    @GET
    @Path("{name: .+}/members/{member}/history")
    public Response history(@PathParam("name") String name, @PathParam("member") String member) {
        if (existing(name).members().stream().noneMatch(health -> health.member().equals(member))) {
            throw new NotFoundException("member", "the service '" + name + "' has no member '" + member + "'");
        }
        return answerList("history", get(DetectionHistoryService.class).changes(name + " " + member));
    }

    private Detection existing(String name) {
        return service().detection(name).orElseThrow(
                () -> new NotFoundException("service", "nobody has requested to probe a service '" + name + "'"));
    }

    private DetectionService service() {
        return get(DetectionService.class);
    }
}
