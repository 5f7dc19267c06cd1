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

import org.roundtrip.base.Status;
import org.roundtrip.base.cli.Table;
import org.roundtrip.base.json.Json;
import org.roundtrip.tepath.DirectionStatistics;
import org.roundtrip.tepath.PathChange;
import org.roundtrip.tepath.PathStatistics;
import org.roundtrip.tepath.StandbyWay;
import org.roundtrip.tepath.TePath;
import org.roundtrip.tepath.TePathRequest;
import org.roundtrip.tepath.TePathState;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Paths as text for people.
 */
final class PathText {

    private static final String INDENT = "    ";

    private PathText() {
    }

    /**
     * Returns paths, one line each; those that carry nothing or are not as they should be with the reasons below.
     *
     * @param paths the paths
     * @return lines of text
     */
    static List<String> list(List<TePath> paths) {
        return list(paths, PathText::troubles);
    }

    /**
     * Returns paths, each with the reason for its state and its ways below, both directions switch by switch.
     *
     * @param paths the paths
     * @return lines of text
     */
    static List<String> listWithHops(List<TePath> paths) {
        return list(paths, PathText::details);
    }

    /**
     * Returns one path in the same way.
     *
     * @param path the path
     * @return lines of text
     */
    static List<String> brief(TePath path) {
        return listWithHops(List.of(path));
    }

    private static List<String> list(List<TePath> paths, Function<TePath, List<String>> below) {
        if (paths.isEmpty()) {
            return List.of("There are no TE paths.");
        }
        Table table = new Table("NAME", "STATE", "SINCE", "STANDBY", "SOURCE", "DESTINATION", "BANDWIDTH", "OWNER");
        for (TePath path : paths) {
            TePathRequest request = path.request();
            table.row(request.name(), Json.name(path.status().state()), time(path.status().since()),
                      path.standby().map(standby -> Json.name(standby.status().state())).orElse("-"),
                      request.source(), request.destination(), RequestText.bandwidth(request), path.owner());
        }
        List<String> rows = table.lines();
        List<String> lines = new ArrayList<>(rows.subList(0, 1));
        for (int i = 0; i < paths.size(); i++) {
            lines.add(rows.get(i + 1));
            below.apply(paths.get(i)).forEach(line -> lines.add(INDENT + line));
        }
        return lines;
    }

    private static List<String> troubles(TePath path) {
        List<String> lines = new ArrayList<>();
        if (path.status().state() != TePathState.UP || path.request().suspended()) {
            lines.add(path.status().reason());
        }
        path.standby().filter(standby -> standby.forward().isEmpty())
                .ifPresent(standby -> lines.add("standby: " + standby.status().reason()));
        return lines;
    }

    private static List<String> details(TePath path) {
        List<String> lines = new ArrayList<>(reasons(path.status()));
        lines.addAll(active(path));
        path.standby().ifPresent(standby -> {
            reasons(standby.status()).forEach(line -> lines.add("standby: " + line));
            lines.addAll(ways(standby).stream().map(line -> "standby " + line).collect(Collectors.toList()));
        });
        return lines;
    }

    private static List<String> reasons(Status<?> status) {
        List<String> lines = new ArrayList<>(List.of(status.reason()));
        status.lastError().filter(error -> !error.equals(status.reason()))
                .ifPresent(error -> lines.add("last error: " + error));
        return lines;
    }

    private static List<String> active(TePath path) {
        return WayText.of(path.metrics(), path.forward(), path.reverse());
    }

    private static List<String> ways(StandbyWay standby) {
        List<String> lines = new ArrayList<>(WayText.of(standby.metrics(), standby.forward(), standby.reverse()));
        standby.shared().forEach(shared -> lines.add("shares: " + shared));
        return lines;
    }

    /**
     * Returns all of a path.
     *
     * @param path       the path
     * @param statistics what it has carried
     * @param history    what happened to it
     * @return lines of text
     */
    static List<String> full(TePath path, PathStatistics statistics, List<PathChange> history) {
        List<String> lines = new ArrayList<>();
        lines.add(path.request().name() + " is " + state(path.status()));
        section(lines, "", reasons(path.status()));
        section(lines, "Requested by " + path.owner(), RequestText.of(path.request()));
        section(lines, "Way", active(path));
        path.standby().ifPresent(standby -> {
            section(lines, "Standby way is " + state(standby.status()), reasons(standby.status()));
            section(lines, "", ways(standby));
        });
        section(lines, "Carried on this way", List.of("forward: " + counters(statistics.forward()),
                                                      "reverse: " + counters(statistics.reverse())));
        section(lines, "History", history(history));
        return lines;
    }

    private static void section(List<String> lines, String title, List<String> content) {
        if (!title.isEmpty()) {
            lines.add(title);
        }
        content.forEach(line -> lines.add(INDENT + line));
    }

    private static String state(Status<?> status) {
        return Json.name(status.state()) + " since " + time(status.since());
    }

    private static String counters(DirectionStatistics counters) {
        return counters.admittedPackets() + " packets (" + counters.admittedBytes() + " bytes) in, "
                + counters.deliveredPackets() + " packets (" + counters.deliveredBytes() + " bytes) out";
    }

    private static List<String> history(List<PathChange> history) {
        Table table = new Table("TIME", "STATE", "WHAT HAPPENED");
        history.forEach(change -> table.row(change.time(), Json.name(change.state()), change.reason()));
        return table.lines();
    }

    private static Instant time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS);
    }
}
