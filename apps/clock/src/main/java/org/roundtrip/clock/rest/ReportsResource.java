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

import org.roundtrip.base.json.Json;
import org.roundtrip.base.rest.RestResource;
import org.roundtrip.clock.ClockReport;
import org.roundtrip.clock.ClockReportService;

import javax.ws.rs.ClientErrorException;
import javax.ws.rs.Consumes;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/**
 * What reporters beside clients have seen.
 */
@Path("reports")
@Produces(MediaType.APPLICATION_JSON)
public final class ReportsResource extends RestResource {

    /** Room for {@link ClockReport#MOST_SAMPLES} samples, as they may be written at length. */
    static final int MOST_BYTES = 2 * 1024 * 1024;

    /**
     * Takes a report.
     *
     * @param json the report
     * @return 202 with the name of the session that it is about; 400 if it is wrong, 404 if there is no such session,
     *         409 if it is not clear which, 413 if it is too large, 503 if another node leads
     * @throws IOException if it does not arrive whole
     */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response report(InputStream json) throws IOException {
        byte[] body = json.readNBytes(MOST_BYTES + 1);
        if (body.length > MOST_BYTES) {
            throw new ClientErrorException("a report has " + MOST_BYTES + " bytes at most: report more often",
                                           Response.Status.REQUEST_ENTITY_TOO_LARGE);
        }
        ClockReport report = Json.read(new ByteArrayInputStream(body), ClockReport.class);
        return answer(Response.Status.ACCEPTED, Map.of("session", get(ClockReportService.class).report(report)));
    }
}
