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

import org.roundtrip.base.RequestException;
import org.roundtrip.base.json.Json;
import org.roundtrip.tepath.TePathRequest;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The members of a request as REST has them, while they are put together: what the command line takes is what REST
 * takes, and is refused in the same words. Not thread-safe.
 */
final class RequestDraft {

    private final Map<String, Object> members;

    private RequestDraft(Map<String, Object> members) {
        this.members = members;
    }

    /**
     * Begins with nothing.
     *
     * @return a draft without members
     */
    static RequestDraft empty() {
        return new RequestDraft(new LinkedHashMap<>());
    }

    /**
     * Begins with a request.
     *
     * @param request what there is already
     * @return a draft of the same request
     */
    @SuppressWarnings("unchecked")
    static RequestDraft of(TePathRequest request) {
        RequestDraft draft = new RequestDraft(Json.read(Json.write(request), LinkedHashMap.class));
        // As it does where nothing is said: whoever changes one of them need not think of the other.
        return request.holdingPriority() == request.setupPriority() ? draft.remove("holding-priority") : draft;
    }

    /**
     * Sets a member.
     *
     * @param path  its name, after the names of what it is in, with dots in between
     * @param value its value, as JSON has it
     * @return this
     */
    RequestDraft set(String path, Object value) {
        int dot = path.indexOf('.');
        if (dot < 0) {
            members.put(path, value);
        } else {
            inner(path.substring(0, dot)).set(path.substring(dot + 1), value);
        }
        return this;
    }

    /**
     * Removes a member, so that its default holds.
     *
     * @param path its name, after the names of what it is in, with dots in between
     * @return this
     */
    RequestDraft remove(String path) {
        int dot = path.indexOf('.');
        if (dot < 0) {
            members.remove(path);
        } else {
            inner(path.substring(0, dot)).remove(path.substring(dot + 1));
        }
        return this;
    }

    /**
     * Tells whether there is a member.
     *
     * @param name its name
     * @return true if it is there
     */
    boolean has(String name) {
        return members.containsKey(name);
    }

    @SuppressWarnings("unchecked")
    private RequestDraft inner(String name) {
        return new RequestDraft((Map<String, Object>) members.computeIfAbsent(name, key -> new LinkedHashMap<>()));
    }

    /**
     * Ends the draft.
     *
     * @return the request
     * @throws RequestException if the draft is none; names the field and what would be right
     */
    TePathRequest request() {
        return Json.read(Json.write(members), TePathRequest.class);
    }
}
