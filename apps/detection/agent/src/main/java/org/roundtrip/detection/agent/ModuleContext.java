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
package org.roundtrip.detection.agent;

import org.roundtrip.detection.protocol.CheckResult;

import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * What all detection modules of an agent share. All of it is thread-safe.
 *
 * @param clock       shows operators the time; never used for intervals, because it can be set
 * @param reporter    hears each change of a verdict or of its reason
 * @param health      takes note of lateness
 * @param checksBegun counts checks, so that their first probes are spread
 */
record ModuleContext(Clock clock, Consumer<CheckResult> reporter, AgentHealth health, AtomicLong checksBegun) {
}
