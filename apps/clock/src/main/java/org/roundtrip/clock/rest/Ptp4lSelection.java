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
package org.roundtrip.clock.rest;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import org.immutables.value.Value;
import org.roundtrip.base.ValueType;
import org.roundtrip.clock.compute.Ptp4lConfiguration;

/**
 * For which clock of a session a configuration is asked for.
 */
@Value.Immutable
@ValueType
@JsonDeserialize(as = ImmutablePtp4lSelection.class)
interface Ptp4lSelection {

    /** Returns which clock. */
    Ptp4lConfiguration.Role role();
}
