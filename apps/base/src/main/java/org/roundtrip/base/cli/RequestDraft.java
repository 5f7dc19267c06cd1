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
package org.roundtrip.base.cli;

import org.roundtrip.base.RequestException;
import org.roundtrip.base.json.Json;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The members of a request as REST has them, while they are put together from what a command line says: so the command
 * line takes what REST takes, and is refused in the same words.
 * <p>
 * The shell leaves options null that are not given. What such an option would say stays as it was before; the word
 * {@link #NONE} takes it away. Members are named by their path: the names of what they are in, with dots in between.
 * Not thread-safe.
 */
public final class RequestDraft {

    /** Takes away what was said before. */
    public static final String NONE = "none";

    private final Map<String, Object> members;

    private RequestDraft(Map<String, Object> members) {
        this.members = members;
    }

    /**
     * Begins with nothing.
     *
     * @return a draft without members
     */
    public static RequestDraft empty() {
        return new RequestDraft(new LinkedHashMap<>());
    }

    /**
     * Begins with a request.
     *
     * @param request what there is already
     * @return a draft of the same request
     */
    @SuppressWarnings("unchecked")
    public static RequestDraft of(Object request) {
        return new RequestDraft(Json.read(Json.write(request), LinkedHashMap.class));
    }

    /**
     * Sets a member.
     *
     * @param path  its path
     * @param value its value, as JSON has it
     * @return this
     */
    public RequestDraft set(String path, Object value) {
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
     * @param path its path
     * @return this
     */
    public RequestDraft remove(String path) {
        int dot = path.indexOf('.');
        if (dot < 0) {
            members.remove(path);
        } else {
            inner(path.substring(0, dot)).remove(path.substring(dot + 1));
        }
        return this;
    }

    /**
     * Takes an option that has one text.
     *
     * @param path   the path of the member that it says
     * @param option the text, or null if it is not given
     * @param reader makes the member of the text
     * @return this
     * @throws RequestException if the reader refuses the text
     */
    public RequestDraft take(String path, String option, Function<String, ?> reader) {
        if (NONE.equals(option)) {
            remove(path);
        } else if (option != null) {
            set(path, reader.apply(option));
        }
        return this;
    }

    /**
     * Takes an option that is a flag.
     *
     * @param path   the path of the member that it says
     * @param option the flag, or null if it is not given
     * @return this
     */
    public RequestDraft take(String path, Boolean option) {
        if (option != null) {
            set(path, option);
        }
        return this;
    }

    /**
     * Takes an option that may be repeated.
     *
     * @param path   the path of the list that it says
     * @param option the texts, or null if it is not given
     * @param reader makes an element of the path of the element and the text
     * @return this
     * @throws RequestException if the reader refuses a text
     */
    public RequestDraft take(String path, List<String> option, BiFunction<String, String, ?> reader) {
        if (option != null) {
            List<String> texts = elements(option);
            set(path, IntStream.range(0, texts.size())
                    .mapToObj(i -> reader.apply(path + "[" + i + "]", texts.get(i))).collect(Collectors.toList()));
        }
        return this;
    }

    /**
     * Returns what an option says that may be repeated.
     *
     * @param option the texts
     * @return the texts, or nothing if they are the word {@link #NONE}
     */
    public static List<String> elements(List<String> option) {
        return option.equals(List.of(NONE)) ? List.of() : option;
    }

    /**
     * Reads what should be a number of at most 32 bits.
     *
     * @param text what the user has typed
     * @return the number, or the text, which {@link #request} refuses with the name of the field
     */
    public static Object number(String text) {
        return text.matches("-?[0-9]{1,9}") ? (Object) Integer.valueOf(text) : text;
    }

    /**
     * Tells whether there is a member.
     *
     * @param name its name
     * @return true if it is there
     */
    public boolean has(String name) {
        return members.containsKey(name);
    }

    @SuppressWarnings("unchecked")
    private RequestDraft inner(String name) {
        return new RequestDraft((Map<String, Object>) members.computeIfAbsent(name, key -> new LinkedHashMap<>()));
    }

    /**
     * Ends the draft.
     *
     * @param type what it should be
     * @param <T>  what it should be
     * @return the request
     * @throws RequestException if the draft is none; names the field and what would be right
     */
    public <T> T request(Class<T> type) {
        return Json.read(Json.write(members), type);
    }
}
