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
/**
 * Clock sessions: PTP (IEEE 1588-2019) of a clock server and a client runs in a tunnel of its own, whose two directions
 * use the same links.
 * <p>
 * A PTP client takes half of the round trip for the way from the server to itself. Where the two directions differ by
 * d, its time is wrong by d/2, and nothing that it can measure tells. This package is what other rooms may use.
 */
package org.roundtrip.clock;
