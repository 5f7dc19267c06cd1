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
package org.roundtrip.tepath;

/**
 * What a path is doing.
 */
public enum TePathState {
    /**
     * Both directions are being put into the switches, or both ends wait until the traffic may take another way; the
     * reason says until when. Traffic may not flow yet.
     */
    INSTALLING,
    /**
     * Both directions stand, confirmed by every switch, and both ends take the traffic in, or keep it out if the path
     * is suspended.
     */
    UP,
    /** There is no way, or a switch refuses; the reason says which. It is tried again whenever the network changes. */
    DOWN,
    /** It is being taken out of the switches. */
    REMOVING
}
