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
package org.roundtrip.detection.cli;

import org.roundtrip.base.cli.StatusText;
import org.roundtrip.base.cli.Table;
import org.roundtrip.base.cli.TimeText;
import org.roundtrip.base.json.Json;
import org.roundtrip.detection.Detection;
import org.roundtrip.detection.HealthState;
import org.roundtrip.detection.MemberHealth;
import org.roundtrip.detection.protocol.Latency;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * Services and their members as text for people.
 */
final class DetectionText {

    private static final BigDecimal PERCENT = BigDecimal.valueOf(100);
    private static final String NOTHING = "-";

    private DetectionText() {
    }

    /**
     * Returns services, each with its members that are not up, and why, below.
     *
     * @param services the services
     * @return lines of text
     */
    static List<String> list(List<Detection> services) {
        if (services.isEmpty()) {
            return List.of("No service is probed.");
        }
        Table table = new Table("SERVICE", "PROFILE", "ADDRESS", "MEMBERS", "UP", "DOWN", "UNKNOWN");
        for (Detection service : services) {
            table.row(service.check().service(), service.check().profile(), service.check().address(),
                      service.members().size(), count(service, HealthState.UP), count(service, HealthState.DOWN),
                      count(service, HealthState.UNKNOWN));
        }
        return table.lines(row -> troubles(services.get(row)));
    }

    /**
     * Returns all that is known of the members of a service.
     *
     * @param service the service
     * @return lines of text
     */
    static List<String> details(Detection service) {
        List<String> lines = new ArrayList<>();
        lines.add(service.check().service() + " at " + service.check().address() + " is probed by the profile "
                          + service.check().profile());
        if (service.members().isEmpty()) {
            lines.add("There are no members.");
            return lines;
        }
        Table table = new Table("MEMBER", "STATE", "LAST CHANGE", "LAST CHECK", "CHECKS", "SUCCESS", "MEDIAN", "P95",
                                "P99", "AGENT");
        for (MemberHealth member : service.members()) {
            table.row(member.member(), Json.name(member.status().state()), StatusText.since(member.status()),
                      member.lastProbe().map(time -> time.truncatedTo(ChronoUnit.SECONDS).toString()).orElse(NOTHING),
                      member.probes(), success(member), latency(member.latency(), Latency::median),
                      latency(member.latency(), Latency::p95), latency(member.latency(), Latency::p99),
                      member.agent().orElse(NOTHING));
        }
        lines.addAll(table.lines(row -> reasons(service.members().get(row))));
        return lines;
    }

    private static long count(Detection service, HealthState state) {
        return service.members().stream().filter(member -> member.status().state() == state).count();
    }

    private static List<String> troubles(Detection service) {
        return service.members().stream().filter(member -> member.status().state() != HealthState.UP)
                .map(member -> member.member() + " is " + Json.name(member.status().state()) + ": "
                        + member.status().reason())
                .collect(Collectors.toList());
    }

    private static List<String> reasons(MemberHealth member) {
        List<String> lines = StatusText.reasons(member.status());
        member.heldUntil().ifPresent(time -> lines.add("held down until " + time.truncatedTo(ChronoUnit.SECONDS)));
        return lines;
    }

    /** Rounded down: a member of which one probe in a million failed does not have 100 %. */
    private static String success(MemberHealth member) {
        if (member.probes() == 0) {
            return NOTHING;
        }
        BigDecimal good = BigDecimal.valueOf(member.probes() - member.failures());
        return good.multiply(PERCENT).divide(BigDecimal.valueOf(member.probes()), 2, RoundingMode.DOWN) + "%";
    }

    private static String latency(Optional<Latency> latency, ToLongFunction<Latency> figure) {
        return latency.map(figures -> TimeText.of(figure.applyAsLong(figures), TimeUnit.MICROSECONDS)).orElse(NOTHING);
    }
}
