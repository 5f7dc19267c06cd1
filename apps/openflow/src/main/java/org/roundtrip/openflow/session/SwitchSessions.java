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

import com.google.common.util.concurrent.Uninterruptibles;
import org.onlab.util.OrderedExecutor;
import org.onosproject.net.DeviceId;
import org.onosproject.openflow.controller.Dpid;
import org.onosproject.openflow.controller.OpenFlowController;
import org.onosproject.openflow.controller.OpenFlowMessageListener;
import org.onosproject.openflow.controller.OpenFlowSwitch;
import org.onosproject.openflow.controller.OpenFlowSwitchListener;
import org.onosproject.openflow.controller.RoleState;
import org.projectfloodlight.openflow.protocol.OFMessage;
import org.projectfloodlight.openflow.protocol.OFPortStatus;
import org.projectfloodlight.openflow.protocol.OFType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Consumer;

import static org.onlab.util.Tools.groupedThreads;

/**
 * The sessions of a provider, one for each switch that this node is master of.
 * <p>
 * Everything of a session runs on one thread at a time, in the order in which ONOS and the switch said it; neither the
 * threads of ONOS nor those of the OpenFlow controller wait, except for a provider that is still being activated: ONOS
 * may ask it for something as soon as it is registered, and hears of nothing that is thrown then. Thread-safe.
 *
 * @param <S> the kind of session
 */
public final class SwitchSessions<S extends SwitchSession> {

    private static final int WORKERS = 4;

    /** Spreads numbers that follow each other (Knuth, TAOCP 3, section 6.4): 2 to the 64th by the golden ratio. */
    private static final long SPREADING = 0x9E3779B97F4A7C15L;

    private final Logger log = LoggerFactory.getLogger(getClass());
    private final OpenFlowController controller;
    private final Set<OFType> relevant;
    private final BiFunction<OpenFlowSwitch, SessionTimer, S> factory;
    private final Map<Dpid, Worker> workers = new ConcurrentHashMap<>();
    private final Listener listener = new Listener();
    private final CountDownLatch opened = new CountDownLatch(1);
    private final ExecutorService pool;
    private final ScheduledExecutorService clock;

    /**
     * Creates what will have sessions when it is {@linkplain #open opened}. To be done before the provider is
     * registered.
     *
     * @param controller tells of switches and their messages
     * @param group      name of the group of threads, such as {@code onos/openflow-flow}
     * @param relevant   the types of messages that sessions want to see
     * @param factory    makes a session, but does not start it
     */
    public SwitchSessions(OpenFlowController controller, String group, Set<OFType> relevant,
                          BiFunction<OpenFlowSwitch, SessionTimer, S> factory) {
        this.controller = controller;
        this.relevant = Set.copyOf(relevant);
        this.factory = factory;
        pool = Executors.newFixedThreadPool(WORKERS, groupedThreads(group, "switch-%d", log));
        clock = Executors.newSingleThreadScheduledExecutor(groupedThreads(group, "timer", log));
    }

    /**
     * Makes sessions for the switches that this node is master of, and from now on for those that it becomes master of.
     * To be done once the provider is registered, and all is there that the sessions need.
     */
    public void open() {
        controller.addMessageListener(listener);
        controller.addListener(listener);
        controller.getMasterSwitches().forEach(connected -> listener.roleChangedToMaster(connected.getDpid()));
        opened.countDown();
    }

    /**
     * Returns the name of a switch in ONOS.
     *
     * @param connected the switch
     * @return its device id
     */
    public static DeviceId deviceId(OpenFlowSwitch connected) {
        return DeviceId.deviceId(Dpid.uri(connected.getDpid()));
    }

    /**
     * Runs a task on a switch's session. Waits until the sessions are open.
     *
     * @param deviceId the switch
     * @param task     the task
     * @return false if the switch is not connected, in which case nothing was done
     */
    public boolean execute(DeviceId deviceId, Consumer<S> task) {
        Uninterruptibles.awaitUninterruptibly(opened);
        Optional<Worker> worker = worker(Dpid.dpid(deviceId.uri()));
        worker.ifPresent(present -> present.execute(task));
        return worker.isPresent();
    }

    /**
     * Ends. What is under way is left as it is: the provider is about to go.
     */
    public void close() {
        controller.removeListener(listener);
        controller.removeMessageListener(listener);
        clock.shutdownNow();
        pool.shutdownNow();
        workers.clear();
    }

    private Optional<Worker> worker(Dpid dpid) {
        return Optional.ofNullable(workers.computeIfAbsent(dpid, absent -> {
            OpenFlowSwitch connected = controller.getSwitch(dpid);
            return connected == null ? null : new Worker(connected);
        }));
    }

    /** Returns a moment within a period that is evenly spread over switches, also if their ids follow each other. */
    static Duration phase(Dpid dpid, Duration period) {
        // The high half of the product is the fraction, of which the period takes its part.
        return Duration.ofMillis(((dpid.value() * SPREADING) >>> Integer.SIZE) * period.toMillis() >>> Integer.SIZE);
    }

    /** Runs what concerns one switch, one after the other. */
    private final class Worker implements SessionTimer {

        private final Executor executor = new OrderedExecutor(pool);
        private final Dpid dpid;
        private final S session;
        /** Only for the session's tasks. */
        private boolean ended;

        Worker(OpenFlowSwitch connected) {
            dpid = connected.getDpid();
            session = factory.apply(connected, this);
            execute(SwitchSession::start);
        }

        void end() {
            execute(same -> {
                ended = true;
                same.stop();
            });
        }

        void execute(Consumer<? super S> task) {
            try {
                executor.execute(() -> {
                    try {
                        task.accept(session);
                    } catch (RuntimeException e) {
                        log.error("A task on the session of a switch failed", e);
                    }
                });
            } catch (RejectedExecutionException e) {
                log.debug("Closed: nothing will be done any more", e);
            }
        }

        // A task that runs later catches what it throws.
        @SuppressWarnings("FutureReturnValueIgnored")
        @Override
        public void after(Duration delay, Runnable task) {
            try {
                clock.schedule(() -> execute(same -> task.run()), delay.toMillis(), TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                log.debug("Closed: nothing will be done later", e);
            }
        }

        @Override
        public void every(Duration period, Runnable task) {
            after(phase(dpid, period), () -> repeat(period, task));
        }

        private void repeat(Duration period, Runnable task) {
            if (!ended) {
                after(period, () -> repeat(period, task));
                task.run();
            }
        }
    }

    /** Hears of switches and of their messages. */
    private final class Listener implements OpenFlowSwitchListener, OpenFlowMessageListener {

        @Override
        public void roleChangedToMaster(Dpid dpid) {
            Worker present = workers.get(dpid);
            if (present == null) {
                worker(dpid);
            } else {
                present.execute(SwitchSession::refresh);
            }
        }

        @Override
        public void switchRemoved(Dpid dpid) {
            Optional.ofNullable(workers.remove(dpid)).ifPresent(Worker::end);
        }

        @Override
        public void receivedRoleReply(Dpid dpid, RoleState requested, RoleState response) {
            // Null where the switch refused the role: so the controller's interface has it.
            if (response != null && response != RoleState.MASTER) {
                switchRemoved(dpid);
            }
        }

        @Override
        public void handleIncomingMessage(Dpid dpid, OFMessage message) {
            if (relevant.contains(message.getType())) {
                Optional.ofNullable(workers.get(dpid))
                        .ifPresent(worker -> worker.execute(session -> session.handle(message)));
            }
        }

        @Override
        public void handleOutgoingMessage(Dpid dpid, List<OFMessage> messages) {
            // What is sent needs no attention.
        }

        @Override
        public void switchAdded(Dpid dpid) {
            // Its state matters once this node is its master.
        }

        @Override
        public void switchChanged(Dpid dpid) {
            // No session depends on ports.
        }

        @Override
        public void portChanged(Dpid dpid, OFPortStatus status) {
            // No session depends on ports.
        }
    }
}
