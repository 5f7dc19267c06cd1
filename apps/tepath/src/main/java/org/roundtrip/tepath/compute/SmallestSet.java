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
package org.roundtrip.tepath.compute;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Looks for as few things as possible that suffice for something, where more things never suffice less.
 * <p>
 * What all the others together can't make up for is part of every answer. From there it tries all sets by size, the
 * smallest first, which is exact; and because there may be too many of them, no more than {@link #EFFORT}. Then it
 * takes a set that is known to suffice, and leaves out what it can do without, so that at least no part of the answer
 * suffices.
 */
final class SmallestSet {

    /** The most sets that are tried. */
    static final int EFFORT = 1000;

    private SmallestSet() {
    }

    /**
     * Finds a set.
     *
     * @param candidates what to choose from, without what is of no use; the first ones are preferred
     * @param sufficient some of them that suffice together
     * @param suffices   whether a set suffices
     * @return what suffices, in the order of the candidates or of what was known to suffice
     */
    static <T> List<T> find(List<T> candidates, List<T> sufficient, Predicate<List<T>> suffices) {
        List<T> needed = new ArrayList<>();
        List<T> others = new ArrayList<>();
        for (T candidate : candidates) {
            (sufficient.contains(candidate) && isNeeded(candidate, candidates, suffices) ? needed : others)
                    .add(candidate);
        }
        Effort effort = new Effort();
        for (int more = 0; needed.size() + more < sufficient.size() && effort.isLeft(); more++) {
            Optional<List<T>> found = find(others, 0, more, new ArrayList<>(needed), suffices, effort);
            if (found.isPresent()) {
                return inOrder(candidates, found.get());
            }
        }
        return effort.isLeft() ? sufficient : reduced(sufficient, suffices);
    }

    private static <T> boolean isNeeded(T candidate, List<T> candidates, Predicate<List<T>> suffices) {
        List<T> others = new ArrayList<>(candidates);
        others.remove(candidate);
        return !suffices.test(others);
    }

    private static <T> List<T> inOrder(List<T> candidates, List<T> chosen) {
        return candidates.stream().filter(chosen::contains).collect(Collectors.toList());
    }

    private static <T> Optional<List<T>> find(List<T> candidates, int from, int size, List<T> chosen,
                                              Predicate<List<T>> suffices, Effort effort) {
        if (size == 0) {
            return effort.spend() && suffices.test(chosen) ? Optional.of(List.copyOf(chosen)) : Optional.empty();
        }
        for (int next = from; next <= candidates.size() - size && effort.isLeft(); next++) {
            chosen.add(candidates.get(next));
            Optional<List<T>> found = find(candidates, next + 1, size - 1, chosen, suffices, effort);
            if (found.isPresent()) {
                return found;
            }
            chosen.remove(chosen.size() - 1);
        }
        return Optional.empty();
    }

    private static <T> List<T> reduced(List<T> sufficient, Predicate<List<T>> suffices) {
        List<T> left = new ArrayList<>(sufficient);
        for (T thing : sufficient) {
            List<T> fewer = new ArrayList<>(left);
            fewer.remove(thing);
            if (suffices.test(fewer)) {
                left = fewer;
            }
        }
        return left;
    }

    private static final class Effort {

        private int spent;

        boolean isLeft() {
            return spent < EFFORT;
        }

        boolean spend() {
            return spent++ < EFFORT;
        }
    }
}
