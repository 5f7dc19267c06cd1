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
 * The state of a PTP port (IEEE 1588-2019, section 9.2.5).
 */
public enum PtpPortState {
    /** It starts. */
    INITIALIZING,
    /** It has a fault. */
    FAULTY,
    /** It is switched off. */
    DISABLED,
    /** It looks for a server. */
    LISTENING,
    /** It is about to give the time. */
    PRE_MASTER,
    /** It gives the time. */
    MASTER,
    /** It neither gives nor takes the time. */
    PASSIVE,
    /** It has found its server and is about to follow it. */
    UNCALIBRATED,
    /** It follows its server. */
    SLAVE
}
