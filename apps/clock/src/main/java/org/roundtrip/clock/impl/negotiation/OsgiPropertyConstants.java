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
package org.roundtrip.clock.impl.negotiation;

/**
 * Names and defaults of component properties.
 */
public final class OsgiPropertyConstants {

    /** How many signalling messages a second each edge port may send to the controller. */
    public static final String SIGNALLING_RATE = "signallingRate";

    /**
     * A client sends three requests when it starts and when its grants are to be renewed, so this is enough for some
     * hundred clients behind one port, and too little to keep a controller from its work.
     */
    public static final int SIGNALLING_RATE_DEFAULT = 50;

    /** For how many seconds a server or its client may send nothing through the tunnel before their session ends. */
    public static final String SILENCE_TIME = "silenceTime";

    /** Ten announce messages at the slowest rate that a default profile has. */
    public static final int SILENCE_TIME_DEFAULT = 30;

    /** How servers know the extension that says that both directions use the same links: organization and sub-type. */
    public static final String PATH_CONSISTENCY_SUB_TYPE = "pathConsistencySubType";

    /** The part of IANA's organization id and of its sub-types that is for documentation (RFC 7042, section 2.1.2). */
    public static final String PATH_CONSISTENCY_SUB_TYPE_DEFAULT = "00-00-5E/00-53-01";

    private OsgiPropertyConstants() {
    }
}
