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
package org.roundtrip.messaging.proxy;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

class StorageFailureTest {

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new SaslAuthenticationException("Authentication failed"), "kafka.south.sasl.jaas.config"),
                Arguments.of(new SslAuthenticationException("SSL handshake failed", new IllegalStateException(
                        "PKIX path building failed: unable to find valid certification path")),
                             "kafka.south.ssl.truststore.location"),
                Arguments.of(new SslAuthenticationException("SSL handshake failed", new IllegalStateException(
                        "No subject alternative DNS name matching broker found.")), "bootstrap-servers"),
                Arguments.of(new ExecutionException(new TimeoutException("Timed out waiting for a node")),
                             "kafka.south.security.protocol"),
                Arguments.of(new TopicAuthorizationException("Not authorized to access topics: [t]"), "the right"),
                Arguments.of(new NotEnoughReplicasException("1 of 2"), "too few brokers"),
                Arguments.of(new KafkaException("Failed to construct", new IllegalArgumentException("No such file")),
                             "No such file"),
                Arguments.of(new KafkaException(), "KafkaException"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void namesTheDataCentreAndWhatToChange(Throwable failure, String expected) {
        assertThat(StorageFailure.reason("south", failure)).startsWith("south").contains(expected)
                .doesNotContain("null").doesNotContain("\n");
    }

    @ParameterizedTest
    @MethodSource("failures")
    void causesInACircleDoNotHoldItUp(Throwable failure) {
        Throwable outer = new IllegalStateException("outside", failure);
        if (failure.getCause() == null && !(failure instanceof ExecutionException)) {
            failure.initCause(outer);
        }
        assertThat(StorageFailure.reason("south", outer)).startsWith("south");
    }
}
