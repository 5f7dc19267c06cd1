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

import org.immutables.value.Value;
import org.roundtrip.base.Status;
import org.roundtrip.base.ValueType;
import org.roundtrip.messaging.ProxyState;
import org.roundtrip.messaging.ProxyStatus;
import org.roundtrip.messaging.configuration.ProxyReport;

import java.time.Duration;
import java.time.Instant;

/**
 * What a proxy has told, and when.
 */
@Value.Immutable
@ValueType
public interface ProxyTrack {

    /**
     * Returns what it has told last.
     *
     * @return a report
     */
    @Value.Parameter
    ProxyReport report();

    /**
     * Returns when it has told that.
     *
     * @return the time of the controller
     */
    @Value.Parameter
    Instant reported();

    /**
     * Returns since when it has told, without a gap, that it follows this version.
     *
     * @return the time of the controller
     */
    @Value.Parameter
    Instant followingSince();

    /**
     * Returns when it will be silent unless it tells again.
     *
     * @return a monotonic time in nanoseconds
     */
    @Value.Parameter
    long deadline();

    /**
     * Returns the track of a proxy that has not told before.
     *
     * @param report  what it tells
     * @param now     the time of the controller
     * @param elapsed a monotonic time in nanoseconds
     * @return the track
     */
    static ProxyTrack first(ProxyReport report, Instant now, long elapsed) {
        return ImmutableProxyTrack.of(report, now, now, elapsed + Duration.ofSeconds(report.lease()).toNanos());
    }

    /**
     * Returns the track after another report.
     *
     * @param report  what the proxy tells
     * @param now     the time of the controller
     * @param elapsed a monotonic time in nanoseconds
     * @return the track
     */
    default ProxyTrack next(ProxyReport report, Instant now, long elapsed) {
        ProxyTrack next = first(report, now, elapsed);
        boolean follows = !isSilent(elapsed) && report.configurationVersion() == report().configurationVersion();
        return follows ? ImmutableProxyTrack.of(report, now, followingSince(), next.deadline()) : next;
    }

    /**
     * Returns whether it has not told for too long.
     *
     * @param elapsed a monotonic time in nanoseconds
     * @return true if its report does not hold any more
     */
    default boolean isSilent(long elapsed) {
        return elapsed - deadline() >= 0;
    }

    /**
     * Returns what is known of the proxy.
     *
     * @param elapsed a monotonic time in nanoseconds
     * @param version the present version of the configuration
     * @param changed when that came about
     * @return the proxy
     */
    default ProxyStatus status(long elapsed, long version, Instant changed) {
        return ProxyStatus.builder().report(report()).reported(reported()).status(state(elapsed, version, changed))
                .build();
    }

    private Status<ProxyState> state(long elapsed, long version, Instant changed) {
        if (isSilent(elapsed)) {
            return Status.of(ProxyState.SILENT, "it has not told for longer than the " + report().lease()
                    + " s of its lease", reported().plusSeconds(report().lease()));
        }
        long followed = report().configurationVersion();
        if (followed == version) {
            return Status.of(ProxyState.CURRENT, "it follows version " + version, followingSince());
        }
        return Status.of(ProxyState.BEHIND, followed == 0 ? "it has no configuration yet"
                                 : "it follows version " + followed + ", the present one is " + version,
                         changed.isAfter(followingSince()) ? changed : followingSince());
    }
}
