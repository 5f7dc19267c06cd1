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

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.roundtrip.base.cli.RoundtripCommand;
import org.roundtrip.detection.DetectionAlarm;
import org.roundtrip.detection.DetectionHistoryService;

import java.util.List;
import java.util.Map;

/**
 * Lists alarms.
 */
@Service
@Command(scope = "onos", name = "detection-alarms",
        description = "Lists what is wrong with agents, and with members beyond being down")
public class AlarmsCommand extends RoundtripCommand {

    @Override
    protected void run() {
        List<DetectionAlarm> alarms = get(DetectionHistoryService.class).alarms();
        if (outputJson()) {
            printJson(Map.of("detection-alarm", alarms));
        } else {
            HistoryText.alarms(alarms).forEach(this::printLine);
        }
    }
}
