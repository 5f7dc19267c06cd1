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
package org.roundtrip.balancer;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.roundtrip.base.InvalidRequestException;
import org.roundtrip.base.json.Json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MemberIdTest {

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.7:8080", "192.0.2.7", "2001:db8::7", "[2001:db8::7]:65535", "2001:db8::7:80"})
    void isWrittenAsItIsRead(String text) {
        assertThat(MemberId.valueOf(text).toString()).isEqualTo(text);
        assertThat(Json.read(Json.write(MemberId.valueOf(text)), MemberId.class)).isEqualTo(MemberId.valueOf(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":", ":80", "192.0.2", "192.0.2.7:", "192.0.2.7:0", "192.0.2.7:65536", "192.0.2.7:-1",
            "192.0.2.7:080", "[2001:db8::7]:0", "[192.0.2.7]:80", "[]:80", "[2001:db8::7]", "h:80",
            "192.0.2.7:8080:80"})
    void refusesAnythingElse(String text) {
        assertThatThrownBy(() -> MemberId.valueOf(text)).isInstanceOf(InvalidRequestException.class);
    }
}
