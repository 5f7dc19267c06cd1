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

import org.roundtrip.base.Status;
import org.roundtrip.messaging.configuration.RouteState;

import java.util.List;
import java.util.OptionalLong;

/**
 * What a carrier does and how well.
 * <p>
 * Immutable and thread-safe.
 *
 * @param from              the data centre that it leaves
 * @param to                the data centre that processes what it carries
 * @param via               the next data centre, the same as the former unless messages are in transit
 * @param status            its state, why, and since when
 * @param order             the number of the order of an operator that it has carried out last in all its partitions
 * @param partitions        which partitions of the public topic this proxy carries
 * @param waiting           what waits in these
 * @param carried           how many messages the destination acknowledged since the proxy began
 * @param carriedBytes      how many bytes that were
 * @param messagesPerSecond the rate since the report before
 * @param latencyP50Millis  the median of the time from acceptance to acknowledgement, in milliseconds, since the report
 *                          before, 0 if nothing was carried
 * @param latencyP99Millis  its 99th percentile
 * @param skipped           how many messages were found in the destination after a crash
 * @param deadLetters       how many became dead letters
 * @param lost              how many were deleted by the storage server before they were carried
 * @param failures          how often it had to begin again
 */
record CarrierReport(String from, String to, String via, Status<RouteState> status, OptionalLong order,
                     List<Integer> partitions, WaitingMessages waiting, long carried, long carriedBytes,
                     double messagesPerSecond, long latencyP50Millis, long latencyP99Millis, long skipped,
                     long deadLetters, long lost, long failures) {

    CarrierReport {
        partitions = List.copyOf(partitions);
    }
}
