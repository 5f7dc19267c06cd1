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

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Whatever comes is a message or is refused; whatever is sent is understood. */
class MessageCodecTest {

    private final MessageCodec codec = new MessageCodec();

    private Message decode(String line) throws MalformedMessageException {
        return codec.decode(line.getBytes(StandardCharsets.UTF_8));
    }

    private void assertRefused(String line, String reason) {
        assertThatThrownBy(() -> decode(line)).as(line.length() < 200 ? line : "a long line")
                .isInstanceOf(MalformedMessageException.class).hasMessageContaining(reason);
    }

    @Property(tries = 500)
    void messageThatIsSentIsTheOneThatArrives(@ForAll("messages") Message message) throws MalformedMessageException {
        byte[] line = codec.encode(message);

        assertThat(line).endsWith((byte) '\n');
        assertThat(new String(line, 0, line.length - 1, StandardCharsets.UTF_8)).doesNotContain("\n", "\r");
        assertThat(codec.decode(withoutEnd(line))).isEqualTo(message);
    }

    @Property(tries = 2_000)
    void bytesByChanceAreRefusedAndNothingElseHappens(@ForAll @Size(max = 300) byte[] line) {
        assertRefusedOrUnderstood(line);
    }

    @Property(tries = 2_000)
    void messagesWithAFaultAreRefusedOrUnderstood(@ForAll("messages") Message message,
                                                  @ForAll @IntRange(max = 100_000) int place,
                                                  @ForAll @IntRange(max = 40) int cut, @ForAll byte put) {
        byte[] line = withoutEnd(codec.encode(message));
        int from = place % line.length;
        int to = Math.min(line.length, from + cut);
        byte[] faulty = new byte[line.length - (to - from) + 1];
        System.arraycopy(line, 0, faulty, 0, from);
        faulty[from] = put;
        System.arraycopy(line, to, faulty, from + 1, line.length - to);

        assertRefusedOrUnderstood(faulty);
    }

    @Property(tries = 2_000)
    void jsonOfAnyShapeIsRefusedOrUnderstood(@ForAll("objects") String json) {
        assertRefusedOrUnderstood(json.getBytes(StandardCharsets.UTF_8));
    }

    /** Anything else that is thrown fails the test. */
    private void assertRefusedOrUnderstood(byte[] line) {
        try {
            assertThat(codec.decode(line)).isNotNull();
        } catch (MalformedMessageException e) {
            assertThat(e.getMessage()).isNotEmpty().hasSizeLessThan(300).doesNotContain("\n");
        }
    }

    private static byte[] withoutEnd(byte[] line) {
        byte[] content = new byte[line.length - 1];
        System.arraycopy(line, 0, content, 0, content.length);
        return content;
    }

    @Test
    void unknownMembersAreIgnored() throws MalformedMessageException {
        assertThat(decode("{\"type\":\"accepted\",\"revision\":3,\"mood\":{\"good\":[1.5,true,null]}}"))
                .isEqualTo(Accepted.builder().revision(3).build());
    }

    @Test
    void typeMayComeLast() throws MalformedMessageException {
        assertThat(decode("{\"revision\":3,\"type\":\"accepted\"}"))
                .isEqualTo(Accepted.builder().revision(3).build());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            null                                             | must be an object
            7                                                | an object with a type
            []                                               | malformed
            "hello"                                          | an object with a type
            {}                                               | an object with a type
            {"type":null}                                    | type
            {"type":"gossip"}                                | unknown type of message: gossip
            {"type":["alive"]}                               | unknown type of message
            {"type":"alive"                                  | malformed
            {"type":"alive"}{"type":"alive"}                 | malformed
            {"type":"alive","type":"alive"}                  | Duplicate
            {"type":"accepted"}                              | revision
            {"type":"accepted","revision":null}              | null
            {"type":"accepted","revision":"3"}               | malformed
            {"type":"accepted","revision":1.5}               | malformed
            {"type":"accepted","revision":-1}                | revision: must not be negative
            {"type":"accepted","revision":9223372036854775808} | malformed
            {"type":"results","time":"2026-01-01T00:00:00Z","results":[null]} | malformed
            {"type":"results","time":"yesterday","results":[]} | malformed
            {"type":"welcome","lease":1,"report-interval":100} | lease: must be 1000 to 3600000
            {"type":"checks","revision":1,"complete":true,"part":2} | part: must be 1 to the number of parts, 1
            """)
    void whatIsNoMessageIsRefusedWithTheReason(String line, String reason) {
        assertRefused(line, reason);
    }

    @Test
    void nestingIsBounded() {
        for (String open : List.of("[", "{\"x\":")) {
            String deep = open.repeat(MessageCodec.LONGEST_LINE / open.length() - 20);

            assertRefused("{\"x\":" + deep, "nested");
            assertRefused("{\"type\":\"alive\",\"x\":" + deep, "nested");
            assertRefused(deep, "nested");
        }
    }

    @Test
    void lengthOfNumbersIsBounded() {
        assertRefused("{\"type\":\"accepted\",\"revision\":" + "9".repeat(60_000) + "}", "number");
        assertRefused("{\"type\":\"accepted\",\"x\":1e" + "9".repeat(60_000) + "}", "number");
    }

    @Test
    void numberWithAHugeExponentCostsNothing() {
        assertRefused("{\"type\":\"accepted\",\"revision\":1e999999999}", "malformed");
        assertRefusedOrUnderstood("{\"type\":\"results\",\"time\":1e999999999,\"results\":[]}"
                                          .getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void textThatIsNotUtf8IsRefused() {
        assertThatThrownBy(() -> codec.decode(new byte[]{'"', (byte) 0xff, '"'})).hasMessage("a line is not UTF-8");
    }

    @Test
    void lineThatIsTooLongIsRefused() {
        assertRefused(" ".repeat(MessageCodec.LONGEST_LINE) + "{", "65536");
    }

    @Test
    void messageThatIsTooLongIsNotWritten() {
        Message tooLong = Checks.builder().revision(1).complete(false)
                .withdrawn(Collections.nCopies(100, "x".repeat(700))).build();

        assertThatThrownBy(() -> codec.encode(tooLong)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusalQuotesNothingThatCouldHurtATerminal() {
        assertThatThrownBy(() -> decode("{\"type\":\"\\u001b[2J\\n\"}"))
                .hasMessage("unknown type of message:  [2J ");
    }

    @Test
    void namesThatCollideCostNoMoreThanOthers() {
        // These have the same hash in pairs, and so in any number: "Aa" and "BB".
        StringBuilder line = new StringBuilder("{\"type\":\"alive\"");
        for (int i = 0; i < 2_000; i++) {
            StringBuilder name = new StringBuilder();
            for (int bit = 0; bit < 11; bit++) {
                name.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            line.append(",\"").append(name).append("\":1");
        }
        assertRefusedOrUnderstood(line.append('}').toString().getBytes(StandardCharsets.UTF_8));
    }

    @Provide
    Arbitrary<String> objects() {
        Arbitrary<String> scalars = Arbitraries.of("null", "true", "-1", "0", "1.5", "1e400", "\"\"", "\"x\"",
                                                   "\"2026-01-01T00:00:00Z\"", "99999999999999999999", "\"up\"",
                                                   "\"tcp\"");
        Arbitrary<String> values = Arbitraries.lazyOf(
                () -> scalars, () -> scalars,
                () -> values(scalars).map(list -> "[" + String.join(",", list) + "]"),
                () -> values(members(scalars)).map(list -> "{" + String.join(",", list) + "}"));
        return Combinators.combine(
                Arbitraries.of("hello", "challenge", "authenticate", "welcome", "refused", "checks", "accepted",
                               "results", "snapshot", "alive"),
                values(members(values))).as((type, members) -> "{\"type\":\"" + type + "\""
                + (members.isEmpty() ? "" : ",") + String.join(",", members) + "}");
    }

    private static Arbitrary<List<String>> values(Arbitrary<String> value) {
        return value.list().ofMaxSize(6);
    }

    private static Arbitrary<String> members(Arbitrary<String> value) {
        return Combinators.combine(
                Arbitraries.of("versions", "agent", "nonce", "software", "version", "proof", "lease", "report-interval",
                               "reason", "revision", "complete", "part", "parts", "checks", "withdrawn", "time",
                               "results", "starved", "lateness-p99", "lateness-maximum", "id", "settings", "x"),
                value).as((name, text) -> "\"" + name + "\":" + text);
    }

    @Provide
    Arbitrary<Message> messages() {
        Arbitrary<String> hex = Arbitraries.strings().withChars("0123456789abcdef").ofLength(64);
        Arbitrary<String> ids = Arbitraries.strings().withCharRange(' ', '~').withChars("äλ中").ofMinLength(1)
                .ofMaxLength(40);
        Arbitrary<Instant> times = Arbitraries.longs().between(0, 4_000_000_000_000L).map(Instant::ofEpochMilli);
        Arbitrary<Long> counts = Arbitraries.longs().greaterOrEqual(0);
        Arbitrary<List<CheckResult>> results = Combinators.combine(
                        ids, Arbitraries.of(Verdict.class), Arbitraries.strings().ofMaxLength(60), times,
                        times.optional(), counts)
                .as((id, verdict, reason, since, last, count) -> (CheckResult) CheckResult.builder()
                        .check(id).verdict(verdict).reason(reason).since(since).lastProbe(last).probes(count)
                        .failures(count / 2)
                        .latency(last.map(time -> Latency.builder().median(1).p95(2).p99(count).build()))
                        .build())
                .list().ofMaxSize(20);
        Arbitrary<List<Check>> checks = Combinators.combine(ids, ids, ids, Arbitraries.integers().between(1, 65_535),
                                                            Arbitraries.integers().between(100, 3_600_000))
                .as((id, service, member, port, interval) -> (Check) Check.builder()
                        .id(id).service(service).member(member).target("169.254.128.1").port(port).host("fe80::1")
                        .settings(ProbeSettings.builder().interval(interval).build()).build())
                .list().ofMaxSize(20);
        return Arbitraries.oneOf(
                hex.map(nonce -> Hello.builder().versions(List.of(1, 2)).agent("node-1").nonce(nonce).software("x")
                        .build()),
                hex.map(text -> Challenge.builder().version(1).nonce(text).proof(text).build()),
                hex.map(proof -> Authenticate.builder().proof(proof).build()),
                Arbitraries.integers().between(1_000, 3_600_000)
                        .map(time -> Welcome.builder().lease(time).reportInterval(time).build()),
                Arbitraries.strings().ofMaxLength(100)
                        .filter(text -> StandardCharsets.UTF_8.newEncoder().canEncode(text))
                        .map(reason -> Refused.builder().reason(reason).build()),
                Combinators.combine(counts, checks, ids.list().ofMaxSize(20))
                        .as((revision, added, withdrawn) -> Checks.builder().revision(revision).complete(true)
                                .checks(added).withdrawn(withdrawn).build()),
                counts.map(revision -> Accepted.builder().revision(revision).build()),
                Combinators.combine(times, results)
                        .as((time, list) -> Results.builder().time(time).results(list).build()),
                Combinators.combine(times, results, counts, Arbitraries.of(true, false))
                        .as((time, list, count, starved) -> Snapshot.builder().time(time).results(list)
                                .revision(count).starved(starved).latenessP99(count).latenessMaximum(count).build()),
                Arbitraries.of(Alive.of()));
    }

    @Test
    void valuesThatAreLeftOutHaveTheirDefaults() throws MalformedMessageException {
        Checks checks = (Checks) decode("{\"type\":\"checks\",\"revision\":1,\"complete\":true,\"checks\":["
                + "{\"id\":\"7\",\"service\":\"balancer/web\",\"member\":\"a\","
                + "\"target\":\"169.254.128.1\",\"port\":80,"
                + "\"host\":\"10.0.0.1\",\"settings\":{}}]}");

        assertThat(checks.checks().get(0).settings()).isEqualTo(ProbeSettings.builder().build());
        assertThat(checks.withdrawn()).isEmpty();
        assertThat(checks.checks().get(0).settings().port()).isEqualTo(Optional.empty());
    }
}
