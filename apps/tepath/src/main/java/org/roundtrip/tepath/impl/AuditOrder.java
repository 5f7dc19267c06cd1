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
package org.roundtrip.tepath.impl;

import org.immutables.value.Value;
import org.onosproject.net.flow.FlowRule;
import org.roundtrip.base.ValueType;
import org.roundtrip.tepath.compute.TeTopology;
import org.roundtrip.tepath.compute.audit.AuditSubject;

import java.util.function.Predicate;

/**
 * All that must be known to audit a path, as it is at one moment.
 */
@Value.Immutable
@ValueType
interface AuditOrder {

    /** Returns the path as it should be. */
    @Value.Parameter
    AuditSubject path();

    /** Returns the network. */
    @Value.Parameter
    TeTopology topology();

    /** Returns whether a rule of this application belongs to another path. */
    @Value.Parameter
    Predicate<FlowRule> others();

    /** Returns an order. */
    static AuditOrder of(AuditSubject path, TeTopology topology, Predicate<FlowRule> others) {
        return ImmutableAuditOrder.of(path, topology, others);
    }
}
