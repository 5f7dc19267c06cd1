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

import java.util.List;

/**
 * The paths that have to give way to another.
 */
@Value.Immutable
@ValueType
public interface Victims {

    /**
     * Returns the paths.
     *
     * @return their names, the least important first and then ordered by name; none if there is room without
     */
    @Value.Parameter
    List<String> paths();

    /**
     * Returns whether no better choice is possible.
     *
     * @return true if so; false if there were too many choices to try: then none of them is superfluous all the same
     */
    @Value.Parameter
    boolean isBest();

    /**
     * Returns victims.
     *
     * @param paths  their names
     * @param isBest whether no better choice is possible
     * @return the victims
     */
    static Victims of(List<String> paths, boolean isBest) {
        return ImmutableVictims.of(paths, isBest);
    }
}
