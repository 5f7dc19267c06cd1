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
package org.roundtrip.detection.impl;

import org.roundtrip.detection.protocol.DetectionServer;
import org.roundtrip.detection.protocol.DetectionServerListener;
import org.roundtrip.detection.protocol.SecretLookup;
import org.roundtrip.detection.protocol.ServerLimits;
import org.roundtrip.detection.protocol.TransportSecurity;
import org.roundtrip.detection.protocol.Welcome;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How agents connect, as the controller is configured. Immutable.
 */
final class ServerSettings {

    private final List<Object> said;
    private final int port;
    private final Welcome welcome;
    private final TransportSecurity security;

    /**
     * Takes settings.
     *
     * @param port            where to listen
     * @param lease           how long an agent that is not heard of is believed, in milliseconds
     * @param reportInterval  the time from one snapshot to the next, in milliseconds
     * @param tlsCertificates the file with the certificate of the controller, or an empty text for no TLS
     * @param tlsKey          the file with its private key
     * @throws RuntimeException if they can't be used; says why
     */
    ServerSettings(int port, int lease, int reportInterval, String tlsCertificates, String tlsKey) {
        this.said = List.of(port, lease, reportInterval, tlsCertificates, tlsKey);
        this.port = port;
        this.welcome = Welcome.builder().lease(lease).reportInterval(reportInterval).build();
        this.security = tlsCertificates.isEmpty() ? TransportSecurity.none()
                : TransportSecurity.ofController(Path.of(tlsCertificates), Path.of(tlsKey));
    }

    /** Returns whether these are the same. Files are compared by their names. */
    boolean areAs(ServerSettings other) {
        return said.equals(other.said);
    }

    Duration lease() {
        return Duration.ofMillis(welcome.lease());
    }

    /** Makes a server that does not listen yet. */
    DetectionServer server(SecretLookup secrets, DetectionServerListener listener) {
        return new DetectionServer(new InetSocketAddress(port), security, secrets, welcome,
                                   ServerLimits.builder().build(), listener);
    }
}
