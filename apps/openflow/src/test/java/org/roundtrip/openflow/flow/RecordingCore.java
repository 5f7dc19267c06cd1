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
package org.roundtrip.openflow.flow;

import com.google.common.collect.ImmutableList;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.CompletedBatchOperation;
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.FlowRuleProvider;
import org.onosproject.net.flow.FlowRuleProviderService;
import org.onosproject.net.flow.TableStatisticsEntry;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what the provider tells ONOS. */
final class RecordingCore implements FlowRuleProviderService {

    private final Set<FlowRule> added = ConcurrentHashMap.newKeySet();
    private final Map<Long, CompletedBatchOperation> completed = new ConcurrentHashMap<>();
    private final List<FlowEntry> removed = new CopyOnWriteArrayList<>();
    private final List<List<FlowEntry>> reports = new CopyOnWriteArrayList<>();
    private final List<List<FlowEntry>> news = new CopyOnWriteArrayList<>();
    private volatile List<TableStatisticsEntry> tables = List.of();

    /** Rules of which it was told that the switch has them. */
    Set<FlowRule> added() {
        return added;
    }

    Optional<CompletedBatchOperation> completed(long batchId) {
        return Optional.ofNullable(completed.get(batchId));
    }

    List<FlowEntry> removed() {
        return removed;
    }

    /** Full reports, the last one at the end. */
    List<List<FlowEntry>> reports() {
        return reports;
    }

    /** What was told apart from full reports. */
    List<List<FlowEntry>> news() {
        return news;
    }

    List<TableStatisticsEntry> tables() {
        return tables;
    }

    @Override
    public void flowRemoved(FlowEntry flowEntry) {
        removed.add(flowEntry);
        added.remove(flowEntry);
    }

    @Override
    public void pushFlowMetrics(DeviceId deviceId, Iterable<FlowEntry> flowEntries) {
        reports.add(ImmutableList.copyOf(flowEntries));
        flowEntries.forEach(added::add);
    }

    @Override
    public void pushFlowMetricsWithoutFlowMissing(DeviceId deviceId, Iterable<FlowEntry> flowEntries) {
        news.add(ImmutableList.copyOf(flowEntries));
        flowEntries.forEach(added::add);
    }

    @Override
    public void pushTableStatistics(DeviceId deviceId, List<TableStatisticsEntry> tableStatsEntries) {
        tables = List.copyOf(tableStatsEntries);
    }

    @Override
    public void batchOperationCompleted(long batchId, CompletedBatchOperation operation) {
        completed.put(batchId, operation);
    }

    @Override
    public FlowRuleProvider provider() {
        throw new UnsupportedOperationException();
    }
}
