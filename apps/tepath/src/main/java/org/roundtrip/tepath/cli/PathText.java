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
package org.roundtrip.tepath.cli;

import org.roundtrip.base.cli.Table;
import org.roundtrip.base.json.Json;
import org.roundtrip.tepath.Hop;
import org.roundtrip.tepath.TePath;
import org.roundtrip.tepath.TePathRequest;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Paths as text for people.
 */
final class PathText {

    private static final String INDENT = "    ";

    private PathText() {
    }

    /**
     * Returns paths, each with the reason for its state and both directions below.
     *
     * @param paths the paths
     * @return lines of text
     */
    static List<String> of(List<TePath> paths) {
        if (paths.isEmpty()) {
            return List.of("There are no TE paths.");
        }
        Table table = new Table("NAME", "STATE", "SINCE", "SOURCE", "DESTINATION", "BIT/S", "PAYLOAD", "OWNER");
        for (TePath path : paths) {
            TePathRequest request = path.request();
            table.row(request.name(), Json.name(path.status().state()),
                      path.status().since().truncatedTo(ChronoUnit.SECONDS), request.source(), request.destination(),
                      request.bandwidth(), Json.name(request.payload()), path.owner());
        }
        List<String> rows = table.lines();
        List<String> lines = new ArrayList<>(rows.subList(0, 1));
        for (int i = 0; i < paths.size(); i++) {
            lines.add(rows.get(i + 1));
            lines.addAll(details(paths.get(i)));
        }
        return lines;
    }

    private static List<String> details(TePath path) {
        List<String> lines = new ArrayList<>();
        lines.add(INDENT + path.status().reason());
        path.status().lastError().filter(error -> !error.equals(path.status().reason()))
                .ifPresent(error -> lines.add(INDENT + "last error: " + error));
        lines.add(INDENT + "forward: " + hops(path.forward()));
        lines.add(INDENT + "reverse: " + hops(path.reverse()));
        return lines;
    }

    private static String hops(List<Hop> hops) {
        return hops.isEmpty() ? "no way" : hops.stream().map(PathText::hop).collect(Collectors.joining(" > "));
    }

    private static String hop(Hop hop) {
        return hop.inPort() + " " + hop.device() + " " + hop.outPort()
                + hop.labelOut().map(label -> " (" + label + ")").orElse("");
    }
}
