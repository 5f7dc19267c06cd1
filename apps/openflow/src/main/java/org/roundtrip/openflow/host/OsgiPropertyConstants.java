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
package org.roundtrip.openflow.host;

/**
 * Names and defaults of the component properties of this package.
 */
public final class OsgiPropertyConstants {

    /**
     * Whether a host is removed when its port or switch goes down; it is asked for again when the port comes back.
     */
    public static final String HOST_REMOVAL_ENABLED = "hostRemovalEnabled";

    static final boolean HOST_REMOVAL_ENABLED_DEFAULT = true;

    private OsgiPropertyConstants() {
    }
}
