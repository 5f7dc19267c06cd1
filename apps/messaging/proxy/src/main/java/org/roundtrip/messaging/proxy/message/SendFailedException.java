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
package org.roundtrip.messaging.proxy.message;

import org.roundtrip.base.FieldError;
import org.roundtrip.base.RequestException;

import java.util.List;

/**
 * A message was not stored, or not within its time.
 */
public final class SendFailedException extends RequestException {

    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /** Why it was not. */
    public enum Kind {
        /** Too much waits on its way: it is not stored. */
        BACKLOG_FULL(429, "Too much waits"),
        /** The storage server can't be written to; it is not stored. */
        STORAGE_UNAVAILABLE(503, "The storage server is unavailable"),
        /** The storage server has been given it, and has not confirmed it: nobody knows whether it is stored. */
        NOT_CONFIRMED(504, "Not confirmed"),
        /** The storage server will not have it: it is not stored. */
        REJECTED(422, "The storage server refuses it");

        private final int httpStatus;
        private final String title;

        Kind(int httpStatus, String title) {
            this.httpStatus = httpStatus;
            this.title = title;
        }
    }

    /**
     * Creates one.
     *
     * @param kind   why
     * @param detail what exactly
     */
    public SendFailedException(Kind kind, String detail) {
        this(kind, List.of(FieldError.of("", detail)));
    }

    private SendFailedException(Kind kind, List<FieldError> errors) {
        super(errors);
        this.kind = kind;
    }

    /**
     * Returns why it was not stored.
     *
     * @return the kind of failure
     */
    public Kind kind() {
        return kind;
    }

    @Override
    public SendFailedException withErrors(List<FieldError> replacement) {
        return new SendFailedException(kind, replacement);
    }

    @Override
    public int httpStatus() {
        return kind.httpStatus;
    }

    @Override
    public String title() {
        return kind.title;
    }
}
