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
package org.roundtrip.openflow.flow;

/**
 * Names and defaults of the component properties of this package.
 */
public final class OsgiPropertyConstants {

    /**
     * Seconds between two readings of a switch's flow entries; 1 or more.
     */
    public static final String FLOW_POLL_PERIOD = "flowPollPeriod";

    static final int FLOW_POLL_PERIOD_DEFAULT = 5;

    /**
     * Seconds after the connection of a switch during which entries that no application has asked for yet stay in it;
     * 0 or more.
     */
    public static final String ADOPTION_PERIOD = "adoptionPeriod";

    static final int ADOPTION_PERIOD_DEFAULT = 60;

    /**
     * Seconds that a switch has to answer a batch of flow rules before the batch fails; 1 or more.
     */
    public static final String BATCH_TIMEOUT = "batchTimeout";

    static final int BATCH_TIMEOUT_DEFAULT = 30;

    private OsgiPropertyConstants() {
    }
}
