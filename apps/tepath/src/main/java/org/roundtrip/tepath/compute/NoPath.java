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
import org.roundtrip.base.FieldError;
import org.roundtrip.base.ValueType;

import java.util.List;

/**
 * Why there is no path: which constraint stands in the way, and what would have to change.
 */
@Value.Immutable
@ValueType
public interface NoPath {

    /** The constraints that can stand in the way. */
    enum Reason {
        /** A switch is unknown or not connected. */
        UNREACHABLE,
        /** A switch lacks a capability. */
        CAPABILITY,
        /** The free bandwidth does not suffice. */
        BANDWIDTH,
        /** The labels of a port are used up. */
        LABELS,
        /** The only ways lead over links that can be taken in one direction only. */
        ONE_WAY,
        /** No links join the two ends. */
        DISCONNECTED
    }

    /**
     * Returns which constraint it is.
     *
     * @return the reason
     */
    @Value.Parameter
    Reason reason();

    /**
     * Returns the same in words, with the field of the request that it concerns.
     *
     * @return the field, empty if it concerns the request as a whole, and what is wrong and what would be right
     */
    @Value.Parameter
    FieldError error();

    /**
     * Returns the errors of the request.
     *
     * @return the errors
     */
    default List<FieldError> errors() {
        return List.of(error());
    }

    /**
     * Returns a reason.
     *
     * @param reason which constraint it is
     * @param field  the field of the request that it concerns, or empty
     * @param detail what is wrong and what would be right
     * @return the reason
     */
    static NoPath of(Reason reason, String field, String detail) {
        return ImmutableNoPath.of(reason, FieldError.of(field, detail));
    }
}
