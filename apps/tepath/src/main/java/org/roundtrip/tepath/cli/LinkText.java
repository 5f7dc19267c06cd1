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

import org.roundtrip.base.cli.BitRate;
import org.roundtrip.base.cli.Table;
import org.roundtrip.base.cli.TimeText;
import org.roundtrip.tepath.TeLink;
import org.roundtrip.tepath.TeLinkDirection;
import org.roundtrip.tepath.TePathRequest;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Links as text for people.
 */
final class LinkText {

    private LinkText() {
    }

    /**
     * Returns links, one line each; where the two directions differ, first that from the source.
     *
     * @param links the links
     * @return lines of text
     */
    static List<String> of(List<TeLink> links) {
        if (links.isEmpty()) {
            return List.of("There are no links that can be taken both ways.");
        }
        Table table = new Table("SOURCE", "DESTINATION", "BANDWIDTH", "RESERVED", "DELAY", "METRIC", "AFFINITIES",
                                "SRLGS", "NOTES");
        for (TeLink link : links) {
            table.row(link.source(), link.destination(),
                      both(link, direction -> BitRate.of(direction.bandwidth())),
                      both(link, direction -> BitRate.of(reserved(direction))),
                      both(link, direction -> TimeText.of(direction.delay(), TimeUnit.NANOSECONDS)),
                      link.teMetric(), numbers(link.affinities()), numbers(link.srlgs()), notes(link));
        }
        return table.lines();
    }

    private static String both(TeLink link, Function<TeLinkDirection, String> text) {
        String forward = text.apply(link.forward());
        String reverse = text.apply(link.reverse());
        return forward.equals(reverse) ? forward : forward + "/" + reverse;
    }

    private static long reserved(TeLinkDirection direction) {
        return direction.bandwidth() - direction.unreserved().get(TePathRequest.LEAST_PRIORITY);
    }

    private static String numbers(Collection<Integer> numbers) {
        return numbers.isEmpty() ? "-" : numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    private static String notes(TeLink link) {
        return (link.maintenance() ? "maintenance " : "") + (link.unsteady() ? "unsteady" : "");
    }
}
