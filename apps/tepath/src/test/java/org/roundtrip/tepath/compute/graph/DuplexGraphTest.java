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

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class DuplexGraphTest {

    private static final int[] NONE = {};

    @Test
    void keepsWhatALinkIs() {
        DuplexGraph.Builder builder = DuplexGraph.builder(3);
        builder.link(0, 1, 7, 0, NONE, 1, 2);
        int link = builder.link(2, 1, DuplexGraph.MAX_TE_METRIC, 0x8000_0001, new int[]{9, 4, 9}, 30, 40);
        DuplexGraph graph = builder.build();
        int forward = DuplexGraph.forward(link);
        int back = DuplexGraph.opposite(forward);

        assertThat(graph.links()).isEqualTo(2);
        assertThat(graph.arcs()).isEqualTo(4);
        assertThat(DuplexGraph.link(back)).isEqualTo(link);
        assertThat(List.of(graph.tail(forward), graph.head(forward))).containsExactly(2, 1);
        assertThat(List.of(graph.tail(back), graph.head(back))).containsExactly(1, 2);
        assertThat(graph.cost(CostMetric.HOPS, link)).isEqualTo(1);
        assertThat(graph.cost(CostMetric.TE_METRIC, link)).isEqualTo(0xffff_ffffL);
        assertThat(graph.cost(CostMetric.DELAY, link)).isEqualTo(70);
        assertThat(List.of(graph.delay(forward), graph.delay(back))).containsExactly(30L, 40L);
        assertThat(graph.affinity(link)).isEqualTo(0x8000_0001);
        assertThat(graph.srlgCount(link)).isEqualTo(2);
        assertThat(List.of(graph.srlg(link, 0), graph.srlg(link, 1))).containsExactly(4, 9);
    }

    @Property(tries = 300)
    void listsEachArcOnceAtItsTailInAscendingOrder(@ForAll @IntRange(min = 1, max = 12) int nodes,
                                                   @ForAll @IntRange(max = 60) int links, @ForAll long seed) {
        DuplexGraph.Builder builder = DuplexGraph.builder(nodes);
        Random random = new Random(seed);
        for (int link = 0; nodes > 1 && link < links; link++) {
            int tail = random.nextInt(nodes);
            builder.link(tail, (tail + 1 + random.nextInt(nodes - 1)) % nodes, 1, 0, NONE, 0, 0);
        }
        DuplexGraph graph = builder.build();

        List<Integer> seen = new ArrayList<>();
        for (int node = 0; node < graph.nodes(); node++) {
            int before = -1;
            for (int position = graph.firstPosition(node); position < graph.endPosition(node); position++) {
                int arc = graph.arcAt(position);
                assertThat(graph.tail(arc)).isEqualTo(node);
                assertThat(graph.head(DuplexGraph.opposite(arc))).isEqualTo(node);
                assertThat(arc).isGreaterThan(before);
                before = arc;
                seen.add(arc);
            }
        }
        assertThat(seen).doesNotHaveDuplicates().hasSize(graph.arcs());
    }

    @Test
    void isNotChangedByItsBuilderAfterwards() {
        DuplexGraph.Builder builder = DuplexGraph.builder(2);
        builder.link(0, 1, 1, 0, NONE, 0, 0);
        DuplexGraph graph = builder.build();
        builder.link(0, 1, 2, 0, NONE, 0, 0);

        assertThat(graph.links()).isEqualTo(1);
        assertThat(builder.build().links()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
            "-1, 1, 0, 0, 0, No node -1",
            "0, 3, 0, 0, 0, No node 3",
            "1, 1, 0, 0, 0, to itself",
            "0, 1, -1, 0, 0, TE metric",
            "0, 1, 4294967296, 0, 0, TE metric",
            "0, 1, 0, -1, 0, Forward delay",
            "0, 1, 0, 16777215001, 0, Forward delay",
            "0, 1, 0, 0, -1, Reverse delay",
            "0, 1, 0, 0, 16777215001, Reverse delay"})
    void refusesWhatIsOutOfRange(int tail, int head, long teMetric, long forward, long reverse, String complaint) {
        DuplexGraph.Builder builder = DuplexGraph.builder(3);

        assertThatIllegalArgumentException().isThrownBy(
                () -> builder.link(tail, head, teMetric, 0, NONE, forward, reverse)).withMessageContaining(complaint);
        assertThat(builder.build().links()).isZero();
    }

    @Test
    void refusesANegativeNumberOfNodes() {
        assertThatIllegalArgumentException().isThrownBy(() -> DuplexGraph.builder(-1));
    }

    @Test
    void aPathAddsUpWhatItsArcsCost() {
        DuplexGraph.Builder builder = DuplexGraph.builder(3);
        builder.link(0, 1, 7, 0, NONE, 1, 2);
        builder.link(2, 1, 5, 0, NONE, 30, 40);
        DuplexGraph graph = builder.build();
        GraphPath path = GraphPath.of(graph, 0, 3);

        assertThat(path.cost(graph, CostMetric.HOPS)).isEqualTo(2);
        assertThat(path.cost(graph, CostMetric.TE_METRIC)).isEqualTo(12);
        assertThat(path.cost(graph, CostMetric.DELAY)).isEqualTo(73);
        assertThat(path.forwardDelay(graph)).isEqualTo(41);
        assertThat(path.reverseDelay(graph)).isEqualTo(32);
        assertThatIllegalArgumentException().isThrownBy(() -> GraphPath.of(graph, 0, 2));
    }

    @Test
    void filtersCombine() {
        ArcFilter even = arc -> arc % 2 == 0;
        ArcFilter small = arc -> arc < 3;

        assertThat(even.and(small).admits(2)).isTrue();
        assertThat(even.and(small).admits(4)).isFalse();
        assertThat(even.and(small).admits(1)).isFalse();
        assertThat(ArcFilter.ALL.and(small).admits(1)).isTrue();
    }
}
