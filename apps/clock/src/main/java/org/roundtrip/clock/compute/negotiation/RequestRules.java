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
package org.roundtrip.clock.compute.negotiation;

import org.onlab.packet.IpAddress;
import org.roundtrip.clock.ClockPolicy;
import org.roundtrip.clock.ClockSessionRequest;
import org.roundtrip.clock.UnicastMessageType;
import org.roundtrip.clock.compute.message.MessageTypes;
import org.roundtrip.clock.compute.message.RequestUnicastTransmission;

import java.util.Optional;

/**
 * What a policy says to requests. Reasons are in words, for people.
 */
final class RequestRules {

    /** So that the number of messages a second, or the seconds between two, are numbers. */
    private static final int GREATEST_EXPONENT = 30;

    private RequestRules() {
    }

    /**
     * Returns whether a client may ask at all.
     *
     * @param policy the policy of the server
     * @param client the client
     * @return true if the policy names it
     */
    static boolean allowsClient(ClockPolicy policy, IpAddress client) {
        return policy.clients().stream().anyMatch(
                prefix -> prefix.version() == client.version() && prefix.contains(client));
    }

    /**
     * Returns why a request is refused.
     *
     * @param policy  the policy of the server, which allows the client
     * @param domain  the PTP domain of the message
     * @param request what is asked for
     * @return the reason, or empty if it is allowed, though it may have to be shortened
     */
    static Optional<String> refusal(ClockPolicy policy, int domain, RequestUnicastTransmission request) {
        Optional<UnicastMessageType> type = MessageTypes.unicast(request.messageType());
        if (type.isEmpty()) {
            return Optional.of("messages of type " + request.messageType() + " can't be asked for");
        }
        if (request.duration() == 0) {
            return Optional.of("nothing lasts for 0 seconds");
        }
        return refusal(policy, GrantKey.of(domain, type.get()), request.logInterMessagePeriod(),
                       shortened(policy, request).duration());
    }

    /**
     * Returns why something can't be granted.
     *
     * @param policy                the policy of the server
     * @param key                   what would be granted
     * @param logInterMessagePeriod the logarithm to the base 2 of the seconds between messages
     * @param duration              seconds
     * @return the reason, or empty if it can be granted
     */
    static Optional<String> refusal(ClockPolicy policy, GrantKey key, int logInterMessagePeriod, long duration) {
        if (key.domain() > ClockSessionRequest.GREATEST_DOMAIN
                || !(policy.domains().isEmpty() || policy.domains().contains(key.domain()))) {
            return Optional.of("domain " + key.domain() + " is not allowed");
        }
        if (logInterMessagePeriod < -GREATEST_EXPONENT
                || (logInterMessagePeriod < 0 && 1L << -logInterMessagePeriod > policy.maxMessageRate())) {
            return Optional.of("2^" + -logInterMessagePeriod + " messages a second are more than "
                                       + policy.maxMessageRate());
        }
        // Also keeps servers from periods that overflow what they count in.
        if (logInterMessagePeriod > GREATEST_EXPONENT
                || (logInterMessagePeriod > 0 && 1L << logInterMessagePeriod > duration)) {
            return Optional.of("no message comes within " + duration + " s if there are 2^" + logInterMessagePeriod
                                       + " s between two");
        }
        return Optional.empty();
    }

    /**
     * Returns a request as it may go on.
     *
     * @param policy  the policy of the server
     * @param request what is asked for
     * @return the same for no longer than the policy allows
     */
    static RequestUnicastTransmission shortened(ClockPolicy policy, RequestUnicastTransmission request) {
        return request.duration() > policy.maxDuration() ? request.withDuration(policy.maxDuration()) : request;
    }
}
