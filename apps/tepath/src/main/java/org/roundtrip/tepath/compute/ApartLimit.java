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
package org.roundtrip.tepath.compute;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** That a standby way must keep away from the active way, which stays where it is. */
final class ApartLimit extends RemovalLimit {

    ApartLimit(TrialSearch search) {
        super(search, LinkConstraint.APART);
    }

    @Override
    public String field() {
        return "protection";
    }

    @Override
    public String detail(Trial trial) {
        return "the standby way must keep away from the active way";
    }

    @Override
    Trial leaving(Trial trial, Removal left) {
        return trial.overlooking(LinkConstraint.APART, left);
    }

    @Override
    String remedy(List<TeNode> switches, List<LinkDirection> links) {
        return "best-effort would share " + Stream.concat(
                links.stream().map(link -> "the link " + Phrases.link(link)),
                switches.stream().map(node -> "the switch " + node.device())).collect(Collectors.joining(", "));
    }
}
