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

import java.time.Instant;

/**
 * What its last failure made of a link, by {@link FlapDamping}.
 */
@Value.Immutable
@ValueType
public interface Instability {

    /**
     * Returns the figure of merit right after the failure.
     *
     * @return more than 0
     */
    @Value.Parameter
    double figureOfMerit();

    /**
     * Returns when the link failed.
     *
     * @return the time of its last failure
     */
    @Value.Parameter
    Instant since();

    /**
     * Returns whether the failures were enough to make the link unsteady for a time.
     *
     * @return true if so
     */
    @Value.Parameter
    boolean isSuppressed();

    /**
     * Returns an instability.
     *
     * @param figureOfMerit the figure of merit right after the failure
     * @param since         when the link failed
     * @param isSuppressed  whether the failures were enough to make the link unsteady
     * @return the instability
     */
    static Instability of(double figureOfMerit, Instant since, boolean isSuppressed) {
        return ImmutableInstability.of(figureOfMerit, since, isSuppressed);
    }
}
