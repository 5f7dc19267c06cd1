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

/**
 * Receives messages.
 */
@FunctionalInterface
public interface DeliveryListener {

    /**
     * Receives one. Called by one thread at a time, which it must not hold: others wait.
     *
     * @param delivery the message; to be settled from any thread, now or later
     */
    void onDelivery(Delivery delivery);
}
