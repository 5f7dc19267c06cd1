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
import org.roundtrip.base.rest.PageRequest;
import org.roundtrip.base.rest.RestResource;
import org.roundtrip.clock.ClockPolicy;
import org.roundtrip.clock.ClockPolicyService;

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
 * Which clients may negotiate sessions with which servers.
 */
@Path("policies")
@Produces(MediaType.APPLICATION_JSON)
public final class PoliciesResource extends RestResource {

    /**
     * Returns the policies: all, or a page of them, as for sessions.
     *
     * @param uri the address with its query
     * @return 200 with the YANG list {@code clock-policy}, ordered by name; 400 if the query is wrong
     */
    @GET
    public Response policies(@Context UriInfo uri) {
        return answerPage("clock-policy", query(uri, PageRequest.class)
                .pageOf(service().policies().stream(), ClockPolicy::name), uri);
    }

    /**
     * Returns a policy.
     *
     * @param name its name
     * @return 200 with the policy; 404 if there is none
     */
    @GET
    @Path("{name}")
    public Response policy(@PathParam("name") String name) {
        return answer(service().policy(name).orElseThrow(
                () -> new NotFoundException("name", "there is no clock policy '" + name + "'")));
    }

    /**
     * Makes sure that there is a policy, and that it is as said here. Sessions that it does not allow any more end.
     *
     * @param name its name
     * @param json the policy, with the same name or none
     * @param uri  the address of the policy
     * @return 201 with the policy if it is new, 200 with the policy if it was there; 400 if it is wrong, 409 if another
     *         policy names one of the servers
     */
    @PUT
    @Path("{name}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response put(@PathParam("name") String name, InputStream json, @Context UriInfo uri) {
        ClockPolicy policy = Json.read(json, ClockPolicy.class, "name", name);
        requireSameName(name, policy.name());
        boolean isNew = service().policy(name).isEmpty();
        ClockPolicy put = service().put(policy);
        return isNew ? created(put, uri.getRequestUri()) : answer(put);
    }

    /**
     * Takes a policy away, and with it the sessions that it has allowed.
     *
     * @param name its name
     * @return 202 with the policy: its sessions are on their way out; 404 if there is none
     */
    @DELETE
    @Path("{name}")
    public Response remove(@PathParam("name") String name) {
        return answer(Response.Status.ACCEPTED, service().remove(name));
    }

    private ClockPolicyService service() {
        return get(ClockPolicyService.class);
    }
}
