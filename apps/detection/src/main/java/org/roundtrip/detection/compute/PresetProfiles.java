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
package org.roundtrip.detection.compute;

import org.roundtrip.detection.DetectionProfile;
import org.roundtrip.detection.protocol.ProbeSettings;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Profiles that are always there, and never change. All of them open TCP connections: that fits most services.
 */
public final class PresetProfiles {

    private static final Map<String, DetectionProfile> PRESETS = Map.of(
            // Finds a dead process within 0.15 s; ten connections a second are no burden to most servers.
            "fast", preset("fast", settings -> settings.interval(100).retryInterval(20).timeout(80).fall(2)),
            "normal", preset("normal", settings -> settings.interval(1_000).timeout(500).fall(3)),
            // For members that are small, or far away.
            "gentle", preset("gentle", settings -> settings.interval(5_000).timeout(2_000).fall(3)));

    private PresetProfiles() {
    }

    /**
     * Returns the presets.
     *
     * @return profiles by their names
     */
    public static Map<String, DetectionProfile> all() {
        return PRESETS;
    }

    /**
     * Returns the presets and other profiles together.
     *
     * @param others profiles by their names
     * @return all of them by their names, ordered; a preset is never another
     */
    public static Map<String, DetectionProfile> with(Map<String, DetectionProfile> others) {
        Map<String, DetectionProfile> all = new TreeMap<>(others);
        all.putAll(PRESETS);
        return all;
    }

    private static DetectionProfile preset(String name, Consumer<ProbeSettings.Builder> choose) {
        ProbeSettings.Builder settings = ProbeSettings.builder().rise(2);
        choose.accept(settings);
        return DetectionProfile.builder().name(name).settings(settings.build()).build();
    }
}
