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
package org.roundtrip.tepath.cli;

import org.roundtrip.base.InvalidRequestException;
import org.roundtrip.base.RequestException;
import org.roundtrip.base.cli.RequestDraft;
import org.roundtrip.base.json.Json;
import org.roundtrip.tepath.TrafficMatch;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Matches as one word: the fields that REST has, as {@code ip-protocol=17,destination-port=319}; {@code any} for all.
 */
final class MatchText {

    /** Matches everything. */
    static final String ANY = "any";

    private MatchText() {
    }

    /**
     * Reads a match.
     *
     * @param field the name of the field
     * @param text  what the user has typed
     * @return the match
     * @throws RequestException if it is none; names the field and what would be right
     */
    static TrafficMatch parse(String field, String text) {
        Map<String, Object> members = new LinkedHashMap<>();
        for (String pair : text.equals(ANY) ? new String[0] : text.split(",", -1)) {
            int equals = pair.indexOf('=');
            if (equals <= 0) {
                throw new InvalidRequestException(field, "'" + pair
                        + "' is not FIELD=VALUE: write a match as ip-protocol=17,destination-port=319, or any");
            }
            if (members.put(pair.substring(0, equals), RequestDraft.number(pair.substring(equals + 1))) != null) {
                throw new InvalidRequestException(field, "'" + pair.substring(0, equals) + "' is there twice");
            }
        }
        try {
            return Json.read(Json.write(members), TrafficMatch.class);
        } catch (RequestException refusal) {
            throw refusal.at(field);
        }
    }
}
