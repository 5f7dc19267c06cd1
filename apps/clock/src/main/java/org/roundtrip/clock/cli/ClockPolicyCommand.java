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

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.roundtrip.base.cli.RoundtripCommand;
import org.roundtrip.clock.ClockPolicy;
import org.roundtrip.clock.ClockPolicyService;

import java.util.List;
import java.util.Map;

/**
 * Lists policies.
 */
@Service
@Command(scope = "onos", name = "clock-policy",
        description = "Lists which clients may negotiate clock sessions with which servers, and what they may ask for")
public class ClockPolicyCommand extends RoundtripCommand {

    @Override
    protected void run() {
        List<ClockPolicy> policies = get(ClockPolicyService.class).policies();
        if (outputJson()) {
            printJson(Map.of("clock-policy", policies));
        } else {
            PolicyText.list(policies).forEach(this::printLine);
        }
    }
}
