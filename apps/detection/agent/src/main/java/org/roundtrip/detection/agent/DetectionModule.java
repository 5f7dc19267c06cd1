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
package org.roundtrip.detection.agent;

import org.roundtrip.detection.protocol.Check;
import org.roundtrip.detection.protocol.CheckResult;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Probes the members of one service on this node. What goes wrong with its checks stays in it.
 *
 * <p>Belongs to a worker, and is used on its event loop only.
 */
final class DetectionModule {

    private final Worker worker;
    private final ModuleContext context;
    private final Map<String, RunningCheck> checks = new HashMap<>();

    DetectionModule(Worker worker, ModuleContext context) {
        this.worker = worker;
        this.context = context;
    }

    Worker worker() {
        return worker;
    }

    /** Begins a check, or goes on with it if it runs just so already: its verdict is not lost. */
    void put(Check check) {
        RunningCheck running = checks.get(check.id());
        if (running != null && running.check().equals(check)) {
            return;
        }
        withdraw(check.id());
        checks.put(check.id(), new RunningCheck(check, worker, context));
    }

    /** Ends a check, if there is one. */
    void withdraw(String id) {
        RunningCheck running = checks.remove(id);
        if (running != null) {
            running.stop();
        }
    }

    /** Ends all checks. */
    void close() {
        checks.values().forEach(RunningCheck::stop);
        checks.clear();
    }

    /** Returns what is known of all its members. */
    List<CheckResult> results() {
        return checks.values().stream().map(RunningCheck::result).toList();
    }
}
