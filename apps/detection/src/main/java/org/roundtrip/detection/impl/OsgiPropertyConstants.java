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

/**
 * Names and defaults of component properties.
 */
public final class OsgiPropertyConstants {

    /** The TCP port on which the node that leads listens for agents. */
    public static final String AGENT_PORT = "agentPort";

    /** The same as agents have. */
    public static final int AGENT_PORT_DEFAULT = 6690;

    /** How long an agent that is not heard of is still believed, in milliseconds. */
    public static final String LEASE = "lease";

    /** Longer than what makes a connection of TCP falter. */
    public static final int LEASE_DEFAULT = 5000;

    /** The time from one snapshot of an agent to the next, in milliseconds. */
    public static final String REPORT_INTERVAL = "reportInterval";

    /** What changes is reported at once, so this is for figures. */
    public static final int REPORT_INTERVAL_DEFAULT = 10000;

    /** The PEM file with the certificate of the controller, for TLS with agents; without TLS if it is empty. */
    public static final String TLS_CERTIFICATES = "tlsCertificates";

    /** No TLS. */
    public static final String TLS_CERTIFICATES_DEFAULT = "";

    /** The PEM file with the private key of the controller, for TLS with agents. */
    public static final String TLS_KEY = "tlsKey";

    /** No TLS. */
    public static final String TLS_KEY_DEFAULT = "";

    private OsgiPropertyConstants() {
    }
}
