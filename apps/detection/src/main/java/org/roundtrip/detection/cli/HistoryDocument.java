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
package org.roundtrip.detection.cli;

import org.roundtrip.base.json.Json;
import org.roundtrip.detection.Detection;
import org.roundtrip.detection.DetectionAgent;
import org.roundtrip.detection.DetectionChange;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Services and agents with what has happened to them, as YANG has it: the JSON of commands that show it.
 */
final class HistoryDocument {

    private static final String HISTORY = "history";

    private HistoryDocument() {
    }

    /**
     * Returns an agent.
     *
     * @param agent   the agent
     * @param changes what has happened to it
     * @return what is written as JSON
     */
    static Object of(DetectionAgent agent, List<DetectionChange> changes) {
        return with(fields(agent), changes);
    }

    /**
     * Returns a service.
     *
     * @param detection the service
     * @param changes   tells what has happened to a subject
     * @return what is written as JSON
     */
    static Object of(Detection detection, Function<String, List<DetectionChange>> changes) {
        Map<String, Object> service = fields(detection);
        service.put("member-health", detection.members().stream()
                .map(member -> with(fields(member), changes.apply(member.service() + " " + member.member())))
                .collect(Collectors.toList()));
        return service;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> fields(Object value) {
        return Json.read(Json.write(value), LinkedHashMap.class);
    }

    private static Map<String, Object> with(Map<String, Object> fields, List<DetectionChange> changes) {
        if (!changes.isEmpty()) {
            fields.put(HISTORY, changes);
        }
        return fields;
    }
}
