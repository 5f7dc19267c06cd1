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
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.roundtrip.base.NotFoundException;
import org.roundtrip.clock.ClockPolicy;
import org.roundtrip.clock.ClockPolicyService;

import java.util.List;

/**
 * Changes a policy.
 */
@Service
@Command(scope = "onos", name = "clock-policy-change",
        description = "Changes what the options say of a clock policy; all else stays as it is. Sessions that it does"
                + " not allow any more end")
public class ClockPolicyChangeCommand extends PolicyRequestCommand {

    @Argument(index = 0, name = "name", description = "The name of the policy", required = true)
    @Completion(PolicyNameCompleter.class)
    private String name = "";

    @Override
    protected void run() {
        ClockPolicyService service = get(ClockPolicyService.class);
        ClockPolicy before = service.policy(name).orElseThrow(
                () -> new NotFoundException("name", "there is no clock policy '" + name + "'"));
        ClockPolicy policy = service.put(complete(draft(before, before.tunnel())));
        if (outputJson()) {
            printJson(policy);
        } else {
            PolicyText.list(List.of(policy)).forEach(this::printLine);
        }
    }
}
