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

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.roundtrip.tepath.Hop;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

class PreemptionTest {

    private static final int LINKS = 3;

    @Property(tries = 2000)
    void isTheBestOfAllChoices(@ForAll long seed) {
        Random random = new Random(seed);
        List<Reservation> holders = holders(random, random.nextInt(11), 12);
        Map<LinkDirection, Long> lacking = lacking(random, 30);
        int setupPriority = random.nextInt(8);

        Optional<Victims> victims = Preemption.victims(lacking, holders, setupPriority);

        assertThat(victims.map(Victims::paths).map(TreeSet::new))
                .isEqualTo(bruteForce(lacking, holders, setupPriority).map(TreeSet::new));
        assertThat(victims.map(Victims::isBest).orElse(true)).isTrue();
    }

    @Property(tries = 50)
    void sufficesAndHasNoneThatIsSuperfluousOrMayNotBeChosenHoweverManyThereAre(@ForAll long seed) {
        Random random = new Random(seed);
        List<Reservation> holders = holders(random, 50 + random.nextInt(400), 1000);
        Map<LinkDirection, Long> lacking = lacking(random, 50_000);
        int setupPriority = random.nextInt(7);

        Optional<Victims> victims = Preemption.victims(lacking, holders, setupPriority);

        List<Reservation> allowed = holders.stream().filter(holder -> holder.holdingPriority() > setupPriority)
                .collect(Collectors.toList());
        assertThat(victims.isPresent()).isEqualTo(suffices(lacking, allowed));
        victims.ifPresent(chosen -> {
            List<Reservation> given = named(allowed, chosen.paths());
            assertThat(given).hasSameSizeAs(chosen.paths());
            assertThat(suffices(lacking, given)).isTrue();
            given.forEach(one -> assertThat(suffices(lacking, given.stream().filter(other -> other != one)
                    .collect(Collectors.toList()))).as("%s is needed", one.path()).isFalse());
        });
    }

    @Property(tries = 200)
    void dependsOnNoOrder(@ForAll long seed) {
        Random random = new Random(seed);
        List<Reservation> holders = holders(random, 30, 50);
        Map<LinkDirection, Long> lacking = lacking(random, 200);
        Optional<Victims> victims = Preemption.victims(lacking, holders, 2);
        Collections.shuffle(holders, random);

        assertThat(Preemption.victims(lacking, holders, 2)).isEqualTo(victims);
    }

    @Test
    void sparesTheImportantAndThenTakesFew() {
        List<Reservation> holders = List.of(holder("important", 3, 100, 100), holder("small1", 7, 30, 0),
                                            holder("small2", 7, 30, 0), holder("large", 7, 60, 0),
                                            holder("elsewhere", 7, 0, 0), holder("untouchable", 2, 100, 100));
        assertThat(Preemption.victims(Map.of(link(0), 60L), holders, 2)).contains(Victims.of(List.of("large"), true));
        assertThat(Preemption.victims(Map.of(link(0), 61L), holders, 2))
                .as("two of the least important rather than one of the others")
                .contains(Victims.of(List.of("large", "small2"), true));
        assertThat(Preemption.victims(Map.of(link(0), 121L), holders, 2))
                .contains(Victims.of(List.of("small2", "important"), true));
        assertThat(Preemption.victims(Map.of(link(0), 1L, link(1), 1L), holders, 2))
                .as("one that helps on both links is enough").contains(Victims.of(List.of("important"), true));
        assertThat(Preemption.victims(Map.of(link(0), 221L), holders, 2)).isEmpty();
        assertThat(Preemption.victims(Map.of(link(1), 1L), holders, 3)).isEmpty();
    }

    @Test
    void directionsOfALinkStayApart() {
        Reservation there = Reservation.of("there", 7, List.of(placement(10, 0)));
        Reservation back = Reservation.of("back", 7, List.of(placement(0, 10)));
        assertThat(Preemption.victims(Map.of(link(0).reversed(), 5L), List.of(there, back), 0))
                .contains(Victims.of(List.of("back"), true));
    }

    @Test
    void needsNobodyWhereThereIsRoom() {
        assertThat(Preemption.victims(Map.of(link(0), 0L, link(1), -5L), List.of(holder("a", 7, 9, 9)), 0))
                .contains(Victims.of(List.of(), true));
        assertThat(Preemption.victims(Map.of(), List.of(), 7)).contains(Victims.of(List.of(), true));
        assertThat(Preemption.victims(Map.of(link(0), 1L), List.of(), 7)).isEmpty();
    }

    @Test
    void saysWhenThereWereTooManyChoices() {
        Random random = new Random(1);
        Optional<Victims> victims = Preemption.victims(lacking(random, 1_000_000), holders(random, 2000, 1000), 0);
        assertThat(victims).hasValueSatisfying(chosen -> assertThat(chosen.isBest()).isFalse());
    }

    /** Tries all choices. */
    private static Optional<List<String>> bruteForce(Map<LinkDirection, Long> lacking, List<Reservation> holders,
                                                     int setupPriority) {
        List<Reservation> sorted = new ArrayList<>(holders);
        sorted.sort((one, other) -> one.holdingPriority() == other.holdingPriority()
                ? one.path().compareTo(other.path()) : one.holdingPriority() - other.holdingPriority());
        Optional<List<Reservation>> best = Optional.empty();
        for (int set = 0; set < 1 << sorted.size(); set++) {
            // The first path is the uppermost bit: of two equally good choices the one that spares it comes first.
            int choice = Integer.reverse(set) >>> (32 - Math.max(1, sorted.size()));
            List<Reservation> chosen = IntStream.range(0, sorted.size()).filter(i -> (choice >> i & 1) == 1)
                    .mapToObj(sorted::get).collect(Collectors.toList());
            if (chosen.stream().allMatch(one -> one.holdingPriority() > setupPriority) && suffices(lacking, chosen)
                    && (best.isEmpty() || compare(chosen, best.get()) < 0)) {
                best = Optional.of(chosen);
            }
        }
        return best.map(chosen -> chosen.stream().map(Reservation::path).collect(Collectors.toList()));
    }

    private static int compare(List<Reservation> one, List<Reservation> other) {
        for (int priority = 0; priority <= 7; priority++) {
            int difference = count(one, priority) - count(other, priority);
            if (difference != 0) {
                return difference;
            }
        }
        return 0;
    }

    private static int count(List<Reservation> chosen, int priority) {
        return (int) chosen.stream().filter(one -> one.holdingPriority() == priority).count();
    }

    private static boolean suffices(Map<LinkDirection, Long> lacking, Collection<Reservation> chosen) {
        return lacking.entrySet().stream().allMatch(link -> chosen.stream()
                .mapToLong(one -> one.bandwidth().getOrDefault(link.getKey(), 0L)).sum() >= link.getValue());
    }

    private static List<Reservation> named(List<Reservation> holders, List<String> names) {
        return holders.stream().filter(holder -> names.contains(holder.path())).collect(Collectors.toList());
    }

    private static List<Reservation> holders(Random random, int count, int most) {
        return IntStream.range(0, count).mapToObj(i -> holder(
                "p" + i, random.nextInt(8), random.nextInt(most), random.nextInt(3) * (long) random.nextInt(most)))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static Map<LinkDirection, Long> lacking(Random random, int most) {
        Map<LinkDirection, Long> lacking = new HashMap<>();
        for (int i = 0; i < LINKS; i++) {
            lacking.put(random.nextBoolean() ? link(i) : link(i).reversed(), random.nextInt(most) - most / 10L);
        }
        return lacking;
    }

    /** Returns a path that holds one bandwidth on the first link and another on the second, in both directions. */
    private static Reservation holder(String name, int priority, long first, long second) {
        return Reservation.of(name, priority, List.of(over(0, first, first), over(1, second, second),
                                                      over(2, second, first)));
    }

    private static Placement placement(long forward, long reverse) {
        return over(0, forward, reverse);
    }

    private static Placement over(int link, long forward, long reverse) {
        return Placement.of(1, List.of(hop(link, 0, 9, 1), hop(link, 1, 1, 9)),
                            List.of(hop(link, 1, 9, 1), hop(link, 0, 1, 9)), forward, reverse);
    }

    private static Hop hop(int link, int end, int in, int out) {
        return Hop.builder().device(RandomNetwork.device(2 * link + end))
                .inPort(RandomNetwork.port(0, in).port()).outPort(RandomNetwork.port(0, out).port()).build();
    }

    private static LinkDirection link(int number) {
        return LinkDirection.of(RandomNetwork.port(2 * number, 1), RandomNetwork.port(2 * number + 1, 1));
    }
}
