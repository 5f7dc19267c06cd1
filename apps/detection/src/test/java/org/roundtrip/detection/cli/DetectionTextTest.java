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
package org.roundtrip.detection.cli;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.roundtrip.detection.DetectionExamples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class DetectionTextTest {

    private static final Path FILES = Path.of("src", "test", "resources", "text");

    static Stream<Arguments> texts() {
        return Stream.of(
                arguments("services", DetectionText.list(DetectionExamples.services())),
                arguments("service", DetectionText.details(DetectionExamples.web())),
                arguments("agents", AgentText.list(DetectionExamples.agents())),
                arguments("agent", AgentText.brief(DetectionExamples.connected())),
                arguments("alarms", HistoryText.alarms(DetectionExamples.alarms())),
                arguments("history", HistoryText.changes(DetectionExamples.memberChanges())),
                arguments("profiles", ProfileText.list(DetectionExamples.profiles())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("texts")
    void isAsInTheFile(String name, List<String> text) throws IOException {
        assertThat(text).isEqualTo(Files.readAllLines(FILES.resolve(name + ".txt")));
    }

    @Test
    void saysThatThereIsNothing() {
        assertThat(DetectionText.list(List.of())).containsExactly("No service is probed.");
        assertThat(DetectionText.details(DetectionExamples.names())).hasSize(2).last().asString()
                .isEqualTo("There are no members.");
        assertThat(HistoryText.alarms(List.of())).containsExactly("There are no alarms.");
        assertThat(HistoryText.changes(List.of())).isEmpty();
        assertThat(AgentText.list(List.of())).containsExactly("There are no agents: nothing can be probed.");
    }
}
