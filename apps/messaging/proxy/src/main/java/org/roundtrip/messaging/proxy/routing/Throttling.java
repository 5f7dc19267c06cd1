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
package org.roundtrip.messaging.proxy.routing;

import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

import java.util.Map;

/**
 * Reads from the metrics of a client for how long its storage server has held it back by a quota.
 */
final class Throttling {

    private Throttling() {
    }

    /**
     * Returns the mean pause of requests lately.
     *
     * @param metrics what the client counts
     * @param name    the name of its metric
     * @return milliseconds, 0 if it is not held back
     */
    static long millis(Map<MetricName, ? extends Metric> metrics, String name) {
        return metrics.entrySet().stream().filter(each -> each.getKey().name().equals(name))
                .map(each -> each.getValue().metricValue())
                .filter(Double.class::isInstance).mapToLong(value -> Math.round((Double) value)).max().orElse(0);
    }
}
