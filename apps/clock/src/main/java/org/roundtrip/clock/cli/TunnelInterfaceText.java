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

import org.roundtrip.base.cli.BitRate;
import org.roundtrip.base.cli.Table;
import org.roundtrip.base.json.Json;
import org.roundtrip.clock.TunnelInterface;
import org.roundtrip.clock.TunnelInterfaceState;

import java.util.ArrayList;
import java.util.List;

/**
 * Tunnel interfaces as text for people.
 */
final class TunnelInterfaceText {

    private static final String INDENT = "    ";

    private TunnelInterfaceText() {
    }

    /**
     * Returns tunnel interfaces; those that are not up with the reasons below.
     *
     * @param interfaces the interfaces
     * @return lines of text
     */
    static List<String> list(List<TunnelInterface> interfaces) {
        Table table = new Table("ID", "STATE", "LOCAL", "REMOTE", "MODE", "BANDWIDTH", "PRIORITIES", "LABELS");
        interfaces.forEach(one -> table.row(
                one.id(), Json.name(one.status().state()), one.local(), one.remote(), Json.name(one.mode()),
                BitRate.of(one.bandwidth()), one.setupPriority() + "/" + one.holdingPriority(),
                one.leastLabel() + "-" + one.greatestLabel()));
        List<String> rows = table.lines();
        List<String> lines = new ArrayList<>(rows.subList(0, 1));
        for (int i = 0; i < interfaces.size(); i++) {
            lines.add(rows.get(i + 1));
            if (interfaces.get(i).status().state() != TunnelInterfaceState.UP) {
                lines.add(INDENT + interfaces.get(i).status().reason());
            }
        }
        return lines;
    }
}
