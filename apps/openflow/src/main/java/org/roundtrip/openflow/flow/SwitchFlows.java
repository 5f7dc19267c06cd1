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

import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.DefaultFlowEntry;
import org.onosproject.net.flow.DefaultFlowRule;
import org.onosproject.net.flow.DefaultTableStatisticsEntry;
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.FlowRuleProviderService;
import org.onosproject.net.flow.IndexTableId;
import org.onosproject.net.flow.TableStatisticsEntry;
import org.onosproject.net.flow.oldbatch.FlowRuleBatchEntry;
import org.onosproject.net.flow.oldbatch.FlowRuleBatchEntry.FlowRuleOperation;
import org.onosproject.net.flow.oldbatch.FlowRuleBatchOperation;
import org.onosproject.openflow.controller.OpenFlowSwitch;
import org.projectfloodlight.openflow.protocol.OFBarrierReply;
import org.projectfloodlight.openflow.protocol.OFBarrierRequest;
import org.projectfloodlight.openflow.protocol.OFErrorMsg;
import org.projectfloodlight.openflow.protocol.OFFactory;
import org.projectfloodlight.openflow.protocol.OFFlowRemoved;
import org.projectfloodlight.openflow.protocol.OFFlowStatsEntry;
import org.projectfloodlight.openflow.protocol.OFFlowStatsReply;
import org.projectfloodlight.openflow.protocol.OFFlowStatsRequest;
import org.projectfloodlight.openflow.protocol.OFMessage;
import org.projectfloodlight.openflow.protocol.OFStatsReply;
import org.projectfloodlight.openflow.protocol.OFTableStatsEntry;
import org.projectfloodlight.openflow.protocol.OFTableStatsReply;
import org.projectfloodlight.openflow.protocol.OFTableStatsRequest;
import org.projectfloodlight.openflow.types.OFGroup;
import org.projectfloodlight.openflow.types.OFPort;
import org.projectfloodlight.openflow.types.TableId;
import org.roundtrip.openflow.compute.ErrorReason;
import org.roundtrip.openflow.compute.ExtensionCodec;
import org.roundtrip.openflow.compute.FlowKey;
import org.roundtrip.openflow.compute.FlowRuleCodec;
import org.roundtrip.openflow.compute.Multipart;
import org.roundtrip.openflow.compute.RuleDecodingException;
import org.roundtrip.openflow.compute.RuleEncodingException;
import org.roundtrip.openflow.flow.FlowTransaction.Addition;
import org.roundtrip.openflow.flow.FlowTransaction.Removal;
import org.roundtrip.openflow.session.SessionTimer;
import org.roundtrip.openflow.session.SwitchSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * The flow entries of one switch, from its connection to its end: sends what ONOS asks for, finds out what became of
 * it, and reports what the switch has.
 */
final class SwitchFlows implements SwitchSession {

    /**
     * How long small things gather: new entries before ONOS is told of them, since telling costs as much as the table
     * is long, and corrections before they are sent.
     */
    private static final Duration GATHERING = Duration.ofMillis(20);

    /** New entries gather for some times as long as it took to tell ONOS of the last ones, but no longer than this. */
    private static final Duration LONGEST_GATHERING = Duration.ofSeconds(1);
    private static final int GATHERING_SHARE = 4;

    private static final String GONE = "the switch is gone";

    private final Logger log = LoggerFactory.getLogger(getClass());
    private final DeviceId deviceId;
    private final OpenFlowSwitch target;
    private final OFFactory factory;
    private final FlowRuleCodec codec;
    private final FlowRuleProviderService core;
    private final SessionTimer timer;
    private final FlowTimes times;

    private final FlowLedger ledger = new FlowLedger();
    /** Batches that wait for the first dump, without which adoption is impossible. */
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private final Map<Long, FlowTransaction> byMessage = new HashMap<>();
    private final Map<Long, FlowTransaction> byBarrier = new HashMap<>();
    /** Places of the table about which ONOS is to be told. One that it were told of twice, it would have emptied. */
    private final Set<FlowKey> confirmed = new LinkedHashSet<>();
    private final List<FlowRuleBatchEntry> corrections = new ArrayList<>();
    /** What was said in the log of a rule or cookie, so that it is said once and not at every attempt. */
    private final Map<Long, String> complaints = new HashMap<>();

    private final ReadingPace pace;
    private Duration gathering = GATHERING;
    private Optional<Dump> dump = Optional.empty();
    /** Who asked for the entries before the dump that is under way was requested, and who after. */
    private List<CompletableFuture<List<FlowEntry>>> readers = new ArrayList<>();
    private List<CompletableFuture<List<FlowEntry>>> laterReaders = new ArrayList<>();
    private Optional<Multipart<OFTableStatsReply>> tables = Optional.empty();
    private boolean synchronised;
    private boolean stopped;

    /** A reading of all entries that is under way. */
    private static final class Dump {
        private final Multipart<OFFlowStatsReply> parts;
        private final long mark;

        Dump(OFFlowStatsRequest request, long mark) {
            this.parts = new Multipart<>(OFFlowStatsReply.class, request.getXid());
            this.mark = mark;
        }
    }

    SwitchFlows(DeviceId deviceId, OpenFlowSwitch target, ExtensionCodec extensions, FlowRuleProviderService core,
                SessionTimer timer, FlowTimes times) {
        this.deviceId = deviceId;
        this.target = target;
        this.factory = target.factory();
        this.codec = new FlowRuleCodec(factory, deviceId, extensions);
        this.core = core;
        this.timer = timer;
        this.times = times;
        this.pace = new ReadingPace(times.pollPeriod());
    }

    @Override
    public void start() {
        timer.after(times.adoptionPeriod(), this::endAdoption);
        refresh();
        timer.every(times.pollPeriod(), () -> {
            if (pace.isDue() && dump.isEmpty()) {
                refresh();
            }
        });
    }

    @Override
    public void refresh() {
        OFFlowStatsRequest request = factory.buildFlowStatsRequest().setTableId(TableId.ALL)
                .setMatch(factory.matchWildcardAll()).setOutPort(OFPort.ANY).setOutGroup(OFGroup.ANY).build();
        Dump started = new Dump(request, ledger.mark());
        dump = Optional.of(started);
        OFTableStatsRequest tableRequest = factory.buildTableStatsRequest().build();
        tables = Optional.of(new Multipart<>(OFTableStatsReply.class, tableRequest.getXid()));
        target.sendMsg(List.of(request, tableRequest));
        timer.after(times.batchTimeout(), () -> giveUp(started));
    }

    /**
     * Reads all entries for somebody who wants to know them as they are from now on.
     *
     * @param reader gets the entries
     */
    void read(CompletableFuture<List<FlowEntry>> reader) {
        if (stopped) {
            reader.completeExceptionally(new IOException(GONE));
        } else if (dump.isPresent()) {
            laterReaders.add(reader);
        } else {
            readers.add(reader);
            refresh();
        }
    }

    /**
     * Does what a batch asks for. A batch has no order; where it removes and adds the same entry, the entry stays.
     *
     * @param batch the batch
     */
    void execute(FlowRuleBatchOperation batch) {
        Map<Boolean, List<FlowRuleBatchEntry>> byKind = batch.getOperations().stream()
                .collect(Collectors.partitioningBy(entry -> entry.operator() == FlowRuleOperation.REMOVE));
        List<FlowRuleBatchEntry> ordered = new ArrayList<>(byKind.get(true));
        ordered.addAll(byKind.get(false));
        whenSynchronised(() -> {
            // Newer than what a comparison has found before it.
            Set<FlowRule> rules = ordered.stream().map(FlowRuleBatchEntry::target).collect(Collectors.toSet());
            corrections.removeIf(correction -> rules.contains(correction.target()));
            transact(ordered, new FlowTransaction(OptionalLong.of(batch.id())));
        });
    }

    /**
     * Does what ONOS asks for when it has compared the switch's entries with its own. ONOS asks for one change after
     * the other; they gather until the comparison pauses, and go together.
     *
     * @param changes additions and removals in the order in which ONOS asked for them
     */
    void correct(List<FlowRuleBatchEntry> changes) {
        if (corrections.isEmpty()) {
            timer.after(GATHERING, this::sendCorrections);
        }
        corrections.addAll(changes);
    }

    private void sendCorrections() {
        List<FlowRuleBatchEntry> gathered = List.copyOf(corrections);
        corrections.clear();
        whenSynchronised(() -> transact(gathered, new FlowTransaction(OptionalLong.empty())));
    }

    @Override
    public void handle(OFMessage message) {
        if (message instanceof OFErrorMsg) {
            handle((OFErrorMsg) message);
        } else if (message instanceof OFBarrierReply) {
            Optional.ofNullable(byBarrier.remove(message.getXid())).ifPresent(this::complete);
        } else if (message instanceof OFFlowRemoved) {
            handle((OFFlowRemoved) message);
        } else if (message instanceof OFStatsReply) {
            handle((OFStatsReply) message);
        }
    }

    @Override
    public void stop() {
        stopped = true;
        dump = Optional.empty();
        readers.addAll(laterReaders);
        laterReaders = new ArrayList<>();
        disappointReaders(GONE);
        synchronised = true;
        drain();
        List.copyOf(byBarrier.values()).forEach(transaction -> abandon(transaction, GONE));
        byBarrier.clear();
        byMessage.clear();
    }

    private void whenSynchronised(Runnable task) {
        if (synchronised) {
            task.run();
        } else {
            waiting.add(task);
        }
    }

    private void drain() {
        for (Runnable task = waiting.poll(); task != null; task = waiting.poll()) {
            task.run();
        }
    }

    private void transact(List<FlowRuleBatchEntry> changes, FlowTransaction transaction) {
        Map<FlowKey, Addition> additions = new LinkedHashMap<>();
        Map<FlowKey, Removal> removals = new LinkedHashMap<>();
        for (FlowRuleBatchEntry change : changes) {
            try {
                if (change.operator() == FlowRuleOperation.REMOVE) {
                    Removal removal = new Removal(change, codec);
                    additions.remove(removal.key());
                    removals.put(removal.key(), removal);
                } else {
                    Addition addition = new Addition(change, codec);
                    removals.remove(addition.key());
                    additions.put(addition.key(), addition);
                }
            } catch (RuleEncodingException | RuleDecodingException e) {
                refuse(change, e.getMessage(), transaction);
            }
        }
        List<OFMessage> messages = new ArrayList<>();
        // Adding before removing leaves no gap where one entry takes over from another.
        additions.values().forEach(addition -> send(addition, transaction, messages));
        removals.values().forEach(removal -> send(removal, transaction, messages));
        send(transaction, messages);
    }

    private void refuse(FlowRuleBatchEntry change, String reason, FlowTransaction transaction) {
        if (change.operator() == FlowRuleOperation.REMOVE) {
            // What can't be said in OpenFlow never was in the switch.
            core.flowRemoved(removed(change.target()));
        } else {
            complain(change.target(), reason);
            transaction.fail(change);
        }
    }

    private void send(Addition addition, FlowTransaction transaction, List<OFMessage> messages) {
        if (transaction.batchId().isEmpty() && ledger.isUnderWay(addition.canonical())) {
            return;
        }
        Optional<FlowEntry> present = ledger.claim(addition.asked(), addition.canonical());
        if (present.isPresent()) {
            confirm(addition);
            return;
        }
        transaction.sent(addition);
        messages.add(addition.message());
    }

    private void send(Removal removal, FlowTransaction transaction, List<OFMessage> messages) {
        ledger.release(removal.key());
        transaction.sent(removal);
        messages.add(removal.message());
    }

    private void send(FlowTransaction transaction, List<OFMessage> messages) {
        if (messages.isEmpty()) {
            finish(transaction);
            return;
        }
        if (stopped) {
            abandon(transaction, GONE);
            return;
        }
        OFBarrierRequest barrier = factory.barrierRequest();
        transaction.pending().forEach(xid -> byMessage.put(xid, transaction));
        byBarrier.put(barrier.getXid(), transaction);
        messages.add(barrier);
        target.sendMsg(messages);
        timer.after(times.batchTimeout(), () -> {
            if (byBarrier.remove(barrier.getXid()) != null) {
                abandon(transaction, "no answer within " + times.batchTimeout().toSeconds() + " s");
            }
        });
    }

    private void handle(OFErrorMsg error) {
        FlowTransaction transaction = byMessage.remove(error.getXid());
        if (transaction == null) {
            return;
        }
        String reason = "the switch refused it: " + ErrorReason.of(error);
        transaction.fail(error.getXid()).ifPresent(addition -> {
            ledger.reject(addition.canonical());
            complain(addition.asked(), reason);
        });
    }

    private void complete(FlowTransaction transaction) {
        transaction.pending().forEach(byMessage::remove);
        transaction.additions().forEach(addition ->
                ledger.confirm(addition.asked(), addition.canonical()).ifPresent(entry -> confirm(addition)));
        transaction.removals().forEach(removal -> core.flowRemoved(removed(removal.asked())));
        finish(transaction);
    }

    private void abandon(FlowTransaction transaction, String reason) {
        List<Long> pending = transaction.pending();
        log.warn("{}: {} changes to flow entries failed: {}", deviceId, pending.size(), reason);
        pending.forEach(xid -> {
            byMessage.remove(xid);
            transaction.fail(xid).ifPresent(addition -> ledger.reject(addition.canonical()));
        });
        finish(transaction);
    }

    private void finish(FlowTransaction transaction) {
        transaction.batchId().ifPresent(id -> core.batchOperationCompleted(id, transaction.outcome(deviceId)));
    }

    private void confirm(Addition addition) {
        complaints.remove(addition.asked().id().value());
        if (confirmed.isEmpty()) {
            timer.after(gathering, this::tellConfirmed);
        }
        confirmed.add(addition.key());
    }

    private void tellConfirmed() {
        // What has been replaced or removed meanwhile would puzzle ONOS.
        List<FlowEntry> entries = confirmed.stream().map(ledger::confirmed).flatMap(Optional::stream)
                .collect(Collectors.toList());
        confirmed.clear();
        if (!entries.isEmpty() && !stopped) {
            long began = System.nanoTime();
            core.pushFlowMetricsWithoutFlowMissing(deviceId, entries);
            Duration next = Duration.ofNanos(System.nanoTime() - began).multipliedBy(GATHERING_SHARE);
            gathering = Collections.min(List.of(Collections.max(List.of(next, GATHERING)), LONGEST_GATHERING));
        }
    }

    private void handle(OFFlowRemoved message) {
        FlowEntry gone;
        try {
            gone = codec.decode(message);
        } catch (RuleDecodingException e) {
            // Not a rule of ONOS.
            return;
        }
        ledger.lose(gone).ifPresent(asked -> {
            log.debug("{}: entry gone ({}): {}", deviceId, gone.reason(), asked);
            core.flowRemoved(new DefaultFlowEntry(
                    DefaultFlowRule.builder().forDevice(deviceId).forTable(asked.table())
                            .withPriority(asked.priority()).withCookie(asked.id().value())
                            .withSelector(asked.selector()).withTreatment(asked.treatment())
                            .withReason(gone.reason()).makePermanent().build(),
                    FlowEntry.FlowEntryState.REMOVED, gone.life(), gone.packets(), gone.bytes()));
        });
    }

    private void handle(OFStatsReply reply) {
        dump.ifPresent(current -> current.parts.add(reply).ifPresent(parts -> {
            dump = Optional.empty();
            report(current, parts);
        }));
        tables.flatMap(current -> current.add(reply)).ifPresent(parts -> {
            tables = Optional.empty();
            core.pushTableStatistics(deviceId, parts.stream().flatMap(part -> part.getEntries().stream())
                    .filter(table -> table.getActiveCount() > 0 || table.getMatchedCount().getValue() != 0)
                    .map(this::decode).collect(Collectors.toList()));
        });
    }

    private void report(Dump read, List<OFFlowStatsReply> parts) {
        long began = System.nanoTime();
        List<FlowEntry> entries = parts.stream().flatMap(part -> part.getEntries().stream())
                .map(this::decode).flatMap(Optional::stream).collect(Collectors.toList());
        List<CompletableFuture<List<FlowEntry>>> served = readers;
        readers = new ArrayList<>();
        List<FlowEntry> present = served.isEmpty() ? List.of() : ledger.inFormAskedFor(entries);
        served.forEach(reader -> reader.complete(present));
        List<FlowEntry> known = ledger.report(entries, read.mark);
        if (!synchronised) {
            log.info("{}: {} flow entries found", deviceId, entries.size());
            synchronised = true;
            drain();
        }
        core.pushFlowMetrics(deviceId, known);
        pace.read(Duration.ofNanos(System.nanoTime() - began));
        serveLaterReaders();
    }

    private void serveLaterReaders() {
        readers.addAll(laterReaders);
        laterReaders = new ArrayList<>();
        if (!readers.isEmpty()) {
            refresh();
        }
    }

    private void disappointReaders(String reason) {
        readers.forEach(reader -> reader.completeExceptionally(new IOException(reason)));
        readers = new ArrayList<>();
    }

    private void giveUp(Dump read) {
        if (dump.filter(read::equals).isEmpty()) {
            return;
        }
        dump = Optional.empty();
        log.warn("{}: no answer to a request for the flow entries within {} s", deviceId,
                 times.batchTimeout().toSeconds());
        synchronised = true;
        drain();
        disappointReaders("no answer");
        serveLaterReaders();
    }

    private void endAdoption() {
        int left = ledger.endAdoption();
        if (left > 0 && !stopped) {
            log.info("{}: nobody has asked for {} of the entries found; they will go", deviceId, left);
        }
    }

    private Optional<FlowEntry> decode(OFFlowStatsEntry entry) {
        try {
            return Optional.of(codec.decode(entry));
        } catch (RuleDecodingException e) {
            long cookie = entry.getCookie().getValue();
            if (!Objects.equals(complaints.put(cookie, e.getMessage()), e.getMessage())) {
                log.warn("{}: an entry with cookie {} is not one of ONOS: {}", deviceId, Long.toHexString(cookie),
                         e.getMessage());
            }
            return Optional.empty();
        }
    }

    private TableStatisticsEntry decode(OFTableStatsEntry table) {
        return DefaultTableStatisticsEntry.builder().withDeviceId(deviceId)
                .withTableId(IndexTableId.of(table.getTableId().getValue()))
                .withActiveFlowEntries(table.getActiveCount())
                .withPacketsLookedUpCount(table.getLookupCount().getValue())
                .withPacketsMatchedCount(table.getMatchedCount().getValue())
                .build();
    }

    private void complain(FlowRule rule, String reason) {
        if (!Objects.equals(complaints.put(rule.id().value(), reason), reason)) {
            log.warn("{}: rule {} failed: {}", deviceId, rule, reason);
        }
    }

    private static FlowEntry removed(FlowRule rule) {
        return new DefaultFlowEntry(rule, FlowEntry.FlowEntryState.REMOVED, 0, 0, 0);
    }
}
