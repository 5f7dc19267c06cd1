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
package org.roundtrip.messaging.proxy.message;

import org.roundtrip.base.Validation;
import org.roundtrip.messaging.proxy.message.compute.ProcessedPositions;

/**
 * How an application receives.
 *
 * @param window    how many messages may be delivered and not settled, 1 to 10,000
 * @param processed what it has processed although it may not have been told so
 */
public record SubscriptionOptions(int window, ProcessedPositions processed) {

    /** For an application that is new or does not store positions. */
    public static final SubscriptionOptions USUAL = new SubscriptionOptions(100, ProcessedPositions.NONE);

    private static final int LARGEST_WINDOW = 10_000;

    /**
     * Checks it.
     *
     * @throws org.roundtrip.base.InvalidRequestException if the window is out of its range
     */
    public SubscriptionOptions {
        new Validation()
                .require(window >= 1 && window <= LARGEST_WINDOW, "window", "must be 1 to " + LARGEST_WINDOW)
                .throwIfInvalid();
    }
}
