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

import org.roundtrip.balancer.ExplanationQuery;
import org.roundtrip.balancer.VirtualServerInspectionService;
import org.roundtrip.base.json.Json;
import org.roundtrip.base.rest.RestResource;

import javax.ws.rs.Consumes;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import java.io.InputStream;

/**
 * Answers where a connection goes, and why.
 */
@Path("explain")
@Produces(MediaType.APPLICATION_JSON)
public final class ExplainResource extends RestResource {

    /**
     * Explains a connection, which need not exist. Asks the switches, and changes nothing for the connection.
     *
     * @param json the connection
     * @return 200 with the explanation; 400 if the query is wrong or leaves open which virtual server is meant, 404 if
     *         the virtual IP address has no virtual server of that protocol and port
     */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response explain(InputStream json) {
        return answer(get(VirtualServerInspectionService.class).explain(Json.read(json, ExplanationQuery.class)));
    }
}
