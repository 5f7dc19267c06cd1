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

/**
 * The request can't be answered at present and may be tried again: no leader, a store that does not answer.
 */
public final class UnavailableException extends RequestException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates a refusal for one field.
     *
     * @param field  the path of the field, in JSON notation
     * @param detail what is wrong and what would be right
     */
    public UnavailableException(String field, String detail) {
        this(List.of(FieldError.of(field, detail)));
    }

    /**
     * Creates a refusal for several fields.
     *
     * @param errors what is wrong, at least one
     */
    public UnavailableException(List<FieldError> errors) {
        super(errors);
    }

    @Override
    public UnavailableException withErrors(List<FieldError> errors) {
        return new UnavailableException(errors);
    }

    @Override
    public int httpStatus() {
        return 503;
    }

    @Override
    public String title() {
        return "Not available now";
    }
}
