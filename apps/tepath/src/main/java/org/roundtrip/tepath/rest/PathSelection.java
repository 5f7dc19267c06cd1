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
package org.roundtrip.tepath.rest;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import org.immutables.value.Value;
import org.onosproject.net.DeviceId;
import org.roundtrip.base.ValueType;
import org.roundtrip.base.rest.Page;
import org.roundtrip.base.rest.PageRequest;
import org.roundtrip.tepath.Hop;
import org.roundtrip.tepath.StandbyWay;
import org.roundtrip.tepath.TePath;
import org.roundtrip.tepath.TePathState;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which paths of all are asked for: those that fit, and of these one page.
 */
@Value.Immutable
@ValueType
@JsonDeserialize(as = ImmutablePathSelection.class)
abstract class PathSelection extends PageRequest {

    /** Returns the state that the paths have. */
    abstract Optional<TePathState> state();

    /** Returns the application that the paths belong to. */
    abstract Optional<String> owner();

    /** Returns the switch where the paths end, or that one of their ways goes through. */
    abstract Optional<DeviceId> device();

    /**
     * Selects.
     *
     * @param paths all paths, ordered by name
     * @return the page
     */
    Page<TePath> page(List<TePath> paths) {
        return pageOf(paths.stream().filter(this::fits), path -> path.request().name());
    }

    private boolean fits(TePath path) {
        return state().filter(state -> state != path.status().state()).isEmpty()
                && owner().filter(owner -> !owner.equals(path.owner())).isEmpty()
                && device().filter(device -> devices(path).noneMatch(device::equals)).isEmpty();
    }

    private static Stream<DeviceId> devices(TePath path) {
        Stream<DeviceId> ends = Stream.of(path.request().source().deviceId(), path.request().destination().deviceId());
        Stream<DeviceId> ways = Stream.concat(path.forward().stream(),
                                              path.standby().map(StandbyWay::forward).stream().flatMap(List::stream))
                .map(Hop::device);
        return Stream.concat(ends, ways);
    }
}
