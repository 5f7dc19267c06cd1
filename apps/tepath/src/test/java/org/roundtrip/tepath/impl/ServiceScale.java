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

import com.sun.management.OperatingSystemMXBean;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.net.ConnectPoint;
import org.roundtrip.base.json.Json;
import org.roundtrip.base.store.InMemoryStorage;
import org.roundtrip.tepath.Hop;
import org.roundtrip.tepath.Protection;
import org.roundtrip.tepath.StandbyState;
import org.roundtrip.tepath.TePath;
import org.roundtrip.tepath.TePathRequest;
import org.roundtrip.tepath.TePathState;
import org.roundtrip.tepath.TrafficMatch;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Measures the service with many protected paths on a large network, over an emulated ONOS: so what it measures is the
 * application's own part. {@code tests/benchmarks/scale.py} runs it; the arguments are the number of switches, of
 * paths, and of failures, and the last line that it prints is the result in JSON.
 */
final class ServiceScale {

    private static final ApplicationId USER = new DefaultApplicationId(90, "org.roundtrip.user");
    private static final long BANDWIDTH = 2_000_000;
    private static final long SECONDS_TO_SETTLE = 600;
    private static final int COLLECTIONS = 5;
    private static final long BETWEEN_COLLECTIONS_NANOS = 200_000_000;
    private static final long NOTEWORTHY_BYTES = 10_000;
    private static final double NANOS = 1e9;
    private static final int WARM_UP_SWITCHES = 200;

    private final Random random = new Random(1);
    private final InMemoryStorage storage = new InMemoryStorage();
    private final EmulatedNetwork network = new EmulatedNetwork();
    private final List<int[]> links = new ArrayList<>();
    private final List<TePathRequest> requests = new ArrayList<>();
    private TePathManager manager;

    /** Plans a ring with as many chords, so that each switch has four links on average and two ways to each other. */
    private ServiceScale(int switches, int paths) {
        int[] ports = new int[switches + 1];
        for (int number = 1; number <= switches; number++) {
            link(ports, number, number % switches + 1);
            int other = 1 + random.nextInt(switches);
            link(ports, number, other == number ? number % switches + 1 : other);
        }
        for (int number = 0; number < paths; number++) {
            int source = 1 + random.nextInt(switches);
            int destination = 1 + (source + random.nextInt(switches - 1)) % switches;
            requests.add(TePathRequest.builder().name("path" + number)
                                 .source(EmulatedNetwork.port(source, ++ports[source]))
                                 .destination(EmulatedNetwork.port(destination, ++ports[destination]))
                                 .bandwidth(BANDWIDTH).protection(Protection.builder().build())
                                 .addForwardTraffic(TrafficMatch.builder().build())
                                 .addReverseTraffic(TrafficMatch.builder().build()).build());
        }
        for (int number = 1; number <= switches; number++) {
            network.withSwitch(number, ports[number]);
        }
        links.forEach(link -> network.withLink(link[0], link[1], link[2], link[3]));
    }

    private void link(int[] ports, int one, int other) {
        links.add(new int[] {one, ++ports[one], other, ++ports[other]});
    }

    /**
     * Measures.
     *
     * @param arguments how many switches, paths, and failures
     */
    public static void main(String[] arguments) {
        int switches = Integer.parseInt(arguments[0]);
        int paths = Integer.parseInt(arguments[1]);
        int failures = Integer.parseInt(arguments[2]);
        new ServiceScale(WARM_UP_SWITCHES, paths / 5).measure(failures);
        System.out.println(Json.write(new ServiceScale(switches, paths).measure(failures)));
        System.exit(0);
    }

    private Map<String, Object> measure(int failures) {
        start();
        Map<String, Object> result = new LinkedHashMap<>(Map.of("links", links.size(), "paths", requests.size()));
        long empty = heap();
        result.put("setUp", times(() -> {
            requests.forEach(request -> manager.request(USER, request));
            requests.forEach(request -> await(request.name(), ServiceScale::isProtected));
        }));
        List<TePath> all = manager.paths();
        result.put("hops", all.stream().mapToInt(path -> path.forward().size()).average().orElseThrow());
        result.put("standbyHops", all.stream().flatMap(path -> path.standby().stream())
                .mapToInt(standby -> standby.forward().size()).average().orElseThrow());
        all = List.of();
        result.put("bytesWithEmulation", (heap() - empty) / requests.size());
        List<Map<String, Object>> failed = new ArrayList<>();
        for (int i = 0; i < failures; i++) {
            failed.add(fail());
        }
        result.put("failures", failed);
        long with = heap();
        manager.deactivate();
        manager = null;
        result.put("bytes", (with - heap()) / requests.size());
        return result;
    }

    private void start() {
        manager = EmulatedController.start(network, storage, () -> EmulatedController.SELF,
                                           Map.of(OsgiPropertyConstants.SETTLING_TIME, 0));
    }

    /** Takes the carrier of the link that most paths use, and waits until all have two ways again. */
    private Map<String, Object> fail() {
        List<TePath> paths = manager.paths();
        Map<ConnectPoint, Integer> users = new HashMap<>();
        paths.forEach(path -> ports(path).forEach(port -> users.merge(port, 1, Integer::sum)));
        int[] link = links.stream().max(Comparator.comparing(each -> users.getOrDefault(
                EmulatedNetwork.port(each[0], each[1]), 0))).orElseThrow();
        ConnectPoint port = EmulatedNetwork.port(link[0], link[1]);
        long active = paths.stream().filter(path -> ports(path.forward()).anyMatch(port::equals)).count();
        List<String> affected = paths.stream().filter(path -> ports(path).anyMatch(port::equals))
                .map(path -> path.request().name()).collect(Collectors.toList());
        Map<String, Double> settled = times(() -> {
            network.enable(link[0], link[1], false);
            network.enable(link[2], link[3], false);
            network.loseLink(link[0], link[1], link[2], link[3]);
            affected.forEach(name -> await(name, path -> isProtected(path) && ports(path).noneMatch(port::equals)));
        });
        network.enable(link[0], link[1], true);
        network.enable(link[2], link[3], true);
        network.withLink(link[0], link[1], link[2], link[3]);
        requests.forEach(request -> await(request.name(), ServiceScale::isProtected));
        return Map.of("active", active, "affected", affected.size(), "settled", settled);
    }

    private static Stream<ConnectPoint> ports(TePath path) {
        return Stream.concat(ports(path.forward()),
                             path.standby().stream().flatMap(standby -> ports(standby.forward())));
    }

    private static Stream<ConnectPoint> ports(List<Hop> hops) {
        return hops.stream().flatMap(hop -> Stream.of(new ConnectPoint(hop.device(), hop.inPort()),
                                                      new ConnectPoint(hop.device(), hop.outPort())));
    }

    /** Returns whether a path is up, and has a standby way that is confirmed. There always is one in this network. */
    private static boolean isProtected(TePath path) {
        return path.status().state() == TePathState.UP
                && path.standby().filter(standby -> standby.status().state() == StandbyState.READY).isPresent();
    }

    private void await(String name, Predicate<TePath> condition) {
        long began = System.nanoTime();
        while (!condition.test(manager.path(name).orElseThrow())) {
            if (System.nanoTime() - began > SECONDS_TO_SETTLE * 1_000_000_000L) {
                throw new IllegalStateException("Not settled: " + manager.path(name).orElseThrow());
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** Returns how long something takes on the clock, and how much of the processors all threads together take. */
    private static Map<String, Double> times(Runnable task) {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long began = System.nanoTime();
        long processor = system.getProcessCpuTime();
        task.run();
        return Map.of("seconds", (System.nanoTime() - began) / NANOS,
                      "processorSeconds", (system.getProcessCpuTime() - processor) / NANOS);
    }

    /** Returns how many bytes are reachable, once what is ending has ended. */
    private static long heap() {
        long least = Long.MAX_VALUE;
        for (int unchanged = 0; unchanged < COLLECTIONS; unchanged++) {
            System.gc();
            long used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
            if (used < least - NOTEWORTHY_BYTES) {
                unchanged = 0;
            }
            least = Math.min(least, used);
            LockSupport.parkNanos(BETWEEN_COLLECTIONS_NANOS);
        }
        return least;
    }
}
