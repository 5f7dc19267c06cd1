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

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.roundtrip.base.ConflictException;
import org.roundtrip.clock.ClockPolicy;
import org.roundtrip.clock.ClockPolicyService;

import java.util.List;

/**
 * Adds a policy.
 */
@Service
@Command(scope = "onos", name = "clock-policy-add",
        description = "Lets clients negotiate clock sessions with servers")
public class ClockPolicyAddCommand extends PolicyRequestCommand {

    @Argument(index = 0, name = "name", description = "What to call the policy", required = true)
    private String name = "";

    @Override
    protected void run() {
        ClockPolicyService service = get(ClockPolicyService.class);
        ClockPolicy request = complete(draft().set("name", name));
        if (service.policy(name).isPresent()) {
            throw new ConflictException("name", "there is a clock policy '" + name
                    + "' already: choose another name, or change that policy with clock-policy-change");
        }
        ClockPolicy policy = service.put(request);
        if (outputJson()) {
            printJson(policy);
        } else {
            PolicyText.list(List.of(policy)).forEach(this::printLine);
        }
    }
}
