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

import org.roundtrip.base.rest.RestResource;
import org.roundtrip.tepath.TePathService;

import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;

/**
 * Links, as paths see them. What is configured of them is in the network configuration of ONOS.
 */
@Path("links")
@Produces(MediaType.APPLICATION_JSON)
public final class LinksResource extends RestResource {

    /**
     * Returns all links that can be taken both ways.
     *
     * @return 200 with the YANG list {@code te-link}
     */
    @GET
    public Response links() {
        return answerList("te-link", get(TePathService.class).links());
    }
}
