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
package org.roundtrip.tepath.compute.audit;

import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.FlowRule;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the switches report of their tables.
 */
@FunctionalInterface
public interface SwitchTables {

    /**
     * Returns what a switch reports.
     *
     * @param device the switch
     * @return all rules of all its tables; those that are {@link org.onosproject.net.flow.FlowEntry entries} count only
     *         if their state is ADDED. Empty if the switch can't be asked
     */
    Optional<Collection<FlowRule>> rules(DeviceId device);

    /**
     * Returns tables of switches all of which can be asked.
     *
     * @param rules the rules of all switches
     * @return the tables
     */
    static SwitchTables of(Collection<? extends FlowRule> rules) {
        Map<DeviceId, List<FlowRule>> byDevice = rules.stream().collect(Collectors.groupingBy(
                FlowRule::deviceId, Collectors.toUnmodifiableList()));
        return device -> Optional.of(byDevice.getOrDefault(device, List.of()));
    }
}
