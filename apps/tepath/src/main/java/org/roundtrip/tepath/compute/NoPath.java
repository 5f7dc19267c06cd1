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
 * Why there is no path: which constraints stand in the way, and what would have to change.
 */
@Value.Immutable
@ValueType
public interface NoPath {

    /**
     * Returns what stands in the way, with what would be right. Where each of several constraints could be relaxed on
     * its own, each of them has an error; where several must be relaxed together, each error says so.
     *
     * @return the fields and what is wrong with them, at least one; a field is empty if it is the network that is in
     *         the way
     */
    @Value.Parameter
    List<FieldError> errors();

    /**
     * Returns the same in one sentence.
     *
     * @return words that a user understands
     */
    @Value.Parameter
    String reason();

    /**
     * Returns a reason.
     *
     * @param errors the fields and what is wrong with them
     * @param reason the same in one sentence
     * @return the reason
     */
    static NoPath of(List<FieldError> errors, String reason) {
        return ImmutableNoPath.of(errors, reason);
    }
}
