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
package org.roundtrip.balancer;

/**
 * What a virtual server is doing.
 */
public enum VirtualServerState {
    /** Nobody can use it yet: no access switch is there, or no member was ever seen. */
    WAITING,
    /** Its rules are being put into the switches for the first time. */
    INSTALLING,
    /** Every access switch takes requests, and every enabled member serves. */
    UP,
    /** It serves, but an access switch is not there, or a member that is enabled does not serve. */
    DEGRADED,
    /** Requests are dropped, the reason says why: no member serves, or no access switch is there. */
    DOWN,
    /** It is being taken out of the switches. */
    REMOVING
}
