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
package org.roundtrip.messaging.cli;

import org.roundtrip.base.InvalidRequestException;
import org.roundtrip.base.cli.TimeText;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.concurrent.TimeUnit;

/**
 * Times as people say them: when it was, or how long ago.
 */
final class PastTime {

    private PastTime() {
    }

    /**
     * Reads a time.
     *
     * @param field the name of the field
     * @param text  what the user has typed
     * @param now   what is ago is counted from here
     * @return the time
     * @throws InvalidRequestException if it is none
     */
    static Instant parse(String field, String text, Instant now) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            return now.minusMillis(ago(field, text));
        }
    }

    private static long ago(String field, String text) {
        try {
            return TimeText.parse(field, text, TimeUnit.MILLISECONDS);
        } catch (InvalidRequestException e) {
            throw new InvalidRequestException(field, "'" + text + "' is not a time: write when it was, such as"
                    + " 2026-01-15T12:00:00Z, or how long ago, such as 10min");
        }
    }
}
