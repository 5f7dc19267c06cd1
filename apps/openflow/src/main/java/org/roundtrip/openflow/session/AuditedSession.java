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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A session on things of which a switch has few, so that all of them can be read after every change: groups, meters.
 * <p>
 * ONOS compares each report with what it wants. Therefore none is made from a reading during which something changed.
 *
 * @param <O> the kind of operation on these things
 */
public abstract class AuditedSession<O> implements SwitchSession {

    /** How long operations gather before their effect is read. */
    private static final Duration GATHERING = Duration.ofMillis(20);

    private final Logger log = LoggerFactory.getLogger(getClass());
    private final OpenFlowSwitch target;
    private final SessionTimer timer;
    private final Duration pollPeriod;
    private final Duration patience;
    private final PendingOperations<O> pending = new PendingOperations<>();
    private Optional<Reading> reading = Optional.empty();
    private boolean readingSoon;
    private boolean stopped;
    private long changes;

    /** A reading of all things that is under way. */
    private static final class Reading {
        private final long mark;
        private final Map<Long, Multipart<OFStatsReply>> open = new HashMap<>();
        private final List<OFStatsReply> replies = new ArrayList<>();

        Reading(long mark, List<OFStatsRequest<?>> requests) {
            this.mark = mark;
            requests.forEach(request ->
                    open.put(request.getXid(), new Multipart<>(OFStatsReply.class, request.getXid())));
        }

        void add(OFStatsReply reply) {
            Optional.ofNullable(open.get(reply.getXid())).flatMap(parts -> parts.add(reply)).ifPresent(parts -> {
                open.remove(reply.getXid());
                replies.addAll(parts);
            });
        }

        boolean isComplete() {
            return open.isEmpty();
        }
    }

    /**
     * Creates the session.
     *
     * @param target     the switch
     * @param timer      runs tasks later
     * @param pollPeriod how often to read without a reason
     * @param patience   how long the switch has to answer
     */
    protected AuditedSession(OpenFlowSwitch target, SessionTimer timer, Duration pollPeriod, Duration patience) {
        this.target = target;
        this.timer = timer;
        this.pollPeriod = pollPeriod;
        this.patience = patience;
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
     * Makes the requests by which all things are read.
     *
     * @return one request or more
     */
    protected abstract List<OFStatsRequest<?>> requests();

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
     * @param replies all parts of the answers to the {@link #requests()}
     */
    protected abstract void report(List<OFStatsReply> replies);

    /**
     * Picks the answers of one kind.
     *
     * @param kind    the kind
     * @param replies answers of all kinds
     * @param <R>     the kind
     * @return those of this kind
     */
    protected static <R extends OFStatsReply> Stream<R> parts(Class<R> kind, List<OFStatsReply> replies) {
        return replies.stream().filter(kind::isInstance).map(kind::cast);
    }

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
        if (!messages.isEmpty()) {
            send(sent, messages);
        }
    }

    /**
     * Sends a message for an operation.
     *
     * @param operation the operation, of which ONOS is told if the switch refuses the message
     * @param message   the message
     */
    protected final void send(O operation, OFMessage message) {
        send(Map.of(message.getXid(), operation), List.of(message));
    }

    private void send(Map<Long, O> sent, List<OFMessage> operations) {
        List<OFMessage> messages = new ArrayList<>(operations);
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
        timer.every(pollPeriod, () -> {
            if (reading.isEmpty()) {
                refresh();
            }
        });
    }

    @Override
    public final void refresh() {
        List<OFStatsRequest<?>> requests = requests();
        Reading started = new Reading(changes, requests);
        reading = Optional.of(started);
        target.sendMsg(List.copyOf(requests));
        timer.after(patience, () -> {
            if (reading.filter(started::equals).isPresent()) {
                log.warn("{}: no answer to {} within {} s", target.getStringId(), requests.get(0).getStatsType(),
                         patience.toSeconds());
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
                if (current.isComplete()) {
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
            report(read.replies);
        } else {
            readSoon();
        }
    }

    /**
     * Reads all things again as soon as what happens now has settled.
     */
    protected final void readSoon() {
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
}
