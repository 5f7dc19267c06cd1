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

import org.onosproject.core.ApplicationId;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.FlowRuleService;
import org.roundtrip.base.flow.FlowTableReader;
import org.roundtrip.tepath.compute.audit.AuditFindings;
import org.roundtrip.tepath.compute.audit.PathAuditComputation;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Audits paths by the tables of the switches as they are now.
 * <p>
 * Waits for the switches: not for the thread of the reconcile loop. Thread-safe.
 */
final class PathAuditor {

    /** A path that moves more often than this while it is looked at is looked at another time. */
    private static final int MOST_ATTEMPTS = 3;

    private final ApplicationId application;
    private final FlowRuleService flowRules;
    private final Supplier<Optional<FlowTableReader>> reader;
    private final Clock clock;

    /**
     * Creates an auditor.
     *
     * @param application whose rules make paths
     * @param flowRules   what ONOS knows of the tables
     * @param reader      reads the tables themselves, if there is such a service now
     * @param clock       the time
     */
    PathAuditor(ApplicationId application, FlowRuleService flowRules, Supplier<Optional<FlowTableReader>> reader,
                Clock clock) {
        this.application = application;
        this.flowRules = flowRules;
        this.reader = reader;
        this.clock = clock;
    }

    /**
     * Audits a path. Reading tables takes time, in which paths come, go and move; so what looks wrong counts only if
     * the path is still meant to be the same afterwards, and a rule is too many only if no path had it before or after.
     *
     * @param orders says what the path should be now; empty if it is gone or not settled
     * @return what was found, or empty if the path is gone, not settled, or moves all the time
     */
    Optional<AuditFindings> audit(Supplier<Optional<AuditOrder>> orders) {
        Optional<AuditOrder> order = orders.get();
        for (int attempt = 0; attempt < MOST_ATTEMPTS && order.isPresent(); attempt++) {
            AuditOrder before = order.get();
            FreshTables tables = new FreshTables(flowRules, reader.get(), before.topology());
            tables.ask(before.path().devices());
            AuditFindings findings = audit(before, tables, before.others());
            if (findings.audit().correct()) {
                return Optional.of(findings);
            }
            order = orders.get();
            Optional<AuditOrder> after = order.filter(later -> later.path().equals(before.path()));
            if (after.isPresent()) {
                return Optional.of(audit(after.get(), tables, before.others().or(after.get().others())));
            }
        }
        return Optional.empty();
    }

    private AuditFindings audit(AuditOrder order, FreshTables tables, Predicate<FlowRule> others) {
        return new PathAuditComputation(application, order.topology(), tables, others)
                .audit(order.path(), clock.instant().truncatedTo(ChronoUnit.MILLIS));
    }
}
