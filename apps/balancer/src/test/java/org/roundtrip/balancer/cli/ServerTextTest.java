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
package org.roundtrip.balancer.cli;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.roundtrip.balancer.ServerExamples;
import org.roundtrip.balancer.VirtualServer;
import org.roundtrip.balancer.VirtualServerState;
import org.roundtrip.base.Status;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class ServerTextTest {

    private static final Path FILES = Path.of("src", "test", "resources", "text");

    static Stream<Arguments> texts() {
        return Stream.of(
                arguments("list", ServerText.list(ServerExamples.servers())),
                arguments("brief", ServerText.brief(ServerExamples.web())),
                arguments("members", ServerText.members(ServerExamples.web())),
                arguments("details", ServerDetails.of(ServerExamples.web(), ServerExamples.statistics())),
                arguments("panic", ServerDetails.of(ServerExamples.signalling(), ServerExamples.statistics())),
                arguments("explanation", ExplanationText.of(ServerExamples.explanation())),
                arguments("drop", ExplanationText.of(ServerExamples.dropped())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("texts")
    void isAsInTheFile(String name, List<String> text) throws IOException {
        assertThat(text).isEqualTo(Files.readAllLines(FILES.resolve(name + ".txt")));
    }

    @Test
    void hasOneLineForAVirtualServerThatIsWell() {
        VirtualServer up = VirtualServer.builder().from(ServerExamples.web())
                .status(Status.of(VirtualServerState.UP, "all is well", Instant.EPOCH)).build();

        assertThat(ServerText.list(List.of(up))).hasSize(2);
        assertThat(ServerText.brief(up)).hasSize(3).last().isEqualTo("    all is well");
    }

    @Test
    void saysThatThereAreNone() {
        assertThat(ServerText.list(List.of())).containsExactly("There are no virtual servers.");
        assertThat(ServerText.members(ServerExamples.signalling())).containsExactly("There are no members.");
    }
}
