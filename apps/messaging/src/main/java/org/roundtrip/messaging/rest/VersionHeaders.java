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
package org.roundtrip.messaging.rest;

import org.roundtrip.base.InvalidRequestException;

import javax.ws.rs.core.HttpHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the headers of a request say of versions. A version is its own entity tag (RFC 9110, section 8.8.3).
 */
final class VersionHeaders {

    /** How long a request waits at most. */
    static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    private static final Pattern TAG = Pattern.compile("\\s*(?<weak>W/)?\"(?<version>[0-9]{1,18})\"\\s*");
    private static final Pattern WAIT = Pattern.compile("\\s*wait\\s*=\\s*\"?(?<seconds>[0-9]{1,9})\"?\\s*",
                                                        Pattern.CASE_INSENSITIVE);

    private VersionHeaders() {
    }

    /** Returns the entity tag of a version. */
    static String tag(long version) {
        return "\"" + version + "\"";
    }

    /**
     * Returns which version the request changes (If-Match, RFC 9110, section 13.1.1).
     *
     * @return a version, or empty for any
     * @throws InvalidRequestException if it is no version
     */
    static Optional<Long> match(HttpHeaders headers) {
        String header = Optional.ofNullable(headers.getHeaderString(HttpHeaders.IF_MATCH)).orElse("*");
        if (header.trim().equals("*")) {
            return Optional.empty();
        }
        Matcher tag = TAG.matcher(header);
        if (!tag.matches() || tag.group("weak") != null) {
            throw new InvalidRequestException("If-Match", "'" + header + "' is not the entity tag of a version, such as"
                    + " \"7\"");
        }
        return Optional.of(Long.valueOf(tag.group("version")));
    }

    /** Returns which version the client has already (If-None-Match, section 13.1.2); what is no version is ignored. */
    static Optional<Long> noneMatch(HttpHeaders headers) {
        return Optional.ofNullable(headers.getHeaderString(HttpHeaders.IF_NONE_MATCH))
                .map(TAG::matcher)
                .filter(Matcher::matches)
                .map(tag -> Long.valueOf(tag.group("version")));
    }

    /** Returns how long the client would wait for another version (Prefer, RFC 7240, section 4.3). */
    static Optional<Duration> patience(HttpHeaders headers) {
        return Optional.ofNullable(headers.getHeaderString("Prefer")).stream()
                .flatMap(header -> List.of(header.split(",", -1)).stream())
                .map(WAIT::matcher)
                .filter(Matcher::matches)
                .map(wait -> Duration.ofSeconds(Long.parseLong(wait.group("seconds"))))
                .map(wait -> wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait)
                .filter(wait -> !wait.isZero())
                .findFirst();
    }
}
