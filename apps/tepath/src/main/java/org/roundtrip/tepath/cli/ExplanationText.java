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

import org.onosproject.net.ConnectPoint;
import org.roundtrip.tepath.ExplainedWay;
import org.roundtrip.tepath.Obstacle;
import org.roundtrip.tepath.PathExplanation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Explanations as text for people.
 */
final class ExplanationText {

    private static final String INDENT = "    ";

    private ExplanationText() {
    }

    /**
     * Returns an explanation.
     *
     * @param explanation the explanation
     * @return lines of text
     */
    static List<String> of(PathExplanation explanation) {
        List<String> lines = new ArrayList<>();
        lines.add((explanation.possible() ? "Possible: " : "Not possible: ") + explanation.reason());
        explanation.active().ifPresent(way -> lines.addAll(way("Way", way)));
        explanation.standby().ifPresent(way -> lines.addAll(way("Standby way", way)));
        explanation.obstacles().forEach(obstacle -> lines.addAll(obstacle(obstacle)));
        return lines;
    }

    private static List<String> way(String title, ExplainedWay way) {
        List<String> lines = new ArrayList<>();
        lines.add(title);
        lines.add(INDENT + ports(way.ports(), " > "));
        lines.add(INDENT + WayText.metrics(way.metrics()));
        way.shared().forEach(shared -> lines.add(INDENT + "shares: " + shared));
        return lines;
    }

    private static List<String> obstacle(Obstacle obstacle) {
        List<String> lines = new ArrayList<>();
        lines.add((obstacle.field().isEmpty() ? "the network" : obstacle.field()) + ": " + obstacle.detail()
                + (obstacle.decisive() ? " (without this there would be a way)" : ""));
        if (!obstacle.removedLinks().isEmpty()) {
            lines.add(INDENT + "takes away " + ports(obstacle.removedLinks(), ", "));
        }
        obstacle.relaxation().ifPresent(relaxation -> lines.add(INDENT + "would do: " + relaxation));
        return lines;
    }

    private static String ports(List<ConnectPoint> ports, String separator) {
        return ports.stream().map(ConnectPoint::toString).collect(Collectors.joining(separator));
    }
}
