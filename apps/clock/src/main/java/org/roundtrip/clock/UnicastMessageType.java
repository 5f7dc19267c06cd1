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
package org.roundtrip.clock;

/**
 * What a client asks its server for (IEEE 1588-2019, table 42).
 */
public enum UnicastMessageType {
    /** Announce messages. */
    ANNOUNCE,
    /** Sync messages, and Follow_Up messages if the server takes two steps. */
    SYNC,
    /** Delay_Resp messages, one for each Delay_Req. */
    DELAY_RESP
}
