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

import org.roundtrip.base.cli.TimeText;
import org.roundtrip.clock.ClockPolicy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Policies as text for people, in the words of the options of the commands.
 */
final class PolicyText {

    private static final String INDENT = "    ";

    private PolicyText() {
    }

    /**
     * Returns policies.
     *
     * @param policies the policies
     * @return lines of text
     */
    static List<String> list(List<ClockPolicy> policies) {
        if (policies.isEmpty()) {
            return List.of("There are no clock policies: no client may negotiate.");
        }
        List<String> lines = new ArrayList<>();
        for (ClockPolicy policy : policies) {
            lines.add(policy.name());
            lines.add(INDENT + "servers " + joined(policy.servers()) + "; clients " + joined(policy.clients())
                              + "; domains " + (policy.domains().isEmpty() ? "any" : joined(policy.domains())));
            lines.add(INDENT + "max-clients " + policy.maxClients() + " of each server, max-message-rate "
                              + policy.maxMessageRate() + "/s of each type, max-duration "
                              + TimeText.of(policy.maxDuration(), TimeUnit.SECONDS) + ", priority "
                              + policy.priority());
            SettingsText.of(policy.tunnel(), policy.monitoring()).forEach(line -> lines.add(INDENT + line));
        }
        return lines;
    }

    private static String joined(Collection<?> values) {
        return values.stream().map(Object::toString).collect(Collectors.joining(", "));
    }
}
