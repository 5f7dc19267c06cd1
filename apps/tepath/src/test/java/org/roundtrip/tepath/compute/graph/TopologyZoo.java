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
package org.roundtrip.tepath.compute.graph;

import org.jgrapht.Graph;
import org.jgrapht.graph.WeightedPseudograph;
import org.jgrapht.nio.Attribute;
import org.jgrapht.nio.gml.GmlImporter;
import org.jgrapht.util.SupplierUtil;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The networks of the Internet Topology Zoo. The delay of a link is 5 ns for each metre of the great circle between its
 * ends (a group index of 1.5; ITU-T G.652 fibre has 1.47), or nothing where a position is not known; its TE metric is
 * the same in microseconds, and 1 at least. Links that leave a node between the same two of eight points of the compass
 * lie in one duct there, which is a shared risk link group.
 */
final class TopologyZoo {

    private static final Path FOLDER = folder();
    /** Some edges have a name for an id, which jgrapht refuses. */
    private static final Pattern NAME_OF_EDGE = Pattern.compile("(?m)^ *id \".*\"$");
    private static final double NANOSECONDS_A_METRE = 5;
    private static final double EARTH_RADIUS_METRES = 6_371_000;
    private static final int OCTANTS = 8;

    private TopologyZoo() {
    }

    /** The names of all networks. */
    static List<String> names() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".gml")).sorted()
                    .collect(Collectors.toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The network of a name. */
    static DuplexGraph read(String name) {
        Map<Integer, Map<String, Attribute>> attributes = new HashMap<>();
        Graph<Integer, Integer> zoo = new WeightedPseudograph<>(SupplierUtil.createIntegerSupplier(),
                                                               SupplierUtil.createIntegerSupplier());
        GmlImporter<Integer, Integer> importer = new GmlImporter<>();
        importer.addVertexAttributeConsumer((key, value) ->
                attributes.computeIfAbsent(key.getFirst(), node -> new HashMap<>()).put(key.getSecond(), value));
        try {
            String text = Files.readString(FOLDER.resolve(name));
            importer.importGraph(zoo, new StringReader(NAME_OF_EDGE.matcher(text).replaceAll("")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        DuplexGraph.Builder graph = DuplexGraph.builder(zoo.vertexSet().size());
        for (int link : zoo.edgeSet()) {
            int tail = zoo.getEdgeSource(link);
            int head = zoo.getEdgeTarget(link);
            if (tail == head) {
                continue;
            }
            Position here = position(attributes.get(tail));
            Position there = position(attributes.get(head));
            long delay = Math.round(here.metresTo(there) * NANOSECONDS_A_METRE);
            graph.link(tail, head, Math.max(1, delay / 1000), 0,
                       new int[] {tail * OCTANTS + here.octantOf(there), head * OCTANTS + there.octantOf(here)},
                       delay, delay);
        }
        return graph.build();
    }

    private static Position position(Map<String, Attribute> attributes) {
        Attribute latitude = attributes.get("Latitude");
        Attribute longitude = attributes.get("Longitude");
        return latitude == null || longitude == null ? new Position(Double.NaN, Double.NaN)
                : new Position(Math.toRadians(Double.parseDouble(latitude.getValue())),
                               Math.toRadians(Double.parseDouble(longitude.getValue())));
    }

    private static Path folder() {
        try {
            return Path.of(TopologyZoo.class.getResource("/topology-zoo/Abilene.gml").toURI()).getParent();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A position in radians; not a number if it is not known. */
    private record Position(double latitude, double longitude) {

        double metresTo(Position other) {
            double haversine = Math.pow(Math.sin((other.latitude - latitude) / 2), 2)
                    + Math.cos(latitude) * Math.cos(other.latitude)
                    * Math.pow(Math.sin((other.longitude - longitude) / 2), 2);
            double metres = 2 * EARTH_RADIUS_METRES * Math.asin(Math.min(1, Math.sqrt(haversine)));
            return Double.isNaN(metres) ? 0 : metres;
        }

        int octantOf(Position other) {
            double bearing = Math.atan2(other.longitude - longitude, other.latitude - latitude);
            return Double.isNaN(bearing) ? 0 : (int) Math.floor((bearing / Math.PI + 1) / 2 * OCTANTS) % OCTANTS;
        }
    }
}
