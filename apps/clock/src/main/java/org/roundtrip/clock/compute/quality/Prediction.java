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
package org.roundtrip.clock.compute.quality;

import org.immutables.value.Value;
import org.onosproject.net.ConnectPoint;
import org.roundtrip.base.ValueType;
import org.roundtrip.clock.ClockReport;
import org.roundtrip.clock.OffsetReference;
import org.roundtrip.clock.ResidualAsymmetry;

import java.util.List;
import java.util.Optional;

/**
 * What the way of a session predicts for the measurements of its client.
 */
@Value.Immutable
@ValueType
public interface Prediction {

    /** Nothing is known of the way. */
    Prediction NONE = builder().errorTolerance(0).build();

    /**
     * Returns the way. When it changes, what was measured before says nothing of it.
     *
     * @return the ports where packets from the server leave a switch, in order; none while there is no way
     */
    List<ConnectPoint> way();

    /**
     * Returns by how much the two directions of the way are known to differ.
     *
     * @return the asymmetry, or empty while there is no way
     */
    Optional<ResidualAsymmetry> asymmetry();

    /**
     * Returns the mean path delay.
     *
     * @return nanoseconds, or empty unless the delays of all links are configured
     */
    Optional<Long> pathDelay();

    /**
     * Returns by how much a median may differ from what is predicted, beside the spread.
     *
     * @return nanoseconds, 0 or more
     */
    long errorTolerance();

    /**
     * Returns what the median of the reported offsets should be. A steered clock makes all offsets 0, whatever its
     * error. One that has the right time by other means sees the server late or early by half of what the way from the
     * server takes longer than the way back, less what its delayAsymmetry corrects (IEEE 1588-2019, sections 7.4.2 and
     * 11.6): the opposite of the error of a clock that would follow these offsets.
     *
     * @param report what the client says of its offsets
     * @return nanoseconds, or empty if nothing can be predicted
     */
    default Optional<Long> offset(ClockReport report) {
        return report.reference() == OffsetReference.SERVER ? Optional.of(0L)
                : asymmetry().map(known -> known.delayAsymmetry() - report.delayAsymmetry());
    }

    /**
     * Returns a builder.
     *
     * @return a builder
     */
    static Builder builder() {
        return new Builder();
    }

    /** Builds these values. */
    final class Builder extends ImmutablePrediction.Builder {
    }
}
