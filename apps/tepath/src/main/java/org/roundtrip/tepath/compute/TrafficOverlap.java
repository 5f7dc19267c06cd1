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
package org.roundtrip.tepath.compute;

import org.onosproject.net.ConnectPoint;
import org.roundtrip.base.FieldError;
import org.roundtrip.tepath.TePathRequest;
import org.roundtrip.tepath.TrafficMatch;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Finds packets that two paths would both take in at the same port, of which a switch could follow one only.
 */
public final class TrafficOverlap {

    private TrafficOverlap() {
    }

    /**
     * Compares what a path would take in with what other paths take in.
     *
     * @param request a path
     * @param others  other paths
     * @return an error for each match of the path that shares packets with one of another path, naming the first
     */
    public static List<FieldError> find(TePathRequest request, Collection<TePathRequest> others) {
        return Stream.concat(
                        find("forward-traffic", request, request.source(), request.forwardTraffic(), others),
                        find("reverse-traffic", request, request.destination(), request.reverseTraffic(), others))
                .collect(Collectors.toUnmodifiableList());
    }

    private static Stream<FieldError> find(String field, TePathRequest request, ConnectPoint port,
                                           List<TrafficMatch> traffic, Collection<TePathRequest> others) {
        return IntStream.range(0, traffic.size()).boxed().flatMap(i -> others.stream()
                .filter(other -> other.payload() == request.payload())
                .filter(other -> takesIn(other, port).anyMatch(traffic.get(i)::overlaps))
                .map(TePathRequest::name).min(Comparator.naturalOrder()).stream()
                .map(name -> FieldError.of(field + "[" + i + "]", "some of this traffic goes through path " + name
                        + " already, from the same port " + port
                        + ": match other traffic, or remove that path and wait until it is gone")));
    }

    private static Stream<TrafficMatch> takesIn(TePathRequest path, ConnectPoint port) {
        return Stream.concat(path.source().equals(port) ? path.forwardTraffic().stream() : Stream.empty(),
                             path.destination().equals(port) ? path.reverseTraffic().stream() : Stream.empty());
    }
}
