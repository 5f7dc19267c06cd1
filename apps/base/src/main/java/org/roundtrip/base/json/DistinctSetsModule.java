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
package org.roundtrip.base.json;

import com.fasterxml.jackson.databind.module.SimpleModule;
import org.roundtrip.base.InvalidRequestException;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Sets in which nothing is listed twice: what stands in a leaf-list of a configuration is unique (RFC 7950, section
 * 7.7).
 */
final class DistinctSetsModule extends SimpleModule {

    private static final long serialVersionUID = 1L;

    DistinctSetsModule() {
        addAbstractTypeMapping(Set.class, DistinctSet.class);
        addAbstractTypeMapping(SortedSet.class, DistinctSortedSet.class);
    }

    private static void require(boolean isNew, Object element) {
        if (!isNew) {
            throw new InvalidRequestException("", "is listed twice: " + element);
        }
    }

    /** A set that is filled once. */
    static final class DistinctSet<E> extends LinkedHashSet<E> {

        private static final long serialVersionUID = 1L;

        @Override
        public boolean add(E element) {
            require(super.add(element), element);
            return true;
        }
    }

    /** A sorted set that is filled once. */
    static final class DistinctSortedSet<E> extends TreeSet<E> {

        private static final long serialVersionUID = 1L;

        @Override
        public boolean add(E element) {
            require(super.add(element), element);
            return true;
        }
    }
}
