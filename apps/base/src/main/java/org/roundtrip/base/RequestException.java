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

import java.util.List;
import java.util.stream.Collectors;

/**
 * A request that is refused and has changed nothing. Every face shows it in its own way: REST as a problem document
 * (RFC 9457), the command line as one line for each error.
 */
public abstract class RequestException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<FieldError> errors;

    /**
     * Creates a refusal.
     *
     * @param errors what is wrong, at least one
     */
    protected RequestException(List<FieldError> errors) {
        super(errors.stream()
                      .map(error -> error.field().isEmpty() ? error.detail() : error.field() + ": " + error.detail())
                      .collect(Collectors.joining("\n")));
        this.errors = List.copyOf(errors);
    }

    /**
     * Returns what is wrong with the request.
     *
     * @return the errors, in the order of the fields
     */
    public List<FieldError> errors() {
        return errors;
    }

    /**
     * Returns a refusal of the same kind that tells of something else.
     *
     * @param replacement what is wrong, at least one
     * @return the refusal
     */
    public abstract RequestException withErrors(List<FieldError> replacement);

    /**
     * Returns the same refusal, seen from what encloses the refused value.
     *
     * @param path the path of the refused value in what encloses it, in JSON notation; may be empty
     * @return a refusal whose fields all begin with the path
     */
    public RequestException at(String path) {
        return path.isEmpty() ? this : withErrors(errors.stream()
                .map(error -> FieldError.of(join(path, error.field()), error.detail()))
                .collect(Collectors.toList()));
    }

    private static String join(String path, String field) {
        return field.isEmpty() || field.startsWith("[") ? path + field : path + "." + field;
    }

    /**
     * Returns the HTTP status that says the same.
     *
     * @return a status code from 400 to 599
     */
    public abstract int httpStatus();

    /**
     * Returns a title for this kind of refusal, the same for all of its kind.
     *
     * @return a few words
     */
    public abstract String title();
}
