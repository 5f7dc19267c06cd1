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
package org.roundtrip.clock.cli;

import org.roundtrip.base.cli.BitRate;
import org.roundtrip.base.cli.TimeText;
import org.roundtrip.base.json.Json;
import org.roundtrip.clock.MonitoringSettings;
import org.roundtrip.clock.TunnelSettings;
import org.roundtrip.tepath.Protection;

import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Settings of tunnels and alarms as text for people, in the words of the options of the commands.
 */
final class SettingsText {

    private SettingsText() {
    }

    /**
     * Returns settings.
     *
     * @param tunnel     those of the tunnel
     * @param monitoring those of the alarms
     * @return lines of text
     */
    static List<String> of(TunnelSettings tunnel, MonitoringSettings monitoring) {
        return List.of(
                "bandwidth " + BitRate.of(tunnel.bandwidth()) + ", objective " + Json.name(tunnel.objective())
                        + tunnel.maxDelayAsymmetry().map(bound -> ", max-delay-asymmetry " + nanos(bound)).orElse("")
                        + ", setup-priority " + tunnel.setupPriority()
                        + ", holding-priority " + tunnel.holdingPriority(),
                protection(tunnel.protection()),
                "resume-delay " + TimeText.of(tunnel.resumeDelay(), TimeUnit.MILLISECONDS)
                        + ", asymmetry-threshold " + nanos(monitoring.asymmetryThreshold())
                        + ", error-tolerance " + nanos(monitoring.errorTolerance()));
    }

    private static String protection(Protection protection) {
        return "protect " + Json.name(protection.disjoint()) + (protection.bestEffort() ? ", best-effort" : "")
                + ", hold-off " + TimeText.of(protection.holdOff(), TimeUnit.MILLISECONDS)
                + protection.waitToRestore().map(time -> ", wait-to-restore " + TimeText.of(time, TimeUnit.SECONDS))
                .orElse(", stays where it is");
    }

    private static String nanos(long nanos) {
        return TimeText.of(nanos, TimeUnit.NANOSECONDS);
    }
}
