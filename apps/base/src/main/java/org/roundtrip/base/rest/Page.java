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
package org.roundtrip.base.rest;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A page of a list. A page is named by the entry before it, so that entries that come and go meanwhile neither hide
 * others nor show them twice. Immutable.
 *
 * @param <T> what the list has
 */
public final class Page<T> {

    private final List<T> entries;
    private final Optional<String> next;

    private Page(List<T> entries, Optional<String> next) {
        this.entries = entries;
        this.next = next;
    }

    /**
     * Returns a page.
     *
     * @param all   the entries that are asked for, ordered by name
     * @param name  returns the name of an entry
     * @param after the name after which the page begins, or empty for the first page
     * @param limit how many entries it may have, 1 or more, or empty for all
     * @param <T>   what the list has
     * @return the page
     */
    public static <T> Page<T> of(Stream<T> all, Function<T, String> name, Optional<String> after,
                                 Optional<Long> limit) {
        List<T> rest = all.filter(entry -> after.filter(before -> name.apply(entry).compareTo(before) <= 0).isEmpty())
                .collect(Collectors.toUnmodifiableList());
        return limit.filter(most -> most < rest.size()).map(most -> rest.subList(0, most.intValue()))
                .map(entries -> new Page<>(entries, Optional.of(name.apply(entries.get(entries.size() - 1)))))
                .orElseGet(() -> new Page<>(rest, Optional.empty()));
    }

    /**
     * Returns what is on the page.
     *
     * @return the entries, ordered by name
     */
    public List<T> entries() {
        return entries;
    }

    /**
     * Returns where the next page begins.
     *
     * @return the name after which it does, or empty if no entries follow
     */
    public Optional<String> next() {
        return next;
    }
}
