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
package org.roundtrip.messaging;

import org.immutables.value.Value;
import org.roundtrip.base.ValueType;

import java.util.Optional;

/**
 * Who asks for a change of the configuration, and for which version of it.
 */
@Value.Immutable
@ValueType
public interface ChangeRequest {

    /**
     * Returns who asks.
     *
     * @return the name of a user of the controller
     */
    @Value.Parameter
    String author();

    /**
     * Returns for which version the change is made.
     *
     * @return a version, or empty if it is made whatever the present one is
     */
    @Value.Parameter
    Optional<Long> expectedVersion();

    /**
     * Returns a request for a change of whatever version is the present one.
     *
     * @param author who asks
     * @return the request
     */
    static ChangeRequest by(String author) {
        return ImmutableChangeRequest.of(author, Optional.empty());
    }

    /**
     * Returns a request for a change of one version.
     *
     * @param author  who asks
     * @param version for which version the change is made, or empty for any
     * @return the request
     */
    static ChangeRequest of(String author, Optional<Long> version) {
        return ImmutableChangeRequest.of(author, version);
    }
}
