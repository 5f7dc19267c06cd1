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

import org.roundtrip.tepath.PathAudit;

import java.util.ArrayList;
import java.util.List;

/**
 * Audits as text for people.
 */
final class AuditText {

    private static final String INDENT = "    ";

    private AuditText() {
    }

    /**
     * Returns an audit.
     *
     * @param name  the name of the session
     * @param audit what was found
     * @return lines of text
     */
    static List<String> of(String name, PathAudit audit) {
        List<String> lines = new ArrayList<>();
        lines.add("The tunnel of " + name + " is " + (audit.correct() ? "correct" : "not correct")
                          + " by the tables of the switches"
                          + audit.coRouted().map(coRouted -> coRouted ? ", and co-routed" : ", and not co-routed")
                .orElse("; a direction does not come to its end"));
        audit.difference().ifPresent(difference -> lines.add(INDENT + difference));
        audit.mismatches().forEach(mismatch -> lines.add(INDENT + mismatch));
        WayText.of(audit.forward(), audit.reverse()).forEach(line -> lines.add(INDENT + line));
        return lines;
    }
}
