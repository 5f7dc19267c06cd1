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
package org.roundtrip.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.roundtrip.detection.protocol.Check;
import org.roundtrip.detection.protocol.CheckResult;
import org.roundtrip.detection.protocol.Checks;
import org.roundtrip.detection.protocol.DetectionServer;
import org.roundtrip.detection.protocol.DetectionServerListener;
import org.roundtrip.detection.protocol.DetectionSession;
import org.roundtrip.detection.protocol.Hello;
import org.roundtrip.detection.protocol.Message;
import org.roundtrip.detection.protocol.ProbeSettings;
import org.roundtrip.detection.protocol.ProbeType;
import org.roundtrip.detection.protocol.Results;
import org.roundtrip.detection.protocol.Secret;
import org.roundtrip.detection.protocol.ServerLimits;
import org.roundtrip.detection.protocol.Snapshot;
import org.roundtrip.detection.protocol.TransportSecurity;
import org.roundtrip.detection.protocol.Verdict;
import org.roundtrip.detection.protocol.Welcome;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Measures a packaged agent that probes many members of this machine, all of which answer, and prints what was found as
 * a line of JSON.
 *
 * <p>Arguments: tcp or http, how many members, interval and timeout in milliseconds, for how many seconds to measure,
 * the command of the agent with its words separated by blanks, and lines of its configuration beyond those that are
 * needed. It warms up until it has found all members up, and for as long again as a snapshot is in coming.
 */
public final class AgentLoad {

    private static final int SERVICES = 50;
    private static final int CHECKS_IN_A_MESSAGE = 100;
    private static final int SNAPSHOT_INTERVAL = 5_000;
    private static final int LEASE = 60_000;
    private static final long MOST_SECONDS_TO_FIND_ALL = 120;
    private static final double TICKS_PER_SECOND = 100;
    private static final double KIBIBYTE = 1024;
    private static final String SECRET = "a secret for a benchmark";

    private AgentLoad() {
    }

    /**
     * Measures.
     *
     * @param arguments see above
     * @throws Exception if it can't be measured
     */
    public static void main(String[] arguments) throws Exception {
        int members = Integer.parseInt(arguments[1]);
        ProbeSettings probes = ProbeSettings.builder()
                .type(ProbeType.valueOf(arguments[0].toUpperCase(Locale.ROOT)))
                .interval(Integer.parseInt(arguments[2]))
                .timeout(Integer.parseInt(arguments[3])).build();
        int seconds = Integer.parseInt(arguments[4]);
        List<String> command = new ArrayList<>(List.of(arguments[5].split(" ", -1)));
        List<String> settings = List.of(arguments).subList(6, arguments.length);
        try (AnsweringMember member = new AnsweringMember()) {
            Recorder recorder = new Recorder(checks(members, probes, member.port()));
            DetectionServer controller = new DetectionServer(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), TransportSecurity.none(),
                    agent -> Optional.of(Secret.of(SECRET)),
                    Welcome.builder().lease(LEASE).reportInterval(SNAPSHOT_INTERVAL).build(),
                    ServerLimits.builder().build(), recorder);
            controller.start();
            Path folder = Files.createTempDirectory("agent-load");
            Path configuration = Files.writeString(folder.resolve("agent.properties"),
                    "name = load\nsecret = " + SECRET + "\ninterface = lo\nsource-ipv4 = 127.0.0.1\n"
                    + "controllers = 127.0.0.1:" + controller.address().getPort() + "\n"
                    + String.join("\n", settings) + "\n");
            command.addAll(List.of("--config", configuration.toString()));
            Process agent = new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(folder.resolve("agent.log").toFile()).start();
            Runtime.getRuntime().addShutdownHook(new Thread(agent::destroy));
            recorder.awaitAllUp(members);
            TimeUnit.MILLISECONDS.sleep(SNAPSHOT_INTERVAL);
            recorder.begin();
            double before = processorSeconds(agent.pid());
            long began = System.nanoTime();
            TimeUnit.SECONDS.sleep(seconds);
            double took = (System.nanoTime() - began) / 1e9;
            double cores = (processorSeconds(agent.pid()) - before) / took;
            Map<String, Object> result = new HashMap<>(recorder.found(took));
            result.put("cores", cores);
            result.put("memoryBytes", peakMemory(agent.pid()));
            agent.destroy();
            agent.waitFor();
            System.out.println(new ObjectMapper().writeValueAsString(result));
            System.exit(0);
        }
    }

    private static List<Check> checks(int members, ProbeSettings settings, int port) {
        return IntStream.range(0, members).<Check>mapToObj(number -> Check.builder().id("c" + number)
                .service("balancer/s" + number % SERVICES).member("m" + number)
                .target("127.1." + number / 250 + "." + (number % 250 + 1)).port(port).host("192.0.2.1")
                .settings(settings).build()).toList();
    }

    /** Returns for how long a process has used processors (proc(5)). */
    private static double processorSeconds(long process) throws Exception {
        String stat = Files.readString(Path.of("/proc/" + process + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
    }

    /** Returns the most memory that a process has had so far, in bytes. */
    private static double peakMemory(long process) throws Exception {
        return Files.readAllLines(Path.of("/proc/" + process + "/status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToDouble(line -> KIBIBYTE * Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst().orElseThrow();
    }

    /** Asks for all checks, and remembers what comes back. Thread-safe. */
    private static final class Recorder implements DetectionServerListener {

        private final List<Check> checks;
        private final Map<String, CheckResult> results = new HashMap<>();
        private final List<Snapshot> snapshots = new ArrayList<>();
        private Map<String, CheckResult> atBegin = Map.of();
        private boolean measuring;
        private boolean partial;
        private int wentDown;

        Recorder(List<Check> checks) {
            this.checks = checks;
        }

        @Override
        public void connected(DetectionSession session, Hello hello) {
            int parts = (checks.size() + CHECKS_IN_A_MESSAGE - 1) / CHECKS_IN_A_MESSAGE;
            for (int part = 1; part <= parts; part++) {
                session.send(Checks.builder().revision(1).complete(true).part(part).parts(parts)
                        .checks(checks.subList((part - 1) * CHECKS_IN_A_MESSAGE,
                                Math.min(part * CHECKS_IN_A_MESSAGE, checks.size())))
                        .build());
            }
        }

        @Override
        public void refused(String peer, Optional<String> agent, String reason) {
            throw new IllegalStateException("refused: " + reason);
        }

        @Override
        public synchronized void received(DetectionSession session, Message message) {
            if (message instanceof Results changes) {
                changes.results().forEach(this::take);
            } else if (message instanceof Snapshot snapshot) {
                snapshot.results().forEach(result -> results.put(result.check(), result));
                if (measuring && snapshot.part() == 1) {
                    // The first one tells of a time before, too.
                    if (!partial) {
                        snapshots.add(snapshot);
                    }
                    partial = false;
                }
            }
            notifyAll();
        }

        private void take(CheckResult result) {
            if (measuring && result.verdict() == Verdict.DOWN) {
                wentDown++;
            }
            results.put(result.check(), result);
        }

        @Override
        public void disconnected(DetectionSession session, String reason) {
            System.err.println("disconnected: " + reason);
        }

        synchronized void awaitAllUp(int members) throws InterruptedException {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS_TO_FIND_ALL);
            while (up() < members) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    throw new IllegalStateException(up() + " of " + members + " members are up");
                }
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        }

        synchronized void begin() {
            measuring = true;
            partial = true;
            atBegin = Map.copyOf(results);
        }

        synchronized Map<String, Object> found(double seconds) {
            if (snapshots.isEmpty()) {
                throw new IllegalStateException("no snapshot within the time of measuring");
            }
            long probes = results.values().stream()
                    .mapToLong(result -> result.probes() - atBegin.get(result.check()).probes()).sum();
            return Map.of("up", up(), "wentDown", wentDown, "snapshots", snapshots.size(),
                    "starvedSnapshots", snapshots.stream().filter(Snapshot::starved).count(),
                    "latenessMaximum", snapshots.stream().mapToLong(Snapshot::latenessMaximum).max().orElseThrow(),
                    "latenessP99", snapshots.stream().mapToLong(Snapshot::latenessP99).max().orElseThrow(),
                    "probesPerSecond", probes / seconds);
        }

        private long up() {
            return results.values().stream().filter(result -> result.verdict() == Verdict.UP).count();
        }
    }
}
