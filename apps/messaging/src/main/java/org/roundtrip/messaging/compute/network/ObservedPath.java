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
package org.roundtrip.messaging.compute.network;

import org.immutables.value.Value;
import org.roundtrip.base.ValueType;
import org.roundtrip.tepath.TePath;

import java.util.Optional;

/**
 * What has become of a te-path that there must be.
 */
@Value.Immutable
@ValueType
public interface ObservedPath {

    /**
     * Returns the te-path of that name that is ours.
     *
     * @return the te-path, which may have been asked for differently, or empty
     */
    Optional<TePath> path();

    /**
     * Returns why it was refused as it is to be.
     *
     * @return the refusal in words, or empty if it was not
     */
    Optional<String> refusal();

    /**
     * Returns an observation.
     *
     * @param path    the te-path
     * @param refusal the refusal
     * @return the observation
     */
    static ObservedPath of(Optional<TePath> path, Optional<String> refusal) {
        return ImmutableObservedPath.builder().path(path).refusal(refusal).build();
    }
}
