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
package org.roundtrip.detection.protocol;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What is said in parts and differences becomes what is to be checked. */
class CheckTableTest {

    private final CheckTable table = new CheckTable();

    private static Check check(int id) {
        return Check.builder().id(Integer.toString(id)).service("balancer/web").member("m" + id)
                .target("169.254.128.1").port(80).host("10.0.0.1").settings(ProbeSettings.builder().build()).build();
    }

    private static List<Check> checks(int from, int to) {
        return IntStream.range(from, to).mapToObj(CheckTableTest::check).toList();
    }

    private static List<String> ids(int from, int to) {
        return IntStream.range(from, to).mapToObj(Integer::toString).toList();
    }

    private void acceptAll(List<Checks> parts) throws MalformedMessageException {
        for (Checks part : parts) {
            assertThat(table.accept(part)).isEqualTo(part.part() == part.parts());
        }
    }

    private void assertRefused(Checks message, String reason) {
        assertThatThrownBy(() -> table.accept(message)).isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void completeSetInPartsIsThereWithItsLastPart() throws MalformedMessageException {
        List<Checks> parts = Checks.inParts(1, true, checks(0, 5_000), List.of());

        assertThat(parts).hasSizeGreaterThanOrEqualTo(50);
        for (Checks part : parts.subList(0, parts.size() - 1)) {
            assertThat(table.accept(part)).isFalse();
            assertThat(table.checks()).isEmpty();
        }
        assertThat(table.accept(parts.get(parts.size() - 1))).isTrue();
        assertThat(table.checks()).isEqualTo(checks(0, 5_000));
        assertThat(table.revision()).isEqualTo(1);
    }

    @Test
    void differencesFollow() throws MalformedMessageException {
        acceptAll(Checks.inParts(1, true, checks(0, 300), List.of()));
        acceptAll(Checks.inParts(2, false, checks(300, 450), ids(0, 250)));
        acceptAll(Checks.inParts(3, false, List.of(), ids(250, 251)));

        assertThat(table.checks()).isEqualTo(checks(251, 450));
        assertThat(table.revision()).isEqualTo(3);
    }

    @Test
    void checkOfTheSameIdTakesItsPlace() throws MalformedMessageException {
        acceptAll(Checks.inParts(1, true, checks(0, 2), List.of()));
        Check changed = Check.builder().from(check(0)).port(81).build();
        acceptAll(Checks.inParts(2, false, List.of(changed), List.of()));

        assertThat(table.checks()).containsExactly(changed, check(1));
    }

    @Test
    void emptySetIsOneMessage() throws MalformedMessageException {
        acceptAll(Checks.inParts(1, true, checks(0, 2), List.of()));
        assertThat(Checks.inParts(2, true, List.of(), List.of())).hasSize(1);
        acceptAll(Checks.inParts(2, true, List.of(), List.of()));

        assertThat(table.checks()).isEmpty();
    }

    @Test
    void sessionMustBeginWithACompleteSet() throws MalformedMessageException {
        acceptAll(Checks.inParts(7, true, checks(0, 2), List.of()));
        table.beginSession();

        assertRefused(Checks.inParts(8, false, checks(2, 3), List.of()).get(0), "complete");
        assertThat(table.checks()).isEqualTo(checks(0, 2));
        acceptAll(Checks.inParts(1, true, checks(5, 6), List.of()));
        assertThat(table.checks()).isEqualTo(checks(5, 6));
    }

    @Test
    void lastRevisionStaysWhenASessionEndsInTheMiddleOfTheNext() throws MalformedMessageException {
        acceptAll(Checks.inParts(1, true, checks(0, 2), List.of()));
        table.accept(Checks.inParts(2, true, checks(0, 500), List.of()).get(0));
        table.beginSession();

        assertThat(table.checks()).isEqualTo(checks(0, 2));
        acceptAll(Checks.inParts(1, true, checks(3, 4), List.of()));
        assertThat(table.checks()).isEqualTo(checks(3, 4));
    }

    @Test
    void partsThatDoNotFollowAreRefused() throws MalformedMessageException {
        List<Checks> parts = Checks.inParts(1, true, checks(0, 500), List.of());

        assertRefused(parts.get(1), "part 1");
        table.beginSession();
        table.accept(parts.get(0));
        assertRefused(parts.get(2), "part 2");
        table.beginSession();
        table.accept(parts.get(0));
        assertRefused(Checks.inParts(2, true, checks(0, 500), List.of()).get(1), "revision 1");
    }

    @Test
    void revisionThatDoesNotGrowIsRefused() throws MalformedMessageException {
        acceptAll(Checks.inParts(2, true, checks(0, 2), List.of()));

        assertRefused(Checks.inParts(2, false, List.of(), ids(0, 1)).get(0), "revision 2 does not follow 2");
        assertThat(table.checks()).isEqualTo(checks(0, 2));
    }

    @Test
    void moreChecksThanThereAreTargetsAreRefused() {
        assertThatThrownBy(() -> acceptAll(Checks.inParts(1, true, checks(0, 32_767), List.of())))
                .hasMessageContaining("more than 32766 checks");
    }
}
