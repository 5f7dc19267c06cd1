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
package org.roundtrip.detection.agent;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roundtrip.detection.protocol.Check;
import org.roundtrip.detection.protocol.Checks;
import org.roundtrip.detection.protocol.ProbeSettings;
import org.roundtrip.detection.protocol.ProbeType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ChecksFileTest {

    @TempDir
    private Path folder;

    private static List<Check> checks(int number) {
        return IntStream.range(0, number).mapToObj(i -> Check.builder().id("c" + i).service("balancer/shop")
                .member("m" + i).target("169.254.128.1").port(80).host("192.0.2.1")
                .settings(ProbeSettings.builder().type(ProbeType.HTTP).expectedBody("schön \"und\" gut").build())
                .build()).toList();
    }

    @Test
    void returnsWhatWasKept() throws IOException {
        ChecksFile file = new ChecksFile(folder.resolve("checks"));
        for (int number : new int[] {250, 1, 20, 0}) {
            file.write(checks(number));
            assertThat(file.read()).isEqualTo(checks(number));
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).as("nothing else is left").hasSize(1);
        }
    }

    @Test
    void beginsWithNothing() {
        assertThat(new ChecksFile(folder.resolve("checks")).read()).isEmpty();
    }

    @Test
    void ignoresWhatItCannotUnderstand() throws IOException {
        Path path = folder.resolve("checks");
        for (String text : List.of("{", "\u0000\u0001", "{\"type\":\"checks\"}", "[]")) {
            Files.writeString(path, text);
            assertThat(new ChecksFile(path).read()).as(text).isEmpty();
        }
        Files.write(path, new byte[] {(byte) 0xff, (byte) 0xfe, 10});
        assertThat(new ChecksFile(path).read()).isEmpty();
    }

    @Test
    void putsPartsTogetherInTheirOrder() {
        ChecksAssembly assembly = new ChecksAssembly();
        Checks first = Checks.builder().revision(7).complete(true).part(1).parts(2).checks(checks(1)).build();
        Checks second = Checks.builder().from(first).part(2).build();

        assertThat(assembly.add(first)).isEmpty();
        assertThat(assembly.add(second).orElseThrow().checks()).hasSize(2);
        assertThatIllegalArgumentException().isThrownBy(() -> assembly.add(second)).withMessageContaining("part 2");
        assertThat(assembly.add(first)).isEmpty();
        assembly.clear();
        assertThat(assembly.add(first)).as("a session that begins anew").isEmpty();
    }
}
