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

import org.roundtrip.base.cli.BitRate;
import org.roundtrip.base.cli.TimeText;
import org.roundtrip.base.json.Json;
import org.roundtrip.tepath.PathConstraints;
import org.roundtrip.tepath.Protection;
import org.roundtrip.tepath.RouteHop;
import org.roundtrip.tepath.TePathRequest;
import org.roundtrip.tepath.TrafficMatch;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Requests as text for people, in the words of the options of the commands.
 */
final class RequestText {

    private RequestText() {
    }

    /**
     * Returns a request, without what it does not say.
     *
     * @param request the request
     * @return lines of text
     */
    static List<String> of(TePathRequest request) {
        List<String> lines = new ArrayList<>();
        lines.add("from " + request.source() + " to " + request.destination());
        lines.add("bandwidth " + bandwidth(request) + ", objective " + Json.name(request.objective())
                + ", setup-priority " + request.setupPriority() + ", holding-priority " + request.holdingPriority());
        lines.addAll(constraints(request.constraints()));
        request.protection().ifPresent(protection -> lines.add(protection(protection)));
        lines.add("payload " + Json.name(request.payload()) + (request.quiesce() ? ", quiesce" : "")
                + (request.quiesceTime() == 0 ? ""
                : ", quiesce-time " + TimeText.of(request.quiesceTime(), TimeUnit.MILLISECONDS))
                + (request.exclusive() ? ", exclusive" : "") + (request.suspended() ? ", suspended" : ""));
        lines.add("forward-traffic " + traffic(request.forwardTraffic()));
        lines.add("reverse-traffic " + traffic(request.reverseTraffic()));
        return lines;
    }

    /**
     * Returns the bandwidth that is asked for.
     *
     * @param request the request
     * @return the bandwidth; that of both directions, the forward one first, if they differ
     */
    static String bandwidth(TePathRequest request) {
        String forward = BitRate.of(request.bandwidth());
        return request.bandwidth() == request.backwardBandwidth() ? forward
                : forward + "/" + BitRate.of(request.backwardBandwidth());
    }

    private static List<String> constraints(PathConstraints constraints) {
        List<String> lines = new ArrayList<>();
        List<String> bounds = new ArrayList<>();
        constraints.maxHops().ifPresent(hops -> bounds.add("max-hops " + hops));
        constraints.maxDelay().ifPresent(delay -> bounds.add("max-delay " + time(delay)));
        constraints.maxDelayAsymmetry().ifPresent(delay -> bounds.add("max-delay-asymmetry " + time(delay)));
        if (!bounds.isEmpty()) {
            lines.add(String.join(", ", bounds));
        }
        list(lines, "include", constraints.include().stream().map(RequestText::hop), " > ");
        list(lines, "exclude", Stream.concat(constraints.excludeDevices().stream(),
                                             constraints.excludeLinks().stream()), " ");
        list(lines, "affinities-include-any", constraints.affinitiesIncludeAny().stream(), ",");
        list(lines, "affinities-include-all", constraints.affinitiesIncludeAll().stream(), ",");
        list(lines, "affinities-exclude-any", constraints.affinitiesExcludeAny().stream(), ",");
        return lines;
    }

    private static void list(List<String> lines, String title, Stream<?> elements, String separator) {
        String text = elements.map(Object::toString).collect(Collectors.joining(separator));
        if (!text.isEmpty()) {
            lines.add(title + " " + text);
        }
    }

    private static String hop(RouteHop hop) {
        return (hop.strict() ? "strict:" : "")
                + hop.device().map(Object::toString).or(() -> hop.link().map(Object::toString)).orElseThrow();
    }

    private static String protection(Protection protection) {
        return "protect " + Json.name(protection.disjoint()) + (protection.bestEffort() ? ", best-effort" : "")
                + ", hold-off " + TimeText.of(protection.holdOff(), TimeUnit.MILLISECONDS)
                + protection.waitToRestore().map(time -> ", wait-to-restore " + TimeText.of(time, TimeUnit.SECONDS))
                .orElse(", stays where it is");
    }

    private static String traffic(Collection<TrafficMatch> matches) {
        return matches.isEmpty() ? "none" : matches.stream().map(RequestText::match).collect(Collectors.joining(" "));
    }

    @SuppressWarnings("unchecked")
    private static String match(TrafficMatch match) {
        Map<String, Object> members = Json.read(Json.write(match), LinkedHashMap.class);
        members.remove("index");
        return members.isEmpty() ? MatchText.ANY : members.entrySet().stream()
                .map(member -> member.getKey() + "=" + member.getValue()).collect(Collectors.joining(","));
    }

    private static String time(long nanos) {
        return TimeText.of(nanos, TimeUnit.NANOSECONDS);
    }
}
