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
import org.roundtrip.base.rest.RestResource;
import org.roundtrip.detection.DetectionAgent;
import org.roundtrip.detection.DetectionAgentRequest;
import org.roundtrip.detection.DetectionConfigurationService;
import org.roundtrip.detection.DetectionHistoryService;

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
 * The agents that may report. Their secrets are taken and never given: no answer has one.
 */
@Path("agents")
@Produces(MediaType.APPLICATION_JSON)
public final class AgentsResource extends RestResource {

    /**
     * Returns the agents: all, or those that the query selects. {@code state} and {@code device} leave out what does
     * not fit; {@code limit} and {@code after} are as for services.
     *
     * @param uri the address with its query
     * @return 200 with the YANG list {@code detection-agent}, ordered by name; 400 if the query is wrong
     */
    @GET
    public Response agents(@Context UriInfo uri) {
        return answerPage("detection-agent", query(uri, AgentSelection.class).page(service().agents()), uri);
    }

    /**
     * Returns an agent.
     *
     * @param name its name
     * @return 200 with the agent: where it sits, and how it fares; 404 if there is none
     */
    @GET
    @Path("{name}")
    public Response agent(@PathParam("name") String name) {
        return answer(existing(name));
    }

    /**
     * Returns what has happened to an agent lately.
     *
     * @param name its name
     * @return 200 with the YANG list {@code history}, the oldest change first; 404 if there is no such agent
     */
    @GET
    @Path("{name}/history")
    public Response history(@PathParam("name") String name) {
        existing(name);
        return answerList("history", get(DetectionHistoryService.class).changes(name));
    }

    /**
     * Makes sure that an agent may report, and that it is as said here. Doing it again changes nothing.
     *
     * @param name its name
     * @param json where it sits and its secret, with the same name or none
     * @param uri  the address of the agent
     * @return 201 with the agent if it is new, 200 with the agent if it was there, without its secret; 400 if the
     *         request is wrong, 409 if another agent has the switch
     */
    @PUT
    @Path("{name}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response put(@PathParam("name") String name, InputStream json, @Context UriInfo uri) {
        DetectionAgentRequest request = Json.read(json, DetectionAgentRequest.class, "name", name);
        requireSameName(name, request.name());
        boolean isNew = service().agent(name).isEmpty();
        DetectionAgent agent = service().putAgent(request);
        return isNew ? created(agent, uri.getRequestUri()) : answer(agent);
    }

    /**
     * Takes an agent away: its connection is closed, and nothing is known of its members.
     *
     * @param name its name
     * @return 200 with the agent as it was; 404 if there is none
     */
    @DELETE
    @Path("{name}")
    public Response remove(@PathParam("name") String name) {
        DetectionAgent removed = existing(name);
        service().removeAgent(name);
        return answer(removed);
    }

    private DetectionAgent existing(String name) {
        return service().agent(name).orElseThrow(
                () -> new NotFoundException("name", "there is no agent '" + name + "'"));
    }

    private DetectionConfigurationService service() {
        return get(DetectionConfigurationService.class);
    }
}
