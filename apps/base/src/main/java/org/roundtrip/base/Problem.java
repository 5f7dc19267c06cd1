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

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;

import java.util.List;

/**
 * A problem document (RFC 9457) with one more member: {@code errors}, a list of what is wrong field by field.
 */
@Value.Immutable
@ValueType
@JsonSerialize(as = ImmutableProblem.class)
public interface Problem {

    /** The media type of problem documents in JSON (RFC 9457, section 6.1). */
    String MEDIA_TYPE = "application/problem+json";

    /**
     * Returns the type. It is always {@code about:blank}: the status code says what kind of problem it is (RFC 9457,
     * section 4.2.1).
     *
     * @return a URI reference
     */
    @Value.Default
    default String type() {
        return "about:blank";
    }

    /**
     * Returns a summary of this kind of problem.
     *
     * @return a few words
     */
    @Value.Parameter
    String title();

    /**
     * Returns the HTTP status code.
     *
     * @return 400 to 599
     */
    @Value.Parameter
    int status();

    /**
     * Returns what is wrong this time.
     *
     * @return one or more sentences
     */
    @Value.Parameter
    String detail();

    /**
     * Returns what is wrong, field by field.
     *
     * @return the errors, may be empty
     */
    @Value.Parameter
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    List<FieldError> errors();

    /**
     * Returns a problem that concerns no field.
     *
     * @param title  a summary of this kind of problem
     * @param status the HTTP status code
     * @param detail what is wrong this time
     * @return the problem
     */
    static Problem of(String title, int status, String detail) {
        return ImmutableProblem.of(title, status, detail, List.of());
    }

    /**
     * Returns the problem that tells of a refused request.
     *
     * @param refusal the refused request
     * @return the problem
     */
    static Problem of(RequestException refusal) {
        return ImmutableProblem.of(refusal.title(), refusal.httpStatus(), refusal.getMessage(), refusal.errors());
    }
}
