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
package org.roundtrip.tepath.cli;

import org.roundtrip.base.cli.TimeText;
import org.roundtrip.tepath.Hop;
import org.roundtrip.tepath.PathMetrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Ways as text for people.
 */
final class WayText {

    private WayText() {
    }

    /**
     * Returns both directions of a way, switch by switch, and what it costs.
     *
     * @param metrics what it costs
     * @param forward the hops of the forward direction
     * @param reverse the hops of the reverse direction
     * @return lines of text
     */
    static List<String> of(Optional<PathMetrics> metrics, List<Hop> forward, List<Hop> reverse) {
        List<String> lines = new ArrayList<>();
        lines.add("forward: " + hops(forward));
        lines.add("reverse: " + hops(reverse));
        metrics.ifPresent(cost -> lines.add("metrics: " + metrics(cost)));
        return lines;
    }

    /**
     * Returns hops in one line.
     *
     * @param hops the hops of one direction
     * @return for each the port of entry, the switch, the port of exit and the label
     */
    static String hops(List<Hop> hops) {
        return hops.isEmpty() ? "no way" : hops.stream().map(WayText::hop).collect(Collectors.joining(" > "));
    }

    private static String hop(Hop hop) {
        return hop.inPort() + " " + hop.device() + " " + hop.outPort()
                + hop.labelOut().map(label -> " (" + label + ")").orElse("");
    }

    /**
     * Returns what a way costs.
     *
     * @param metrics the metrics
     * @return one line
     */
    static String metrics(PathMetrics metrics) {
        return metrics.hops() + (metrics.hops() == 1 ? " link" : " links") + ", TE metric " + metrics.teMetric()
                + ", delay " + time(metrics.forwardDelay()) + " forward, " + time(metrics.reverseDelay())
                + " reverse, asymmetry " + time(metrics.delayAsymmetry());
    }

    private static String time(long nanos) {
        return TimeText.of(nanos, TimeUnit.NANOSECONDS);
    }
}
