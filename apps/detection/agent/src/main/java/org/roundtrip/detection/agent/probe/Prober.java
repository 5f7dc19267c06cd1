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

import org.roundtrip.detection.agent.compute.Outcome;
import org.roundtrip.detection.protocol.Check;

import java.util.function.Consumer;

/**
 * Probes members in one way. Belongs to one event loop, and is used there only.
 */
public interface Prober {

    /**
     * Begins a probe. It ends when {@code ended} is called, once and on the event loop, possibly before this returns,
     * or when it is abandoned: how long it may take is the caller's business.
     *
     * @param check what is probed
     * @param ended called with the outcome
     * @return the probe
     * @throws IllegalArgumentException if the check can't be probed in this way
     */
    Probe begin(Check check, Consumer<Outcome> ended);
}
