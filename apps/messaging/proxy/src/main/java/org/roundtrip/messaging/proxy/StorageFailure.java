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

import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.KafkaStorageException;
import org.apache.kafka.common.errors.NotEnoughReplicasAfterAppendException;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.ThrottlingQuotaExceededException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnsupportedSaslMechanismException;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Says in words that an operator understands what is wrong with a storage server, and what to do.
 */
public final class StorageFailure {

    private static final int DEEPEST = 20;

    private StorageFailure() {
    }

    /**
     * Returns the reason of a failure.
     *
     * @param dataCentre whose storage server it is
     * @param failure    what its clients say
     * @return one line, which names what to change where that is known
     */
    public static String reason(String dataCentre, Throwable failure) {
        String why = innermost(failure);
        return find(failure, SaslAuthenticationException.class::isInstance)
                .map(any -> dataCentre + " refuses the user or password (" + why + "): correct "
                        + property(dataCentre, "sasl.jaas.config") + ", or the user there")
                .or(() -> find(failure, UnsupportedSaslMechanismException.class::isInstance)
                        .map(any -> dataCentre + " knows the mechanism not (" + why + "): correct "
                                + property(dataCentre, "sasl.mechanism")))
                .or(() -> find(failure, SslAuthenticationException.class::isInstance)
                        .map(any -> certificate(dataCentre, why)))
                .or(() -> find(failure, AuthorizationException.class::isInstance)
                        .map(denied -> dataCentre + " does not allow it (" + denied.getMessage()
                                + "): give the proxy's user the right there"))
                .or(() -> find(failure, StorageFailure::isOfReplicas)
                        .map(lack -> dataCentre + " has too few brokers in working order (" + lack.getMessage() + ")"))
                .or(() -> find(failure, KafkaStorageException.class::isInstance)
                        .map(disk -> "a disk of " + dataCentre + " has failed or is full (" + disk.getMessage() + ")"))
                .or(() -> find(failure, ThrottlingQuotaExceededException.class::isInstance)
                        .map(quota -> dataCentre + " throttles by a quota (" + quota.getMessage() + ")"))
                .or(() -> find(failure, StorageFailure::isSilence)
                        .map(any -> dataCentre + " does not answer (" + why + "): if it runs, see whether "
                                + property(dataCentre, "security.protocol") + " is what it expects"))
                .orElse(dataCentre + ": " + why);
    }

    private static String certificate(String dataCentre, String why) {
        String lower = why.toLowerCase(Locale.ROOT);
        if (lower.contains("subject alternative") || lower.contains("no name matching")) {
            return dataCentre + " shows a certificate of another name (" + why
                    + "): let it hold the name in bootstrap-servers";
        }
        if (lower.contains("certification path") || lower.contains("trust")) {
            return dataCentre + " shows a certificate that is not trusted (" + why + "): put who signed it into "
                    + property(dataCentre, "ssl.truststore.location");
        }
        return dataCentre + " and the proxy do not agree on TLS (" + why + "): see "
                + property(dataCentre, "security.protocol") + ", ssl.truststore.location and ssl.keystore.location";
    }

    private static String property(String dataCentre, String name) {
        return "kafka." + name + " or kafka." + dataCentre + "." + name;
    }

    private static boolean isOfReplicas(Throwable failure) {
        return failure instanceof NotEnoughReplicasException || failure instanceof NotEnoughReplicasAfterAppendException
                || failure instanceof InvalidReplicationFactorException;
    }

    private static boolean isSilence(Throwable failure) {
        return failure instanceof TimeoutException || failure instanceof java.util.concurrent.TimeoutException;
    }

    private static Optional<Throwable> find(Throwable failure, Predicate<Throwable> kind) {
        return causes(failure).filter(kind).findFirst();
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, each -> each != null, Throwable::getCause).limit(DEEPEST);
    }

    /** What is outside often says no more than that there was something inside. */
    private static String innermost(Throwable failure) {
        return causes(failure).map(each -> Optional.ofNullable(each.getMessage())
                        .orElse(each.getClass().getSimpleName()))
                .reduce((outer, inner) -> inner).orElse("it fails");
    }
}
