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
package org.roundtrip.detection.agent.probe;

/**
 * A probe that has begun and not ended. Used on the event loop of its prober only.
 */
public interface Probe {

    /**
     * Ends it without an outcome. Nothing comes of it any more.
     *
     * @return what it has been waiting for, such as " waiting for the HTTP response", or nothing to add
     */
    String abandon();
}
