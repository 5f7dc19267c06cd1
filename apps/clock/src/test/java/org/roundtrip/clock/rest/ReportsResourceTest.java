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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mockito.ArgumentCaptor;
import org.roundtrip.base.ConflictException;
import org.roundtrip.base.NotFoundException;
import org.roundtrip.base.json.Json;
import org.roundtrip.base.rest.RestFixture;
import org.roundtrip.clock.ClockReference;
import org.roundtrip.clock.ClockReport;
import org.roundtrip.clock.ClockReportService;
import org.roundtrip.clock.ClockSample;
import org.roundtrip.clock.OffsetReference;
import org.roundtrip.clock.PtpPortState;

import javax.ws.rs.core.Response;
import java.time.Instant;
import java.util.Collections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

class ReportsResourceTest {

    private static final ClockSample SAMPLE = ClockSample.builder()
            .time(Instant.parse("2026-01-15T12:00:00.250Z")).offset(-12).pathDelay(3_000_150L).build();

    private final ClockReportService service = mock(ClockReportService.class);
    private final RestFixture rest = new RestFixture(new ClockApplication()).with(ClockReportService.class, service);

    @Test
    void takesAReportAsAReporterWritesIt() {
        when(service.report(any())).thenReturn("cell-site-7");

        Response response = rest.send("POST", "reports", quoted("{'client':'10.0.0.2','domain':24,"
                + "'port-state':'uncalibrated','reference':'time-error','delay-asymmetry':-40,"
                + "'sent':'2026-01-15T12:00:01.000Z','samples':[{'time':'2026-01-15T12:00:00.250Z',"
                + "'offset':-12,'path-delay':3000150}]}"));

        assertThat(response.getStatus()).isEqualTo(202);
        assertThat(response.getEntity().toString()).contains("cell-site-7");
        ArgumentCaptor<ClockReport> report = ArgumentCaptor.forClass(ClockReport.class);
        verify(service).report(report.capture());
        assertThat(report.getValue()).isEqualTo(ClockReport.builder().client(ClockReference.valueOf("10.0.0.2"))
                .domain(24).portState(PtpPortState.UNCALIBRATED).reference(OffsetReference.TIME_ERROR)
                .delayAsymmetry(-40).sent(Instant.parse("2026-01-15T12:00:01Z")).addSamples(SAMPLE).build());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{'port-state':'slave','samples':[]}                                               | client",
        "{'client':'10.0.0.2','samples':[]}                                                | port-state",
        "{'client':'10.0.0.2','port-state':'happy','samples':[]}                           | port-state",
        "{'client':'x','port-state':'slave','samples':[]}                                  | client",
        "{'client':'10.0.0.2','port-state':'slave','samples':[{'offset':1}]}               | samples[0].time",
        "{'client':'10.0.0.2','port-state':'slave','samples':[{'time':'yesterday','offset':1}]} | samples[0].time",
        "{'client':'10.0.0.2','port-state':'slave','colour':'blue'}                        | colour",
    })
    void refusesWrongReports(String json, String field) {
        problem(rest.send("POST", "reports", quoted(json)), 400, field);
        verify(service, never()).report(any());
    }

    @Test
    void saysThatThereIsNoSessionOrThatThereAreSeveral() {
        String json = quoted("{'client':'10.0.0.2','port-state':'slave','samples':[]}");
        when(service.report(any())).thenThrow(new NotFoundException("client", "none"))
                .thenThrow(new ConflictException("session", "several"));

        problem(rest.send("POST", "reports", json), 404, "client");
        problem(rest.send("POST", "reports", json), 409, "session");
    }

    @Test
    void hasRoomForAsManySamplesAsAreAllowedAndNoMore() {
        when(service.report(any())).thenReturn("cell-site-7");
        ClockReport.Builder report = ClockReport.builder().session("cell-site-7").portState(PtpPortState.SLAVE);
        String most = Json.write(report.samples(Collections.nCopies(ClockReport.MOST_SAMPLES, SAMPLE)).build());

        assertThat(rest.send("POST", "reports", most).getStatus()).isEqualTo(202);
        problem(rest.send("POST", "reports", most.replace("\"samples\":[", "\"samples\":["
                + Json.write(SAMPLE) + ",")), 400, "samples");
        problem(rest.send("POST", "reports", most + " ".repeat(ReportsResource.MOST_BYTES)), 413, "bytes");
    }

    private static String quoted(String json) {
        return json.replace('\'', '"');
    }

    private static void problem(Response response, int status, String text) {
        assertThat(response.getStatus()).as(String.valueOf(response.getEntity())).isEqualTo(status);
        assertThat(String.valueOf(response.getEntity())).contains(text);
    }
}
