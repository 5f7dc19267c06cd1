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
package org.roundtrip.base.intent;

import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.FlowRuleOperations;
import org.onosproject.net.flow.FlowRuleOperationsContext;
import org.onosproject.net.flow.FlowRuleService;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Puts rules into the switches without the intent framework, which gathers what it is asked for before it acts.
 * <p>
 * The flow rule service is asked for each switch apart: it would tell only when all of them have confirmed, and after a
 * failure in one go on with what was to follow. Thread-safe.
 */
final class DirectInstallation {

    /** More than any provider waits for a switch. It ends the wait for a controller node that died with the answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final FlowRuleService flowRules;
    private final Clock clock;

    DirectInstallation(FlowRuleService flowRules, Clock clock) {
        this.flowRules = flowRules;
        this.clock = clock;
    }

    /**
     * Sends rules to all their switches at the same time. Where an added rule matches the same as one that is there, it
     * takes over from it.
     *
     * @param added   the rules to add
     * @param removed the rules to remove, none of which matches the same as one to add
     * @return completes when every switch has answered: with the times, or exceptionally if one of them has refused or
     *         could not be reached; completed by a thread of ONOS, which must not be blocked
     */
    CompletableFuture<ConfirmedStage> install(Collection<FlowRule> added, Collection<FlowRule> removed) {
        Map<DeviceId, FlowRuleOperations.Builder> operations = new HashMap<>();
        added.forEach(rule -> operations(operations, rule).add(rule));
        removed.forEach(rule -> operations(operations, rule).remove(rule));
        Instant sent = clock.instant();
        Map<DeviceId, CompletableFuture<Instant>> answers = operations.entrySet().stream().collect(
                Collectors.toMap(Map.Entry::getKey, each -> apply(each.getValue())));
        return CompletableFuture.allOf(answers.values().toArray(new CompletableFuture<?>[0]))
                .thenApply(all -> ConfirmedStage.of(sent, answers.entrySet().stream().collect(
                        Collectors.toMap(Map.Entry::getKey, each -> each.getValue().join()))));
    }

    /**
     * Removes rules of which the framework knows nothing. Nobody waits for that.
     *
     * @param strays the rules
     */
    void remove(Collection<FlowRule> strays) {
        if (!strays.isEmpty()) {
            flowRules.removeFlowRules(strays.toArray(FlowRule[]::new));
        }
    }

    private static FlowRuleOperations.Builder operations(Map<DeviceId, FlowRuleOperations.Builder> operations,
                                                         FlowRule rule) {
        return operations.computeIfAbsent(rule.deviceId(), device -> FlowRuleOperations.builder());
    }

    private CompletableFuture<Instant> apply(FlowRuleOperations.Builder operations) {
        CompletableFuture<Instant> answer = new CompletableFuture<>();
        flowRules.apply(operations.build(new FlowRuleOperationsContext() {
            @Override
            public void onSuccess(FlowRuleOperations confirmed) {
                answer.complete(clock.instant());
            }

            @Override
            public void onError(FlowRuleOperations failed) {
                answer.completeExceptionally(new IllegalStateException("not confirmed: " + failed));
            }
        }));
        return answer.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
}
