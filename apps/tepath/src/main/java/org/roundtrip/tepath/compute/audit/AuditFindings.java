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
package org.roundtrip.tepath.compute.audit;

import org.immutables.value.Value;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.FlowRule;
import org.roundtrip.base.ValueType;
import org.roundtrip.tepath.PathAudit;

import java.util.List;
import java.util.Set;

/**
 * What was found when a path was held against the tables of the switches, with the rules themselves.
 */
@Value.Immutable
@ValueType
public interface AuditFindings {

    /**
     * Returns the same in words, for users.
     *
     * @return the audit
     */
    PathAudit audit();

    /**
     * Returns the intended rules that a switch does not hold, or has not confirmed.
     *
     * @return the rules as they should be
     */
    List<FlowRule> missing();

    /**
     * Returns the intended rules in whose place a switch holds one that does something else.
     *
     * @return the rules as they should be
     */
    List<FlowRule> wrong();

    /**
     * Returns rules of this application, for labels or traffic at ports of the path, that belong to no path.
     *
     * @return the rules as they are
     */
    List<FlowRule> strays();

    /**
     * Returns rules of others that take packets which a rule of the path should take.
     *
     * @return the rules as they are
     */
    List<FlowRule> shadowing();

    /**
     * Returns the switches that could not be asked.
     *
     * @return the switches
     */
    Set<DeviceId> unread();

    /**
     * Returns whether putting rules of this application right would help.
     *
     * @return true if some are missing, wrong or too many
     */
    default boolean isRepairable() {
        return !missing().isEmpty() || !wrong().isEmpty() || !strays().isEmpty();
    }

    /**
     * Returns a builder.
     *
     * @return a builder
     */
    static Builder builder() {
        return new Builder();
    }

    /** Builds findings. */
    final class Builder extends ImmutableAuditFindings.Builder {
    }
}
