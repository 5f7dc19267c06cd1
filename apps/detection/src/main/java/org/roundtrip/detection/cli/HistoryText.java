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

import org.roundtrip.base.cli.Table;
import org.roundtrip.base.json.Json;
import org.roundtrip.detection.DetectionAlarm;
import org.roundtrip.detection.DetectionChange;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * What is wrong and what has happened as text for people.
 */
final class HistoryText {

    private HistoryText() {
    }

    /**
     * Returns alarms.
     *
     * @param alarms the alarms
     * @return lines of text
     */
    static List<String> alarms(List<DetectionAlarm> alarms) {
        if (alarms.isEmpty()) {
            return List.of("There are no alarms.");
        }
        Table table = new Table("ALARM", "SINCE", "SUBJECT");
        alarms.forEach(alarm -> table.row(Json.name(alarm.type()), alarm.since().truncatedTo(ChronoUnit.SECONDS),
                                          alarm.subject()));
        return table.lines(row -> List.of(alarms.get(row).reason()));
    }

    /**
     * Returns changes.
     *
     * @param changes the changes
     * @return lines of text; none if there are no changes
     */
    static List<String> changes(List<DetectionChange> changes) {
        if (changes.isEmpty()) {
            return List.of();
        }
        Table table = new Table("TIME", "SUBJECT", "STATE", "REASON");
        changes.forEach(change -> table.row(change.time(), change.subject(), change.state(), change.reason()));
        List<String> lines = new ArrayList<>(List.of("History"));
        lines.addAll(table.lines());
        return lines;
    }
}
