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
package org.roundtrip.balancer.cli;

import org.onlab.packet.IpAddress;
import org.roundtrip.balancer.ExplainedRule;
import org.roundtrip.balancer.Explanation;
import org.roundtrip.balancer.ExplanationQuery;
import org.roundtrip.balancer.MemberId;
import org.roundtrip.base.cli.Table;
import org.roundtrip.base.json.Json;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Explanations as text for people.
 */
final class ExplanationText {

    private static final String INDENT = "    ";

    private ExplanationText() {
    }

    /**
     * Returns an explanation.
     *
     * @param explanation the explanation
     * @return lines of text
     */
    static List<String> of(Explanation explanation) {
        List<String> lines = new ArrayList<>();
        ExplanationQuery query = explanation.query();
        lines.add(address(query.client(), query.clientPort()) + " to " + address(query.vip(), query.port().orElse(0))
                          + " over " + Json.name(query.protocol()) + ": virtual server " + explanation.server());
        lines.add(INDENT + explanation.reason());
        Table facts = new Table("ACCESS SWITCH", "SLOT", "SLOT OF", "PINNED", "GOES TO", "DROPPED");
        facts.row(shown(explanation.accessSwitch()), shown(explanation.slot()), shown(explanation.slotMember()),
                  Json.name(explanation.pin()), shown(explanation.member()),
                  explanation.drop().map(Json::name).orElse("no"));
        facts.lines().forEach(line -> lines.add(INDENT + line));
        rules(lines, "Request", explanation.request());
        rules(lines, "Reply", explanation.reply());
        return lines;
    }

    private static String address(IpAddress address, int port) {
        return MemberId.of(address, port).toString();
    }

    private static String shown(Optional<?> value) {
        return value.map(Object::toString).orElse("-");
    }

    private static void rules(List<String> lines, String title, List<ExplainedRule> rules) {
        lines.add(title);
        if (rules.isEmpty()) {
            lines.add(INDENT + "meets no rules");
            return;
        }
        Table table = new Table("DEVICE", "TABLE", "PRIORITY", "PACKETS", "BYTES", "WHAT IT DOES");
        for (ExplainedRule rule : rules) {
            table.row(rule.device(), rule.table(), rule.priority(), rule.packets().map(Object::toString)
                    .orElse("not there"), shown(rule.bytes()), rule.purpose());
        }
        List<String> rows = table.lines();
        lines.add(INDENT + rows.get(0));
        for (int i = 0; i < rules.size(); i++) {
            lines.add(INDENT + rows.get(i + 1));
            lines.add(INDENT + INDENT + rules.get(i).match());
            lines.add(INDENT + INDENT + "-> " + rules.get(i).action());
        }
    }
}
