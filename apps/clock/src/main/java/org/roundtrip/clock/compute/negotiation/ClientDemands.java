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

import org.roundtrip.clock.ClockPolicy;
import org.roundtrip.clock.compute.message.AcknowledgeCancelUnicastTransmission;
import org.roundtrip.clock.compute.message.CancelUnicastTransmission;
import org.roundtrip.clock.compute.message.GrantUnicastTransmission;
import org.roundtrip.clock.compute.message.MessageTypes;
import org.roundtrip.clock.compute.message.OrganizationExtension;
import org.roundtrip.clock.compute.message.OrganizationSubType;
import org.roundtrip.clock.compute.message.RequestUnicastTransmission;
import org.roundtrip.clock.compute.message.SignallingMessage;
import org.roundtrip.clock.compute.message.Tlv;
import org.roundtrip.clock.compute.message.TlvVisitor;
import org.roundtrip.clock.compute.message.UnknownTlv;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a message of a client asks for, as far as its policy goes.
 */
final class ClientDemands {

    private final Map<GrantKey, RequestUnicastTransmission> requests = new LinkedHashMap<>();
    private final List<RequestUnicastTransmission> refused = new ArrayList<>();
    private final List<String> reasons = new ArrayList<>();
    private final Set<GrantKey> ended = new LinkedHashSet<>();
    private final List<Tlv> others = new ArrayList<>();

    private ClientDemands() {
    }

    /**
     * Takes a message apart.
     *
     * @param message       what the client says
     * @param policy        the policy of the server, which allows the client
     * @param networkSpeaks the extension that is the network's to write, not the client's
     * @return its demands
     */
    static ClientDemands of(SignallingMessage message, ClockPolicy policy, OrganizationSubType networkSpeaks) {
        ClientDemands demands = new ClientDemands();
        Sorter sorter = demands.new Sorter(message.header().domain(), policy, networkSpeaks);
        message.tlvs().forEach(tlv -> tlv.accept(sorter));
        return demands;
    }

    /**
     * Takes a message apart that nothing is allowed of.
     *
     * @param message what the client says
     * @param reason  why
     * @return its demands, all requests refused
     */
    static ClientDemands refused(SignallingMessage message, String reason) {
        ClientDemands demands = new ClientDemands();
        message.tlvs().stream().filter(RequestUnicastTransmission.class::isInstance)
                .map(RequestUnicastTransmission.class::cast)
                .forEach(request -> demands.refuse(request, reason));
        return demands;
    }

    /**
     * Returns the requests that are allowed, shortened. If there are several for the same, the last one counts.
     *
     * @return the requests, by what they are for
     */
    Map<GrantKey, RequestUnicastTransmission> requests() {
        return requests;
    }

    /**
     * Returns the requests that are refused.
     *
     * @return the requests, in order
     */
    List<RequestUnicastTransmission> refused() {
        return refused;
    }

    /**
     * Returns why requests are refused.
     *
     * @return the reasons, each once
     */
    String reasons() {
        return String.join("; ", reasons);
    }

    /**
     * Returns what the client does not want any more, or knows that it does not get any more.
     *
     * @return what ends
     */
    Set<GrantKey> ended() {
        return ended;
    }

    /**
     * Returns what is not decided about but passed on.
     *
     * @return the TLVs, in order
     */
    List<Tlv> others() {
        return others;
    }

    /**
     * Returns these demands with a request refused.
     *
     * @param key    what was asked for
     * @param reason why
     */
    void refuse(GrantKey key, String reason) {
        Optional.ofNullable(requests.remove(key)).ifPresent(request -> refuse(request, reason));
    }

    private void refuse(RequestUnicastTransmission request, String reason) {
        refused.add(request);
        if (!reasons.contains(reason)) {
            reasons.add(reason);
        }
    }

    private final class Sorter implements TlvVisitor<Boolean> {

        private final int domain;
        private final ClockPolicy policy;
        private final OrganizationSubType networkSpeaks;

        Sorter(int domain, ClockPolicy policy, OrganizationSubType networkSpeaks) {
            this.domain = domain;
            this.policy = policy;
            this.networkSpeaks = networkSpeaks;
        }

        @Override
        public Boolean request(RequestUnicastTransmission tlv) {
            Optional<String> refusal = RequestRules.refusal(policy, domain, tlv);
            if (refusal.isPresent()) {
                refuse(tlv, refusal.get());
                return false;
            }
            MessageTypes.unicast(tlv.messageType()).ifPresent(
                    type -> requests.put(GrantKey.of(domain, type), RequestRules.shortened(policy, tlv)));
            return true;
        }

        /** Clients grant nothing to servers. */
        @Override
        public Boolean grant(GrantUnicastTransmission tlv) {
            return false;
        }

        @Override
        public Boolean cancel(CancelUnicastTransmission tlv) {
            if (!tlv.maintainRequest()) {
                end(tlv.messageType());
            }
            return others.add(tlv);
        }

        /** The flags are those of the server, which has ended what it grants unless it says that this goes on. */
        @Override
        public Boolean acknowledgeCancel(AcknowledgeCancelUnicastTransmission tlv) {
            if (!tlv.maintainGrant()) {
                end(tlv.messageType());
            }
            return others.add(tlv);
        }

        private void end(int messageType) {
            MessageTypes.unicast(messageType).ifPresent(type -> ended.add(GrantKey.of(domain, type)));
        }

        @Override
        public Boolean organizationExtension(OrganizationExtension tlv) {
            return !tlv.subType().equals(networkSpeaks) && others.add(tlv);
        }

        @Override
        public Boolean unknown(UnknownTlv tlv) {
            return others.add(tlv);
        }
    }
}
