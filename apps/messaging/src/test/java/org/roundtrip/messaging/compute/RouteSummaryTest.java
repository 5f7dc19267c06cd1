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
package org.roundtrip.messaging.compute;

import org.junit.jupiter.api.Test;
import org.roundtrip.base.Status;
import org.roundtrip.messaging.MessagingExamples;
import org.roundtrip.messaging.ProxyState;
import org.roundtrip.messaging.RouteStatus;
import org.roundtrip.messaging.configuration.ProxyReport;
import org.roundtrip.messaging.configuration.RouteReport;
import org.roundtrip.messaging.configuration.RouteState;
import org.roundtrip.messaging.configuration.compute.Correspondence;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

import static org.assertj.core.api.Assertions.assertThat;
import static org.roundtrip.messaging.MessagingExamples.NOON;

class RouteSummaryTest {

    private static final Correspondence SHOP = Correspondence.of(MessagingExamples.shop());
    private static final long NOW = Duration.ofHours(3).toNanos();
    private static final Instant START = NOON.minusSeconds(3_600);

    @Test
    void knowsNothingOfARouteThatNobodyTellsOf() {
        RouteStatus route = summary();
        assertThat(route.status()).isEqualTo(Status.of(RouteState.UNKNOWN, "no routing proxy of north has told of it",
                                                       START));
        assertThat(route.backlogMessages()).isEmpty();
        assertThat(route.orderDone()).isFalse();
    }

    @Test
    void showsWhatOneProxyTells() {
        assertThat(summary(track(MessagingExamples.report(), 0))).isEqualTo(MessagingExamples.routes().get(0));
    }

    @Test
    void doesNotBelieveASilentProxy() {
        RouteStatus route = summary(track(MessagingExamples.report(), 15));
        assertThat(route.status()).isEqualTo(Status.of(RouteState.UNKNOWN, "its routing proxies are silent: north-1",
                                                       NOON.plusSeconds(15)));
        assertThat(route.proxies()).isEmpty();
        assertThat(route.latencyP99()).isEmpty();
        assertThat(summary(track(MessagingExamples.report(), 14)).proxies()).containsExactly("north-1");
    }

    @Test
    void addsUpWhatSeveralProxiesTellAndShowsTheWorst() {
        RouteStatus route = summary(
                track(proxy("b", report(RouteState.RUNNING, "it sends").partitions(3).backlogMessages(5)
                        .latencyP99(700).order(5).build()), 0),
                track(proxy("a", report(RouteState.STARTING, "it finds its place").partitions(5).backlogMessages(7)
                        .latencyP99(300).build()), 0),
                track(proxy("c", report(RouteState.WAITING, "it has no partition").build()), 0));
        assertThat(route.status().state()).isEqualTo(RouteState.STARTING);
        assertThat(route.status().reason()).isEqualTo("it finds its place");
        assertThat(route.proxies()).containsExactly("a", "b", "c");
        assertThat(route.backlogMessages()).isEqualTo(OptionalLong.of(12));
        assertThat(route.latencyP99()).isEqualTo(OptionalLong.of(700));
        assertThat(route.latencyP50()).isEmpty();
        // One of them has not carried it out yet.
        assertThat(route.orderDone()).isFalse();
    }

    @Test
    void tellsOfAProxyWhetherItFollows() {
        ProxyTrack track = track(MessagingExamples.report(), 0);
        assertThat(track.status(NOW, 7, START).status()).isEqualTo(
                Status.of(ProxyState.CURRENT, "it follows version 7", NOON));
        assertThat(track.status(NOW, 9, NOON.plusSeconds(5)).status()).isEqualTo(
                Status.of(ProxyState.BEHIND, "it follows version 7, the present one is 9", NOON.plusSeconds(5)));
        assertThat(track.status(NOW + Duration.ofSeconds(15).toNanos(), 7, START).status()).isEqualTo(
                Status.of(ProxyState.SILENT, "it has not told for longer than the 15 s of its lease",
                          NOON.plusSeconds(15)));
    }

    @Test
    void countsHowLongAProxyFollowsWithoutAGap() {
        ProxyTrack track = track(MessagingExamples.report(), 0);
        Instant later = NOON.plusSeconds(10);
        long then = NOW + Duration.ofSeconds(10).toNanos();
        assertThat(track.next(MessagingExamples.report(), later, then).followingSince()).isEqualTo(NOON);
        assertThat(track.next(ProxyReport.builder().from(MessagingExamples.report()).configurationVersion(8).build(),
                              later, then).followingSince()).isEqualTo(later);
        Instant back = NOON.plusSeconds(15);
        assertThat(track.next(MessagingExamples.report(), back, NOW + Duration.ofSeconds(15).toNanos())
                           .followingSince()).isEqualTo(back);
    }

    private static RouteStatus summary(ProxyTrack... tracks) {
        return RouteSummary.of(SHOP, MessagingExamples.route(), List.of(tracks), NOW, START,
                               MessagingExamples.network());
    }

    private static ProxyTrack track(ProxyReport report, int secondsAgo) {
        return ProxyTrack.first(report, NOON, NOW - Duration.ofSeconds(secondsAgo).toNanos());
    }

    private static ProxyReport proxy(String name, RouteReport route) {
        return ProxyReport.builder().name(name).dataCentre("north").software("0.1.0").configurationVersion(7)
                .addRoutes(route).build();
    }

    private static RouteReport.Builder report(RouteState state, String reason) {
        RouteReport.Builder report = RouteReport.builder();
        report.from("north").to("south").state(state).reason(reason).since(NOON);
        return report;
    }
}
