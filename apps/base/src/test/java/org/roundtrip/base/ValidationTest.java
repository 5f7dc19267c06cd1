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
package org.roundtrip.base;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ValidationTest {

    @Test
    void showsAllErrorsAtOnce() {
        Validation validation = new Validation()
                .require(false, "server", "unknown host")
                .require(true, "client", "unknown host")
                .require(false, "bandwidth", "must be positive");

        assertThatThrownBy(validation::throwIfInvalid)
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("server: unknown host\nbandwidth: must be positive");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1a", "a b", "a/b", "ä", "-a", "a\n"})
    void refusesWhatIsNoName(String name) {
        assertThat(new Validation().requireName(name, "name").isValid()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "site-A.clock_1"})
    void takesNames(String name) {
        assertThat(new Validation().requireName(name, "name").isValid()).isTrue();
    }
}
