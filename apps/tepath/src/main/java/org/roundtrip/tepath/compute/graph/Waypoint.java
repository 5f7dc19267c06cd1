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

/**
 * Where a path must pass: a hop of an explicit route (RFC 3209 section 4.3). A strict one must be the very next hop
 * after the waypoint before it, or after the source; a loose one may come later. Immutable and thread-safe.
 */
public final class Waypoint {

    private final boolean ofLink;
    private final int number;
    private final boolean strict;

    private Waypoint(boolean ofLink, int number, boolean strict) {
        this.ofLink = ofLink;
        this.number = number;
        this.strict = strict;
    }

    /**
     * Returns a node to pass, sooner or later.
     *
     * @param node the node, other than the path's source
     * @return the waypoint
     */
    public static Waypoint looseNode(int node) {
        return new Waypoint(false, node, false);
    }

    /**
     * Returns a node to pass next.
     *
     * @param node the node, other than the path's source
     * @return the waypoint
     */
    public static Waypoint strictNode(int node) {
        return new Waypoint(false, node, true);
    }

    /**
     * Returns a link to take, sooner or later and in whichever direction.
     *
     * @param link the link
     * @return the waypoint
     */
    public static Waypoint looseLink(int link) {
        return new Waypoint(true, link, false);
    }

    /**
     * Returns a link to take next.
     *
     * @param link the link
     * @return the waypoint
     */
    public static Waypoint strictLink(int link) {
        return new Waypoint(true, link, true);
    }

    boolean isLink() {
        return ofLink;
    }

    boolean isStrict() {
        return strict;
    }

    /** Whether a path that takes an arc has passed here then. */
    boolean isPassedBy(DuplexGraph graph, int arc) {
        return number == (ofLink ? DuplexGraph.link(arc) : graph.head(arc));
    }

    @Override
    public String toString() {
        return (strict ? "strict " : "loose ") + (ofLink ? "link " : "node ") + number;
    }
}
