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
import org.roundtrip.messaging.configuration.MessagingConfiguration;

import javax.ws.rs.Consumes;
import javax.ws.rs.GET;
import javax.ws.rs.PUT;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.container.AsyncResponse;
import javax.ws.rs.container.Suspended;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.HttpHeaders;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import javax.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The configuration as a whole, and what it was.
 */
@Path("configuration")
@Produces(MediaType.APPLICATION_JSON)
public final class ConfigurationResource extends MessagingResource {

    /**
     * Returns the configuration. Who has it already and says so ({@code If-None-Match}) is told when there is another
     * one, after waiting for it if he prefers that ({@code Prefer: wait=30}, at most 60 seconds).
     *
     * @param headers  of the request
     * @param response 200 with the configuration and its version as entity tag; 304 if it has not changed; 503 if too
     *                 many wait
     */
    @GET
    public void configuration(@Context HttpHeaders headers, @Suspended AsyncResponse response) {
        MessagingConfiguration present = service().configuration();
        Optional<Long> known = VersionHeaders.noneMatch(headers).filter(version -> version == present.version());
        Optional<Duration> patience = VersionHeaders.patience(headers);
        if (known.isEmpty()) {
            response.resume(answer(present, present));
        } else if (patience.isEmpty()) {
            response.resume(notModified(present.version()));
        } else {
            await(present.version(), patience.get(), response);
        }
    }

    private void await(long version, Duration patience, AsyncResponse response) {
        CompletableFuture<MessagingConfiguration> other = service().otherThan(version);
        response.setTimeoutHandler(late -> {
            late.resume(notModified(version));
            other.cancel(false);
        });
        response.setTimeout(patience.toMillis(), TimeUnit.MILLISECONDS);
        // Not on the thread that has made the change: a client may be slow to read.
        other.whenCompleteAsync((configuration, failure) -> {
            if (failure == null) {
                response.resume(answer(configuration, configuration));
            } else if (!other.isCancelled()) {
                response.resume(failure);
            }
        });
    }

    private static Response notModified(long version) {
        return Response.notModified().header(HttpHeaders.ETAG, VersionHeaders.tag(version)).build();
    }

    /**
     * Puts a configuration in the place of the present one, whose version it must have.
     *
     * @param json the configuration
     * @return 200 with the configuration; 400 if it does not hold together, 412 if there is another version by now
     */
    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    public Response put(InputStream json) {
        MessagingConfiguration changed = service().replace(Json.read(json, MessagingConfiguration.class), request());
        return answer(changed, changed);
    }

    /**
     * Returns who has changed what.
     *
     * @return 200 with the YANG list {@code configuration-version}, the oldest first
     */
    @GET
    @Path("versions")
    public Response versions() {
        return answerList("configuration-version", service().versions());
    }

    /**
     * Returns a configuration of the past.
     *
     * @param version which version
     * @return 200 with the configuration; 404 if it is not kept
     */
    @GET
    @Path("versions/{version: [0-9]{1,18}}")
    public Response version(@PathParam("version") long version) {
        MessagingConfiguration old = service().configuration(version).orElseThrow(
                () -> new NotFoundException("version", "there is no version " + version));
        return answer(old, old);
    }

    /**
     * Compares two versions: {@code from} and {@code to} name them.
     *
     * @param uri the address with its query
     * @return 200 with the YANG list {@code change}; 400 if the query is wrong, 404 if a version is not kept
     */
    @GET
    @Path("differences")
    public Response differences(@Context UriInfo uri) {
        VersionPair versions = query(uri, VersionPair.class);
        return answerList("change", service().differences(versions.from(), versions.to()));
    }
}
