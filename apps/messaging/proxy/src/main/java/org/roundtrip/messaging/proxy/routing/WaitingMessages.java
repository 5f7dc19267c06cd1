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
package org.roundtrip.messaging.proxy.routing;

/**
 * What waits to be carried, what is on its way included.
 *
 * @param messages     how many messages
 * @param bytes        how many bytes that is, about
 * @param oldestMillis how long the oldest of them has been waiting, milliseconds, 0 if none does
 */
record WaitingMessages(long messages, long bytes, long oldestMillis) {

    static final WaitingMessages NONE = new WaitingMessages(0, 0, 0);
}
