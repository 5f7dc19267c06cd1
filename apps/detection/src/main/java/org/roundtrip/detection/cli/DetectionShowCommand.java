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

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.roundtrip.base.NotFoundException;
import org.roundtrip.base.cli.RoundtripCommand;
import org.roundtrip.detection.Detection;
import org.roundtrip.detection.DetectionChange;
import org.roundtrip.detection.DetectionHistoryService;
import org.roundtrip.detection.DetectionService;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Shows what is known of the members of a service.
 */
@Service
@Command(scope = "onos", name = "detection-show",
        description = "Shows what is known of each member of a service, and why: its state, when it was probed last and"
                + " changed last, how many probes were good, how long answers take, and who probes it")
public class DetectionShowCommand extends RoundtripCommand {

    @Argument(index = 0, name = "service", description = "The service, such as balancer/web", required = true)
    @Completion(ServiceNameCompleter.class)
    private String service = "";

    @Override
    protected void run() {
        Detection detection = get(DetectionService.class).detection(service).orElseThrow(
                () -> new NotFoundException("service", "nobody has requested to probe a service '" + service + "'"));
        if (outputJson()) {
            printJson(HistoryDocument.of(detection, get(DetectionHistoryService.class)::changes));
        } else {
            DetectionText.details(detection).forEach(this::printLine);
            HistoryText.changes(history(detection)).forEach(this::printLine);
        }
    }

    private static List<DetectionChange> history(Detection detection) {
        DetectionHistoryService history = get(DetectionHistoryService.class);
        return detection.members().stream()
                .flatMap(member -> history.changes(member.service() + " " + member.member()).stream())
                .sorted(Comparator.comparing(DetectionChange::index))
                .collect(Collectors.toList());
    }
}
