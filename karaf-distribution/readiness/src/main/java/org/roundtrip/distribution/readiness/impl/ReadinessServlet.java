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

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.roundtrip.distribution.readiness.Obstacle;

/**
 * Answers {@code GET} with 200 when the controller is ready, else 503 and the list of what is not.
 *
 * <pre>{"ready": false, "obstacles": [{"kind": "component", "name": ..., "reason": ..., "rootCause": true}]}</pre>
 */
final class ReadinessServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private final transient Inspection inspection;
    private final transient ObjectMapper mapper = new ObjectMapper();

    ReadinessServlet(Inspection inspection) {
        this.inspection = inspection;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        List<Obstacle> obstacles = inspection.obstacles();
        response.setStatus(obstacles.isEmpty()
                ? HttpServletResponse.SC_OK
                : HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        response.setContentType("application/json");
        response.setHeader("Cache-Control", "no-store");
        mapper.writeValue(response.getOutputStream(), json(obstacles));
    }

    private ObjectNode json(List<Obstacle> obstacles) {
        ObjectNode answer = mapper.createObjectNode().put("ready", obstacles.isEmpty());
        ArrayNode list = answer.putArray("obstacles");
        obstacles.forEach(obstacle -> list.addObject()
                .put("kind", obstacle.kind().name().toLowerCase(Locale.ROOT))
                .put("name", obstacle.name())
                .put("reason", obstacle.reason())
                .put("rootCause", obstacle.rootCause()));
        return answer;
    }

    /** Where the answer comes from. */
    @FunctionalInterface
    interface Inspection {

        /**
         * What is in the way now.
         *
         * @return the obstacles; none when the controller is ready
         * @throws IOException when something can't be looked at
         */
        List<Obstacle> obstacles() throws IOException;
    }
}
