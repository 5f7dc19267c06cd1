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
package org.roundtrip.base;

import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;

/**
 * One thing that is wrong with a request: which field, and what would be right.
 */
@Value.Immutable
@ValueType
@JsonSerialize(as = ImmutableFieldError.class)
public interface FieldError {

    /**
     * Returns the path of the field as the user wrote it, in JSON notation: {@code servers[2].port}.
     *
     * @return the path, empty for the request as a whole
     */
    @Value.Parameter
    String field();

    /**
     * Returns what is wrong and what would be right.
     *
     * @return a sentence
     */
    @Value.Parameter
    String detail();

    /**
     * Returns an error of a field.
     *
     * @param field  the path of the field, in JSON notation
     * @param detail what is wrong and what would be right
     * @return the error
     */
    static FieldError of(String field, String detail) {
        return ImmutableFieldError.of(field, detail);
    }
}
