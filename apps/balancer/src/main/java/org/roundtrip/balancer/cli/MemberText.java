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
package org.roundtrip.balancer.cli;

import org.roundtrip.balancer.Member;
import org.roundtrip.balancer.MemberId;
import org.roundtrip.base.InvalidRequestException;
import org.roundtrip.base.RequestException;
import org.roundtrip.base.cli.RequestDraft;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Members as they are written on the command line: {@code 192.0.2.7:8080,weight=50,state=draining}.
 */
final class MemberText {

    private MemberText() {
    }

    /**
     * Reads the id of a member.
     *
     * @param field the name of the field
     * @param text  what the user has typed
     * @return the id
     * @throws RequestException if it is none; names the field and what would be right
     */
    static MemberId id(String field, String text) {
        try {
            return MemberId.valueOf(text);
        } catch (RequestException refusal) {
            throw refusal.at(field);
        }
    }

    /**
     * Reads a member with its settings.
     *
     * @param field the path of the member
     * @param text  what the user has typed
     * @return the members of the JSON object that says the same
     * @throws RequestException if it is none; names the field and what would be right
     */
    static Map<String, Object> fields(String field, String text) {
        String[] parts = text.split(",", -1);
        MemberId id = id(field, parts[0]);
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("address", id.address().toString());
        fields.put("port", id.port());
        for (int i = 1; i < parts.length; i++) {
            String[] setting = parts[i].split("=", 2);
            boolean isWeight = setting[0].equals("weight");
            if (setting.length < 2 || !isWeight && !setting[0].equals("state")) {
                throw new InvalidRequestException(field, "'" + parts[i] + "' is not a setting of a member: write"
                        + " weight=WEIGHT, 0 to " + Member.GREATEST_WEIGHT + ", or state=STATE, enabled, draining or"
                        + " disabled");
            }
            Object value = isWeight ? RequestDraft.number(setting[1]) : setting[1];
            if (fields.put(setting[0], value) != null) {
                throw new InvalidRequestException(field, "the " + setting[0] + " is said twice");
            }
        }
        return fields;
    }
}
