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

import org.roundtrip.base.json.Json;
import org.roundtrip.base.rest.RestResource;
import org.roundtrip.tepath.TePathRequest;
import org.roundtrip.tepath.TePathService;

import javax.ws.rs.Consumes;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import java.io.InputStream;

/**
 * Why, or why not: what a request would get, without setting anything up.
 */
@Path("explain")
@Produces(MediaType.APPLICATION_JSON)
public final class ExplainResource extends RestResource {

    /** An explanation does not depend on the name, and so need not be given one. */
    private static final String ANY_NAME = "explain";

    /**
     * Explains a request.
     *
     * @param json what would be asked for, with a name or without
     * @return 200 with the explanation, also if there is no way; 400 if the request is wrong
     */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response explain(InputStream json) {
        return answer(get(TePathService.class).explain(Json.read(json, TePathRequest.class, "name", ANY_NAME)));
    }
}
