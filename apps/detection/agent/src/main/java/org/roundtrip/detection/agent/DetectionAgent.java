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
package org.roundtrip.detection.agent;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import org.roundtrip.detection.agent.probe.ProbeSource;
import org.roundtrip.detection.agent.probe.Probers;
import org.roundtrip.detection.protocol.Check;
import org.roundtrip.detection.protocol.CheckResult;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Keeps one detection module for each service, and hands each what concerns it. Thread-safe.
 */
final class DetectionAgent implements AutoCloseable {

    private static final int MOST_WORKERS = 4;

    private final EventLoopGroup group;
    private final List<Worker> workers;
    private final ModuleContext context;
    private final Map<String, Check> checks = new HashMap<>();
    private final Map<String, DetectionModule> modules = new HashMap<>();

    /**
     * Begins with nothing to check.
     *
     * @param source         where probes come from, or empty for whatever the kernel chooses
     * @param starvedPercent see {@link AgentHealth}
     * @param clock          the time that operators are shown
     * @param reporter       hears each change, on the thread of the module
     */
    DetectionAgent(Optional<ProbeSource> source, int starvedPercent, Clock clock, Consumer<CheckResult> reporter) {
        int threads = Math.min(Runtime.getRuntime().availableProcessors(), MOST_WORKERS);
        this.group = new EpollEventLoopGroup(threads, new DefaultThreadFactory("detection"));
        this.workers = IntStream.range(0, threads)
                .mapToObj(i -> worker(group.next(), source))
                .toList();
        this.context = new ModuleContext(clock, reporter, new AgentHealth(starvedPercent), new AtomicLong());
    }

    private static Worker worker(EventLoop loop, Optional<ProbeSource> source) {
        return new Worker(loop, Probers.on(loop, source));
    }

    /**
     * Checks these from now on and nothing else.
     *
     * @param wanted all that is to be checked
     */
    synchronized void replace(Collection<Check> wanted) {
        Set<String> gone = new HashSet<>(checks.keySet());
        wanted.forEach(check -> gone.remove(check.id()));
        change(wanted, gone);
    }

    /**
     * Checks some from now on, and others no more.
     *
     * @param wanted    new checks, or what is to be in place of those with the same id
     * @param withdrawn the ids of those that end
     */
    synchronized void change(Collection<Check> wanted, Collection<String> withdrawn) {
        withdrawn.forEach(this::withdraw);
        for (Check check : wanted) {
            Check before = checks.get(check.id());
            if (before != null && !before.service().equals(check.service())) {
                withdraw(check.id());
            }
            checks.put(check.id(), check);
            DetectionModule module = modules.computeIfAbsent(check.service(), service -> newModule());
            module.worker().loop().execute(() -> module.put(check));
        }
        closeIdleModules();
    }

    private void withdraw(String id) {
        Check check = checks.remove(id);
        if (check != null) {
            DetectionModule module = modules.get(check.service());
            module.worker().loop().execute(() -> module.withdraw(id));
        }
    }

    private DetectionModule newModule() {
        Worker leastBusy = workers.stream()
                .min(Comparator.comparingLong(worker -> modules.values().stream()
                        .filter(module -> module.worker() == worker).count()))
                .orElseThrow();
        return new DetectionModule(leastBusy, context);
    }

    private void closeIdleModules() {
        modules.keySet().retainAll(checks.values().stream().map(Check::service).collect(Collectors.toSet()));
    }

    /** Returns whether there is such a check now. */
    synchronized boolean isChecked(String id) {
        return checks.containsKey(id);
    }

    /** Returns what is checked now. */
    synchronized List<Check> checks() {
        return List.copyOf(checks.values());
    }

    /** Returns the services that are checked. */
    synchronized List<String> services() {
        return modules.keySet().stream().sorted().toList();
    }

    /** Returns what is known of all members. */
    synchronized CompletableFuture<List<CheckResult>> results() {
        CompletableFuture<List<CheckResult>> all = CompletableFuture.completedFuture(List.of());
        for (DetectionModule module : modules.values()) {
            all = all.thenCombine(CompletableFuture.supplyAsync(module::results, module.worker().loop()),
                    (some, more) -> {
                        List<CheckResult> both = new ArrayList<>(some);
                        both.addAll(more);
                        return both;
                    });
        }
        return all;
    }

    /** Returns how the agent itself does. */
    AgentHealth health() {
        return context.health();
    }

    /** Ends all probes and threads. */
    @Override
    public void close() {
        replace(List.of());
        workers.forEach(Worker::close);
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }
}
