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
 * Unicast negotiation (IEEE 1588-2019, section 16.1) as pure functions: who may ask whom for what, which rules and
 * meters bring signalling to the controller, and how its frames are taken apart and built. No services, no clock, no
 * input or output.
 */
package org.roundtrip.clock.compute.negotiation;
