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
package org.roundtrip.base.rest;

import org.onlab.osgi.ServiceNotFoundException;
import org.roundtrip.base.Problem;
import org.roundtrip.base.RequestException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import javax.ws.rs.WebApplicationException;
import javax.ws.rs.core.Response;
import javax.ws.rs.ext.ExceptionMapper;

/**
 * Turns whatever goes wrong into a problem document (RFC 9457).
 */
public final class ProblemMapper implements ExceptionMapper<Throwable> {

    private static final Logger log = LoggerFactory.getLogger(ProblemMapper.class);

    @Override
    public Response toResponse(Throwable failure) {
        Problem problem = problem(failure);
        return Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(RestResource.text(problem)).build();
    }

    private static Problem problem(Throwable failure) {
        if (failure instanceof RequestException) {
            return Problem.of((RequestException) failure);
        }
        if (failure instanceof WebApplicationException) {
            Response.StatusType status = ((WebApplicationException) failure).getResponse().getStatusInfo();
            return Problem.of(status.getReasonPhrase(), status.getStatusCode(), failure.getMessage());
        }
        if (failure instanceof ServiceNotFoundException) {
            return Problem.of("Not available now", 503, "the application is starting or stopping: try again");
        }
        log.error("A request failed in a way that it should not", failure);
        return Problem.of("Internal error", 500, "an error of ours; the log of the controller says more: " + failure);
    }
}
