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
package org.roundtrip.clock.compute;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.api.Test;
import org.roundtrip.base.ConflictException;
import org.roundtrip.base.FieldError;
import org.roundtrip.base.InvalidRequestException;
import org.roundtrip.base.UnavailableException;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class PathRefusalsTest {

    @ParameterizedTest
    @CsvSource({
        "source, server, why",
        "destination, client, why",
        "bandwidth, tunnel.bandwidth, why",
        "payload, transport, why",
        "forward-traffic, delivery, why",
        "reverse-traffic[2].ip-source, delivery, why",
        "name, name, why",
        "'', '', why",
        "objective, tunnel.objective, why",
        "constraints.max-delay-asymmetry, tunnel.max-delay-asymmetry, why",
        "setup-priority, tunnel.setup-priority, why",
        "holding-priority, tunnel.holding-priority, why",
        "quiesce-time, tunnel.resume-delay, why",
        "protection, tunnel.protection, why",
        "protection.disjointness, tunnel.protection.disjointness, why",
        "constraints.max-hops, '', the te-path's constraints.max-hops: why",
        "metric, '', the te-path's metric: why",
    })
    void speaksOfTheFieldsOfASession(String field, String ofSession, String detail) {
        assertThat(PathRefusals.ofSession(new ConflictException(field, "why")).errors())
                .containsExactly(FieldError.of(ofSession, detail));
    }

    @Test
    void keepsTheKindAndEveryError() {
        assertThat(PathRefusals.ofSession(new InvalidRequestException(List.of(
                FieldError.of("source", "a"), FieldError.of("destination", "b")))))
                .isInstanceOf(InvalidRequestException.class).hasMessage("server: a\nclient: b");
        assertThat(PathRefusals.ofSession(new UnavailableException("", "later")).httpStatus()).isEqualTo(503);
    }
}
