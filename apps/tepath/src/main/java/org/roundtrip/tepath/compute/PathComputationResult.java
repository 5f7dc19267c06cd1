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

import com.google.common.base.Suppliers;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * The ways that were found, or why there are none.
 * <p>
 * The reason is looked for when it is first asked for, since that takes longer than to find no way: ask for it on the
 * same thread, before the network or what paths hold of it changes.
 */
public final class PathComputationResult {

    private final Optional<ComputedPath> path;
    private final Supplier<Optional<NoPath>> noPath;

    private PathComputationResult(Optional<ComputedPath> path, Supplier<Optional<NoPath>> noPath) {
        this.path = path;
        this.noPath = noPath;
    }

    static PathComputationResult found(ComputedPath path) {
        return new PathComputationResult(Optional.of(path), Optional::empty);
    }

    static PathComputationResult none(Supplier<NoPath> reason) {
        return new PathComputationResult(Optional.empty(), Suppliers.memoize(() -> Optional.of(reason.get())));
    }

    /**
     * Returns the ways.
     *
     * @return the ways, or empty if there are none
     */
    public Optional<ComputedPath> path() {
        return path;
    }

    /**
     * Returns why there are no ways.
     *
     * @return the reason, or empty if there are ways
     */
    public Optional<NoPath> noPath() {
        return noPath.get();
    }
}
