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

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LinkSettingsTest {

    @Test
    void nothingSaidMeansNothingKnown() {
        assertThat(LinkSettings.NONE.attributes(LinkSettings.NONE)).isEqualTo(LinkAttributes.STANDARD);
    }

    @Test
    void whatIsSaidOfOneDirectionHoldsForBoth() {
        LinkSettings said = LinkSettings.builder().bandwidth(10L).delay(20L).teMetric(0).affinities(0b100)
                .addSharedRisks(7).maintenance(true).build();
        LinkAttributes attributes = LinkAttributes.builder().bandwidth(10L).delay(20).teMetric(0).affinities(0b100)
                .addSharedRisks(7).maintenance(true).build();

        assertThat(said.attributes(LinkSettings.NONE)).isEqualTo(attributes);
        assertThat(LinkSettings.NONE.attributes(said)).isEqualTo(attributes);
    }

    @Test
    void eachDirectionHasItsOwnBandwidthAndDelay() {
        LinkSettings fast = LinkSettings.builder().bandwidth(10L).delay(0L).build();
        LinkSettings slow = LinkSettings.builder().bandwidth(1L).delay(100L).build();

        assertThat(fast.attributes(slow)).isEqualTo(LinkAttributes.builder().bandwidth(10L).delay(0).build());
        assertThat(slow.attributes(fast)).isEqualTo(LinkAttributes.builder().bandwidth(1L).delay(100).build());
    }

    @Test
    void ofTheLinkWhatKeepsMorePathsAwayCounts() {
        LinkSettings one = LinkSettings.builder().teMetric(5).affinities(0b001).addSharedRisks(1, 2).build();
        LinkSettings other = LinkSettings.builder().teMetric(9).affinities(0b110).addSharedRisks(2, 3)
                .maintenance(true).build();
        LinkAttributes both = LinkAttributes.builder().teMetric(9).affinities(0b111).addSharedRisks(1, 2, 3)
                .maintenance(true).build();

        assertThat(one.attributes(other)).isEqualTo(both);
        assertThat(other.attributes(one)).isEqualTo(both);
    }
}
