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

package org.roundtrip.distribution.readiness.impl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import javax.servlet.ServletOutputStream;
import javax.servlet.WriteListener;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.Test;
import org.roundtrip.distribution.readiness.ImmutableObstacle;
import org.roundtrip.distribution.readiness.Obstacle;

class ReadinessServletTest {

    private static final Obstacle CAUSE = Obstacle.of(Obstacle.Kind.COMPONENT, "store", "needs Disk");
    private static final Obstacle EFFECT = ImmutableObstacle.builder().from(CAUSE)
            .kind(Obstacle.Kind.WEB_APPLICATION).name("/x").rootCause(false).build();

    private final HttpServletRequest request = mock(HttpServletRequest.class);
    private final HttpServletResponse response = mock(HttpServletResponse.class);

    @Test
    void answers200WhenNothingIsInTheWay() throws IOException {
        JsonNode answer = json(List.of());

        verify(response).setStatus(200);
        assertThat(answer.get("ready").asBoolean()).isTrue();
        assertThat(answer.get("obstacles")).isEmpty();
    }

    @Test
    void answers503WithWhatIsInTheWay() throws IOException {
        JsonNode answer = json(List.of(CAUSE, EFFECT));

        verify(response).setStatus(503);
        assertThat(answer.get("ready").asBoolean()).isFalse();
        assertThat(answer.get("obstacles").get(0).toString()).isEqualTo(
                "{\"kind\":\"component\",\"name\":\"store\",\"reason\":\"needs Disk\",\"rootCause\":true}");
        assertThat(answer.get("obstacles").get(1).get("kind").asText()).isEqualTo("web-application");
    }

    @Test
    void answersInLinesToWhoAcceptsText() throws IOException {
        StringWriter text = new StringWriter();
        when(request.getHeader("Accept")).thenReturn("text/plain");
        when(response.getWriter()).thenReturn(new PrintWriter(text));

        new ReadinessServlet(() -> List.of(CAUSE, EFFECT)).doGet(request, response);

        assertThat(text.toString()).isEqualTo("component store: needs Disk\n  web-application /x: needs Disk\n");
    }

    private JsonNode json(List<Obstacle> obstacles) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        when(response.getOutputStream()).thenReturn(new ServletOutputStream() {
            @Override
            public void write(int b) {
                bytes.write(b);
            }

            @Override
            public boolean isReady() {
                return true;
            }

            @Override
            public void setWriteListener(WriteListener listener) {
                throw new UnsupportedOperationException();
            }
        });
        new ReadinessServlet(() -> obstacles).doGet(request, response);
        return new ObjectMapper().readTree(bytes.toByteArray());
    }
}
