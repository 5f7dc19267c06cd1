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
package org.roundtrip.openflow.session;

import org.onosproject.openflow.controller.OpenFlowSwitch;
import org.projectfloodlight.openflow.protocol.OFBarrierReply;
import org.projectfloodlight.openflow.protocol.OFBarrierRequest;
import org.projectfloodlight.openflow.protocol.OFErrorMsg;
import org.projectfloodlight.openflow.protocol.OFMessage;
import org.projectfloodlight.openflow.protocol.OFStatsReply;
import org.projectfloodlight.openflow.protocol.OFStatsRequest;
import org.roundtrip.openflow.compute.Multipart;
import org.roundtrip.openflow.compute.RuleEncodingException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A session on things of which a switch has few, so that all of them can be read after every change: groups, meters.
 * <p>
 * ONOS compares each report with what it wants. Therefore none is made from a reading during which something changed.
 *
 * @param <O> the kind of operation on these things
 * @param <D> the kind of reply that describes them
 * @param <C> the kind of reply that has their counters
 */
public abstract class AuditedSession<O, D extends OFStatsReply, C extends OFStatsReply> implements SwitchSession {

    /** How long operations gather before their effect is read. */
    private static final Duration GATHERING = Duration.ofMillis(20);

    private final Logger log = LoggerFactory.getLogger(getClass());
    private final OpenFlowSwitch target;
    private final SessionTimer timer;
    private final Duration pollPeriod;
    private final Duration patience;
    private final Class<D> descriptionKind;
    private final Class<C> counterKind;
    private final PendingOperations<O> pending = new PendingOperations<>();
    private Optional<Reading> reading = Optional.empty();
    private boolean readingSoon;
    private boolean stopped;
    private long changes;

    /** A reading of all things that is under way. */
    private final class Reading {
        private final long mark = changes;
        private final Multipart<D> descriptions;
        private final Multipart<C> counters;
        private Optional<List<D>> described = Optional.empty();
        private Optional<List<C>> counted = Optional.empty();

        Reading(long descriptionXid, long counterXid) {
            descriptions = new Multipart<>(descriptionKind, descriptionXid);
            counters = new Multipart<>(counterKind, counterXid);
        }

        void add(OFStatsReply reply) {
            descriptions.add(reply).ifPresent(parts -> described = Optional.of(parts));
            counters.add(reply).ifPresent(parts -> counted = Optional.of(parts));
        }
    }

    /**
     * Creates the session.
     *
     * @param target          the switch
     * @param timer           runs tasks later
     * @param pollPeriod      how often to read without a reason
     * @param patience        how long the switch has to answer
     * @param descriptionKind the kind of reply that describes the things
     * @param counterKind     the kind of reply that has their counters
     */
    protected AuditedSession(OpenFlowSwitch target, SessionTimer timer, Duration pollPeriod, Duration patience,
                             Class<D> descriptionKind, Class<C> counterKind) {
        this.target = target;
        this.timer = timer;
        this.pollPeriod = pollPeriod;
        this.patience = patience;
        this.descriptionKind = descriptionKind;
        this.counterKind = counterKind;
    }

    /**
     * Encodes an operation.
     *
     * @param operation the operation
     * @return its message
     * @throws RuleEncodingException if it has no counterpart in OpenFlow
     */
    protected abstract OFMessage encode(O operation);

    /**
     * Makes the request for descriptions of all things.
     *
     * @return the request
     */
    protected abstract OFStatsRequest<D> describe();

    /**
     * Makes the request for the counters of all things.
     *
     * @return the request
     */
    protected abstract OFStatsRequest<C> count();

    /**
     * Tells ONOS that an operation has no counterpart in OpenFlow.
     *
     * @param operation the operation
     * @param reason    why
     */
    protected abstract void unspeakable(O operation, RuleEncodingException reason);

    /**
     * Tells ONOS that the switch refused an operation.
     *
     * @param operation the operation
     * @param error     why
     */
    protected abstract void refused(O operation, OFErrorMsg error);

    /**
     * Tells ONOS that the switch has not answered.
     *
     * @param operation the operation
     */
    protected abstract void unanswered(O operation);

    /**
     * Tells ONOS what the switch has.
     *
     * @param descriptions all things
     * @param counters     their counters
     */
    protected abstract void report(List<D> descriptions, List<C> counters);

    /**
     * Does what ONOS asks for.
     *
     * @param operations the operations, in their order
     */
    public final void perform(List<O> operations) {
        Map<Long, O> sent = new LinkedHashMap<>();
        List<OFMessage> messages = new ArrayList<>();
        for (O operation : operations) {
            try {
                OFMessage message = encode(operation);
                sent.put(message.getXid(), operation);
                messages.add(message);
            } catch (RuleEncodingException e) {
                unspeakable(operation, e);
            }
        }
        if (messages.isEmpty()) {
            return;
        }
        changes++;
        OFBarrierRequest barrier = target.factory().barrierRequest();
        pending.sent(sent, barrier.getXid());
        messages.add(barrier);
        target.sendMsg(messages);
        timer.after(patience, () -> pending.answered(barrier.getXid())
                .ifPresent(silent -> silent.forEach(this::unanswered)));
    }

    @Override
    public void start() {
        refresh();
        poll();
    }

    @Override
    public final void refresh() {
        OFStatsRequest<D> describe = describe();
        OFStatsRequest<C> count = count();
        Reading started = new Reading(describe.getXid(), count.getXid());
        reading = Optional.of(started);
        target.sendMsg(List.of(describe, count));
        timer.after(patience, () -> {
            if (reading.filter(started::equals).isPresent()) {
                log.warn("{}: no answer to a request for {} within {} s", target.getStringId(),
                         descriptionKind.getSimpleName(), patience.toSeconds());
                reading = Optional.empty();
            }
        });
    }

    @Override
    public final void handle(OFMessage message) {
        if (message instanceof OFErrorMsg) {
            pending.refused(message.getXid()).ifPresent(operation -> refused(operation, (OFErrorMsg) message));
        } else if (message instanceof OFBarrierReply) {
            pending.answered(message.getXid()).ifPresent(done -> readSoon());
        } else if (message instanceof OFStatsReply) {
            reading.ifPresent(current -> {
                current.add((OFStatsReply) message);
                if (current.described.isPresent() && current.counted.isPresent()) {
                    reading = Optional.empty();
                    complete(current);
                }
            });
        }
    }

    @Override
    public void stop() {
        stopped = true;
        reading = Optional.empty();
    }

    private void complete(Reading read) {
        if (read.mark == changes) {
            report(read.described.orElseThrow(), read.counted.orElseThrow());
        } else {
            readSoon();
        }
    }

    private void readSoon() {
        if (readingSoon) {
            return;
        }
        readingSoon = true;
        timer.after(GATHERING, () -> {
            readingSoon = false;
            if (!stopped) {
                refresh();
            }
        });
    }

    private void poll() {
        timer.after(pollPeriod, () -> {
            if (!stopped) {
                if (reading.isEmpty()) {
                    refresh();
                }
                poll();
            }
        });
    }
}
