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

import org.roundtrip.base.FieldError;
import org.roundtrip.base.RequestException;

import java.util.List;

/**
 * A change was made for another version of the configuration than the present one (RFC 9110, section 15.5.13).
 */
public final class VersionMismatchException extends RequestException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates a refusal.
     *
     * @param expected for which version the change was made
     * @param present  the present version
     */
    public VersionMismatchException(long expected, long present) {
        this(List.of(FieldError.of("version", "the change is made for version " + expected + ", and the present one is "
                + present + ": look at it, and make the change again")));
    }

    private VersionMismatchException(List<FieldError> errors) {
        super(errors);
    }

    @Override
    public VersionMismatchException withErrors(List<FieldError> errors) {
        return new VersionMismatchException(errors);
    }

    @Override
    public int httpStatus() {
        return 412;
    }

    @Override
    public String title() {
        return "Precondition failed";
    }
}
