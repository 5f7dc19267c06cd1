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

import org.roundtrip.tepath.compute.graph.GraphPath;

import java.util.Optional;

/**
 * What a search has found: an active way and, if one was looked for, a standby way; or nothing.
 * <p>
 * Immutable and thread-safe.
 */
final class Ways {

    private final Optional<GraphPath> active;
    private final Optional<GraphPath> standby;
    private final boolean proven;

    private Ways(Optional<GraphPath> active, Optional<GraphPath> standby, boolean proven) {
        this.active = active;
        this.standby = standby;
        this.proven = proven;
    }

    static Ways none(boolean proven) {
        return new Ways(Optional.empty(), Optional.empty(), proven);
    }

    static Ways single(GraphPath active, boolean proven) {
        return new Ways(Optional.of(active), Optional.empty(), proven);
    }

    static Ways pair(GraphPath active, GraphPath standby, boolean proven) {
        // A copy of the active way would protect from nothing.
        return new Ways(Optional.of(active), Optional.of(standby).filter(way -> !way.equals(active)), proven);
    }

    boolean isFound() {
        return active.isPresent();
    }

    /** Returns the active way; only if one was found. */
    GraphPath active() {
        return active.orElseThrow();
    }

    Optional<GraphPath> standby() {
        return standby;
    }

    /** Returns whether no ways are better or, if none were found, none exist; false if the search was cut short. */
    boolean isProven() {
        return proven;
    }
}
