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
package org.roundtrip.detection.agent.compute;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class StatusCodesTest {

    @Test
    void containsCodesAndRanges() {
        StatusCodes codes = StatusCodes.of("200, 204,300-399");
        assertThat(codes.contains(200)).isTrue();
        assertThat(codes.contains(201)).isFalse();
        assertThat(codes.contains(204)).isTrue();
        assertThat(codes.contains(299)).isFalse();
        assertThat(codes.contains(300)).isTrue();
        assertThat(codes.contains(399)).isTrue();
        assertThat(codes.contains(400)).isFalse();
        assertThat(codes.contains(-1)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",", "20", "2000", "099", "200-", "-299", "300-200", "200;300", "ok", "200,"})
    void refusesWhatIsNone(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> StatusCodes.of(text))
                .withMessageStartingWith("expectedStatus");
    }
}
