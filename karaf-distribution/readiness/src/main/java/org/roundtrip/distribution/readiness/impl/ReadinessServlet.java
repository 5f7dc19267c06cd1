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

import static java.util.stream.Collectors.joining;

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
 *
 * <p>To who accepts {@code text/plain} first, a line for each, those that only wait for others indented.
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
        response.setHeader("Cache-Control", "no-store");
        if (wantsText(request)) {
            response.setContentType("text/plain; charset=utf-8");
            response.getWriter().print(text(obstacles));
        } else {
            response.setContentType("application/json");
            mapper.writeValue(response.getOutputStream(), json(obstacles));
        }
    }

    private static boolean wantsText(HttpServletRequest request) {
        String accepted = request.getHeader("Accept");
        return accepted != null && accepted.startsWith("text/plain");
    }

    private static String text(List<Obstacle> obstacles) {
        return obstacles.stream()
                .map(obstacle -> (obstacle.rootCause() ? "" : "  ") + name(obstacle.kind()) + " " + obstacle.name()
                        + ": " + obstacle.reason() + "\n")
                .collect(joining());
    }

    private static String name(Obstacle.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private ObjectNode json(List<Obstacle> obstacles) {
        ObjectNode answer = mapper.createObjectNode().put("ready", obstacles.isEmpty());
        ArrayNode list = answer.putArray("obstacles");
        obstacles.forEach(obstacle -> list.addObject()
                .put("kind", name(obstacle.kind()))
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
