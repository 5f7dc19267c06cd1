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

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.Collections;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Long lists are said in parts that fit. */
class PartsTest {

    private static CheckResult result(String reason) {
        return CheckResult.builder().check("c".repeat(256)).verdict(Verdict.DOWN).reason(reason).since(Instant.EPOCH)
                .probes(1).failures(1).build();
    }

    @Property(tries = 200)
    void allPartsFitAndNothingIsLostOrMoved(@ForAll @Size(max = 600) List<@IntRange(max = 3_000) Integer> lengths) {
        List<String> values = lengths.stream().map("中"::repeat).toList();

        List<List<String>> parts = Parts.split(values);

        assertThat(parts.stream().flatMap(List::stream).toList()).isEqualTo(values);
        assertThat(parts).isNotEmpty().allSatisfy(part -> {
            assertThat(part).hasSizeLessThanOrEqualTo(Message.LONGEST_LIST);
            assertThat(MessageCodec.length(part)).isLessThan(MessageCodec.LONGEST_LINE - 1_000);
        });
        assertThat(parts.subList(1, parts.size())).doesNotContain(List.of());
    }

    @Test
    void longestValuesThatAreAllowedCanBeSent() {
        MessageCodec codec = new MessageCodec();
        String longest = "\"".repeat(256);
        Check check = Check.builder().id(longest).service(longest).member(longest).target("169.254.128.1").port(80)
                .host("10.0.0.1")
                .settings(ProbeSettings.builder().type(ProbeType.HTTP).path("/" + "x".repeat(1_023))
                                  .expectedBody("\u0001".repeat(1_024)).build())
                .build();

        assertThat(Checks.inParts(1, true, Collections.nCopies(100, check), Collections.nCopies(300, longest)))
                .allSatisfy(message -> assertThat(codec.encode(message)).isNotEmpty());
        assertThat(Results.inParts(Instant.EPOCH, Collections.nCopies(300, result("中".repeat(1_000)))))
                .hasSizeGreaterThanOrEqualTo(3)
                .allSatisfy(message -> assertThat(codec.encode(message)).isNotEmpty());
    }

    @Test
    void snapshotSaysInEachPartWhatItSaysOfTheAgent() {
        Snapshot about = Snapshot.builder().time(Instant.EPOCH).revision(3).starved(true).latenessP99(4)
                .latenessMaximum(5).build();

        List<Snapshot> parts = Snapshot.inParts(about, Collections.nCopies(250, result("refused")));

        assertThat(parts).extracting(Snapshot::part).containsExactly(1, 2, 3);
        assertThat(parts).allSatisfy(part -> {
            assertThat(part.parts()).isEqualTo(3);
            assertThat(part.starved()).isTrue();
            assertThat(part.latenessMaximum()).isEqualTo(5);
        });
        assertThat(Snapshot.inParts(about, List.of())).containsExactly(about);
    }

    @Test
    void reasonOfAResultIsMadePrintable() {
        assertThat(result("HTTP 500\u001b[31m\nboom").reason()).isEqualTo("HTTP 500 [31m boom");
        assertThat(result("x".repeat(1_000)).reason()).hasSize(200).endsWith("...");
    }
}
