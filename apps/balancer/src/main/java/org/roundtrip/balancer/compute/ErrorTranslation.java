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
package org.roundtrip.balancer.compute;

import org.onosproject.net.ConnectPoint;

import java.util.Collection;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What becomes of ICMP errors about connections whose port is translated. Switches translate the ports of packets, not
 * those of packets that an error quotes: so the member would not know the connection that the error is about, and a
 * client neither. Pure functions.
 */
public final class ErrorTranslation {

    private ErrorTranslation() {
    }

    /**
     * Translates an error that a client or a router sends about a reply, which left the virtual IP address from the
     * port that clients know. A switch has found out whose connection it is about, see {@link MarkMac}.
     *
     * @param error the error
     * @param vips  all virtual IP addresses
     * @return the error as the member has to see it and where that is; empty if it is about nothing that is known
     */
    public static Optional<TranslatedError> toMember(QuotedPacket error, Collection<VipPlan> vips) {
        if (!MarkMac.isKnown(error.destinationMac())) {
            return Optional.empty();
        }
        int server = MarkMac.server(error.destinationMac());
        int member = MarkMac.member(error.destinationMac());
        return servers(vips, plan -> plan.number() == server && isOf(plan, error)
                && error.destination().equals(plan.request().vip())
                && error.quotedSource().equals(plan.request().vip()))
                .flatMap(plan -> plan.places().values().stream().filter(place -> place.number() == member)
                        .filter(place -> plan.translatedPort(place).filter(
                                port -> port == error.quotedSourcePort()).isPresent()))
                .findFirst()
                .map(place -> TranslatedError.of(
                        error.withQuotedSourcePort(place.member().port()).withDestinationMac(place.mac()),
                        place.port()));
    }

    /**
     * Translates an error that a member sends in the name of the virtual IP address about a request, which came to the
     * port where it listens. An error about anything else stays as it is.
     *
     * @param error the error
     * @param from  where it came in
     * @param vips  all virtual IP addresses
     * @return the error as the client has to see it; empty if it is from no member
     */
    public static Optional<QuotedPacket> toClient(QuotedPacket error, ConnectPoint from, Collection<VipPlan> vips) {
        Predicate<MemberPlace> isSender =
                place -> place.port().equals(from) && place.mac().equals(error.sourceMac());
        boolean isFromMember = servers(vips, plan -> error.source().equals(plan.request().vip()))
                .anyMatch(plan -> plan.places().values().stream().anyMatch(isSender));
        if (!isFromMember) {
            return Optional.empty();
        }
        return Optional.of(servers(vips, plan -> isOf(plan, error) && error.source().equals(plan.request().vip())
                && error.quotedDestination().equals(plan.request().vip()))
                .flatMap(plan -> plan.places().values().stream().filter(isSender)
                        .filter(place -> place.member().port() == error.quotedDestinationPort())
                        .flatMap(place -> plan.translatedPort(place).stream()))
                .findFirst().map(error::withQuotedDestinationPort).orElse(error));
    }

    private static boolean isOf(ServerPlan plan, QuotedPacket error) {
        return error.quotedProtocol() == plan.request().protocol().number();
    }

    private static Stream<ServerPlan> servers(Collection<VipPlan> vips, Predicate<ServerPlan> which) {
        return vips.stream().flatMap(vip -> vip.servers().stream()).filter(which);
    }
}
