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

import org.immutables.value.Value;
import org.roundtrip.base.ValueType;

import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * What an operator has said of one direction of a link. Together, the settings of both directions give the attributes
 * of each.
 */
@Value.Immutable
@ValueType
public interface LinkSettings {

    /** Of a direction of which nothing was said. */
    LinkSettings NONE = builder().build();

    /**
     * Returns the bandwidth of this direction that may be reserved.
     *
     * @return bit/s, or empty if nothing was said
     */
    Optional<Long> bandwidth();

    /**
     * Returns the delay of this direction.
     *
     * @return nanoseconds, or empty if nothing was said
     */
    Optional<Long> delay();

    /**
     * Returns the TE metric of the link.
     *
     * @return the metric, or empty if nothing was said
     */
    OptionalInt teMetric();

    /**
     * Returns affinities of the link.
     *
     * @return a bit set: affinity <i>i</i> has the value 2<sup>i</sup>
     */
    @Value.Default
    default int affinities() {
        return 0;
    }

    /**
     * Returns shared risk link groups of the link.
     *
     * @return their numbers
     */
    @Value.NaturalOrder
    NavigableSet<Integer> sharedRisks();

    /**
     * Returns whether the link is to be left by all paths.
     *
     * @return true if so
     */
    @Value.Default
    default boolean maintenance() {
        return false;
    }

    /**
     * Returns the attributes of this direction. Bandwidth and delay are its own, or else those of the opposite
     * direction. What holds for the link as a whole comes from both, and what keeps more paths away counts: the larger
     * metric, the affinities and risks of either, and maintenance if either says so.
     *
     * @param opposite what was said of the opposite direction
     * @return the attributes
     */
    default LinkAttributes attributes(LinkSettings opposite) {
        LinkAttributes.Builder attributes = LinkAttributes.builder()
                .bandwidth(bandwidth().or(opposite::bandwidth))
                .delay(delay().or(opposite::delay).orElse(LinkAttributes.STANDARD.delay()))
                .affinities(affinities() | opposite.affinities())
                .addAllSharedRisks(sharedRisks()).addAllSharedRisks(opposite.sharedRisks())
                .maintenance(maintenance() || opposite.maintenance());
        IntStream.concat(teMetric().stream(), opposite.teMetric().stream()).max().ifPresent(attributes::teMetric);
        return attributes.build();
    }

    /**
     * Returns a builder.
     *
     * @return a builder
     */
    static Builder builder() {
        return new Builder();
    }

    /** Builds settings. */
    final class Builder extends ImmutableLinkSettings.Builder {
    }
}
