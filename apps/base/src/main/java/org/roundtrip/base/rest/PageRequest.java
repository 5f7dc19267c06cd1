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

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import org.immutables.value.Value;
import org.roundtrip.base.InvalidRequestException;
import org.roundtrip.base.Validation;
import org.roundtrip.base.ValueType;

import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Which page of a list is asked for: the query of its address. A selection extends it by what leaves entries out.
 */
@Value.Immutable
@ValueType
@JsonDeserialize(as = ImmutablePageRequest.class)
public abstract class PageRequest {

    /**
     * Returns where the page begins.
     *
     * @return the name of the entry before it, which need not exist any more; empty for the first page
     */
    public abstract Optional<String> after();

    /**
     * Returns how many entries the page may have.
     *
     * @return 1 or more, or empty for all
     */
    public abstract Optional<Long> limit();

    /**
     * Refuses a page that could have nothing.
     *
     * @throws InvalidRequestException naming the parameter
     */
    @Value.Check
    protected void check() {
        new Validation().require(limit().filter(number -> number < 1).isEmpty(), "limit", "must be 1 or more entries")
                .throwIfInvalid();
    }

    /**
     * Returns the page.
     *
     * @param all  the entries of the list, ordered by name
     * @param name returns the name of an entry
     * @param <T>  what the list has
     * @return the page
     */
    public final <T> Page<T> pageOf(Stream<T> all, Function<T, String> name) {
        return Page.of(all, name, after(), limit());
    }
}
