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
import org.onosproject.net.DeviceId;
import org.roundtrip.tepath.compute.graph.DuplexGraph;

import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The constraints that take links away, each on its own so that an explanation can leave one out.
 */
enum LinkConstraint {

    /** Both switches are connected. */
    CONNECTED {
        @Override
        Removal removal(TeTopology actual, TeDatabase database, PathQuery query) {
            return nodes(database, node -> !actual.node(database.node(node).device())
                    .map(TeNode::available).orElse(false));
        }
    },

    /** Both ports are up. */
    UP {
        @Override
        Removal removal(TeTopology actual, TeDatabase database, PathQuery query) {
            return links(database, link -> isDown(actual, database.link(DuplexGraph.forward(link)).src())
                    || isDown(actual, database.link(DuplexGraph.forward(link)).dst()));
        }

        private boolean isDown(TeTopology actual, ConnectPoint port) {
            return !actual.port(port).map(TePort::enabled).orElse(false);
        }
    },

    /** Packets can take the link both ways. */
    DUPLEX {
        @Override
        Removal removal(TeTopology actual, TeDatabase database, PathQuery query) {
            return links(database, link -> !actual.isReported(database.link(DuplexGraph.forward(link)))
                    || !actual.isReported(database.link(DuplexGraph.forward(link)).reversed()));
        }
    },

    /** Both switches have MPLS and TE capability. */
    CAPABILITY {
        @Override
        Removal removal(TeTopology actual, TeDatabase database, PathQuery query) {
            return nodes(database, node -> !database.node(node).isCapable());
        }
    },

    /** Neither the link nor a switch on the way is under maintenance; the switches at the two ends may be. */
    MAINTENANCE {
        @Override
        Removal removal(TeTopology actual, TeDatabase database, PathQuery query) {
            Set<DeviceId> ends = maintainedEnds(database, query);
            return new Removal(nodes(database, node -> database.node(node).maintenance()
                                       && !ends.contains(database.node(node).device())).nodes(),
                               links(database, link -> attributes(database, link)
                                       .anyMatch(LinkAttributes::maintenance)).arcs());
        }

        @Override
        Object part(TeDatabase database, PathQuery query) {
            return maintainedEnds(database, query);
        }

        private Set<DeviceId> maintainedEnds(TeDatabase database, PathQuery query) {
            return Stream.of(query.source(), query.destination()).map(ConnectPoint::deviceId)
                    .filter(device -> database.topology().node(device).filter(TeNode::maintenance).isPresent())
                    .collect(Collectors.toSet());
        }
    },

    /** The link has not failed too often lately. */
    STEADY {
        @Override
        Removal removal(TeTopology actual, TeDatabase database, PathQuery query) {
            return links(database, link -> attributes(database, link).anyMatch(LinkAttributes::unsteady));
        }
    },

    /** A label is free at both ports. */
    LABELS {
        @Override
        Removal removal(TeTopology actual, TeDatabase database, PathQuery query) {
            return links(database, link -> !database.hasFreeLabels(DuplexGraph.forward(link)));
        }
    },

    /** The bandwidth of each direction is free. */
    BANDWIDTH {
        @Override
        Removal removal(TeTopology actual, TeDatabase database, PathQuery query) {
            BitSet arcs = new BitSet(database.graph().arcs());
            for (int arc = 0; arc < database.graph().arcs(); arc++) {
                arcs.set(arc, !hasBandwidth(database, query, arc));
            }
            return new Removal(new BitSet(), arcs);
        }

        @Override
        Object part(TeDatabase database, PathQuery query) {
            return List.of(query.forwardBandwidth(), query.reverseBandwidth(), query.setupPriority());
        }
    },

    /** The link has one of some affinities. */
    AFFINITIES_INCLUDE_ANY {
        @Override
        Removal removal(TeTopology actual, TeDatabase database, PathQuery query) {
            int any = mask(query.constraints().affinitiesIncludeAny());
            return links(database, link -> any != 0 && (database.graph().affinity(link) & any) == 0);
        }

        @Override
        Object part(TeDatabase database, PathQuery query) {
            return query.constraints().affinitiesIncludeAny();
        }
    },

    /** The link has all of some affinities. */
    AFFINITIES_INCLUDE_ALL {
        @Override
        Removal removal(TeTopology actual, TeDatabase database, PathQuery query) {
            int all = mask(query.constraints().affinitiesIncludeAll());
            return links(database, link -> (database.graph().affinity(link) & all) != all);
        }

        @Override
        Object part(TeDatabase database, PathQuery query) {
            return query.constraints().affinitiesIncludeAll();
        }
    },

    /** The link has none of some affinities. */
    AFFINITIES_EXCLUDE_ANY {
        @Override
        Removal removal(TeTopology actual, TeDatabase database, PathQuery query) {
            int none = mask(query.constraints().affinitiesExcludeAny());
            return links(database, link -> (database.graph().affinity(link) & none) != 0);
        }

        @Override
        Object part(TeDatabase database, PathQuery query) {
            return query.constraints().affinitiesExcludeAny();
        }
    },

    /** The way does not go through some switches. */
    EXCLUDE_DEVICES {
        @Override
        Removal removal(TeTopology actual, TeDatabase database, PathQuery query) {
            Set<DeviceId> excluded = query.constraints().excludeDevices();
            return nodes(database, node -> excluded.contains(database.node(node).device()));
        }

        @Override
        Object part(TeDatabase database, PathQuery query) {
            return query.constraints().excludeDevices();
        }
    },

    /** The way keeps away from another one, which {@link Trial#avoided} tells. */
    APART {
        @Override
        Removal removal(TeTopology actual, TeDatabase database, PathQuery query) {
            return Removal.NONE;
        }
    },

    /** The way does not go over some links. */
    EXCLUDE_LINKS {
        @Override
        Removal removal(TeTopology actual, TeDatabase database, PathQuery query) {
            Set<ConnectPoint> excluded = query.constraints().excludeLinks();
            return links(database, link -> excluded.contains(database.link(DuplexGraph.forward(link)).src())
                    || excluded.contains(database.link(DuplexGraph.forward(link)).dst()));
        }

        @Override
        Object part(TeDatabase database, PathQuery query) {
            return query.constraints().excludeLinks();
        }
    };

    private static final Object NOTHING = "nothing";

    /**
     * Returns what the constraint takes away.
     *
     * @param actual   the network as it is
     * @param database the same network, or what it would be if all of it worked
     * @param query    what is looked for
     */
    abstract Removal removal(TeTopology actual, TeDatabase database, PathQuery query);

    /** Returns all of a query that decides on what the constraint takes away. */
    Object part(TeDatabase database, PathQuery query) {
        return NOTHING;
    }

    /** Returns whether an arc has the bandwidth free that each direction of the path needs. */
    static boolean hasBandwidth(TeDatabase database, PathQuery query, int arc) {
        return isFree(database, query.forwardBandwidth(), arc, query.setupPriority())
                && isFree(database, query.reverseBandwidth(), DuplexGraph.opposite(arc), query.setupPriority());
    }

    private static boolean isFree(TeDatabase database, long bandwidth, int arc, int priority) {
        return bandwidth == 0 || database.free(arc, priority) >= bandwidth;
    }

    private static int mask(Collection<Integer> affinities) {
        return affinities.stream().mapToInt(bit -> 1 << bit).reduce(0, (one, other) -> one | other);
    }

    private static Stream<LinkAttributes> attributes(TeDatabase database, int link) {
        LinkDirection direction = database.link(DuplexGraph.forward(link));
        return Stream.of(direction, direction.reversed()).map(database.topology()::attributes);
    }

    private static Removal nodes(TeDatabase database, IntPredicate removed) {
        BitSet nodes = new BitSet(database.graph().nodes());
        for (int node = 0; node < database.graph().nodes(); node++) {
            nodes.set(node, removed.test(node));
        }
        return new Removal(nodes, new BitSet());
    }

    private static Removal links(TeDatabase database, IntPredicate removed) {
        BitSet arcs = new BitSet(database.graph().arcs());
        for (int link = 0; link < database.graph().links(); link++) {
            arcs.set(DuplexGraph.forward(link), DuplexGraph.forward(link) + 2, removed.test(link));
        }
        return new Removal(new BitSet(), arcs);
    }
}
