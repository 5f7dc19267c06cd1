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
package org.roundtrip.messaging;

/**
 * Whether a proxy follows.
 */
public enum ProxyState {
    /** It tells, and has the present configuration. */
    CURRENT,
    /** It tells, and has another configuration than the present one, or none. */
    BEHIND,
    /** It has not told for longer than it said. */
    SILENT
}
