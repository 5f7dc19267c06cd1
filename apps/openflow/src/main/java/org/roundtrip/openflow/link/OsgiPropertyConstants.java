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
package org.roundtrip.openflow.link;

/**
 * Names and defaults of the component properties of this package.
 */
public final class OsgiPropertyConstants {

    /**
     * Milliseconds between two probes of a port in the long run; 100 or more. A link that comes without any port going
     * up is known after this time at the latest.
     */
    public static final String PROBE_PERIOD = "probePeriod";

    static final int PROBE_PERIOD_DEFAULT = 800;

    /**
     * Milliseconds without a probe after which a link is lost; more than {@link #PROBE_PERIOD}.
     */
    public static final String MAX_SILENCE = "maxSilence";

    static final int MAX_SILENCE_DEFAULT = 2_500;

    /**
     * Milliseconds for which a port is probed before it is taken for an edge of the network; more than
     * {@link #PROBE_PERIOD}.
     */
    public static final String SETTLING = "settling";

    static final int SETTLING_DEFAULT = 2_000;

    private OsgiPropertyConstants() {
    }
}
