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
package org.roundtrip.messaging.compute.network;

import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;
import org.roundtrip.messaging.configuration.DataCentre;
import org.roundtrip.messaging.configuration.MessageRoute;
import org.roundtrip.tepath.Payload;
import org.roundtrip.tepath.TrafficMatch;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The TCP connections of a route: routing proxies of the data centre where it begins write to the storage server of the
 * one where it ends. Both directions of each are told by the addresses of both hosts and the port of the broker, and
 * nothing else between these hosts is.
 */
final class RouteConnections {

    private static final int TCP = 6;

    private final MessageRoute route;
    private final DataCentre from;
    private final DataCentre to;
    private final List<StorageAddress> listeners;

    /**
     * Creates the connections of a route.
     *
     * @param route the route
     * @param from  where it begins
     * @param to    where it ends
     */
    RouteConnections(MessageRoute route, DataCentre from, DataCentre to) {
        this.route = route;
        this.from = from;
        this.to = to;
        this.listeners = StorageAddress.of(to);
    }

    MessageRoute route() {
        return route;
    }

    DataCentre from() {
        return from;
    }

    DataCentre to() {
        return to;
    }

    /**
     * Returns why the route is to have no network.
     *
     * @return what is not configured, or empty if one is asked for
     */
    Optional<String> absence() {
        List<String> without = Stream.of(from, to).filter(dataCentre -> dataCentre.gateways().isEmpty())
                .map(DataCentre::name).collect(Collectors.toList());
        if (!without.isEmpty()) {
            return Optional.of("no gateways are configured for " + String.join(" and ", without));
        }
        return route.bandwidth() > 0 ? Optional.empty() : Optional.of("no bandwidth is configured for it");
    }

    /**
     * Returns why none of the connections can be steered.
     *
     * @return what is wrong with the configuration, and what would be right; empty if some can
     */
    Optional<String> obstacle() {
        if (listeners.isEmpty()) {
            return Optional.of(String.join(", ", to.bootstrapServers())
                    + ": switches can't tell connections by names: configure the addresses of the brokers of "
                    + to.name());
        }
        return payloads().isEmpty()
                ? Optional.of("no proxy of " + from.name() + " has an address of the IP version of the brokers of "
                + to.name()) : Optional.empty();
    }

    /**
     * Returns which connections are not steered.
     *
     * @return what is missing in the configuration, or empty if nothing is; names are taken to stand for the brokers
     *         that the configuration tells by address
     */
    Optional<String> remark() {
        String names = to.bootstrapServers().stream().filter(server -> StorageAddress.parse(server).isEmpty())
                .collect(Collectors.joining(", "));
        return names.isEmpty() || !to.brokers().isEmpty() ? Optional.empty()
                : Optional.of("connections to " + names + " are not steered, because switches can't tell names:"
                + " configure the addresses of the brokers of " + to.name());
    }

    /**
     * Returns the IP versions of the connections that can be steered.
     *
     * @return each once, IPv4 first
     */
    List<Payload> payloads() {
        return Stream.of(Payload.IPV4, Payload.IPV6).filter(payload -> !requests(payload).isEmpty())
                .collect(Collectors.toUnmodifiableList());
    }

    /**
     * Returns the packets from the proxies to the brokers.
     *
     * @param payload an IP version
     * @return any of these
     */
    List<TrafficMatch> requests(Payload payload) {
        return between(payload).map(match -> TrafficMatch.builder().ipProtocol(TCP).ipSource(match.proxy)
                .ipDestination(match.listener.hosts()).destinationPort(match.listener.port()).build())
                .collect(Collectors.toUnmodifiableList());
    }

    /**
     * Returns the packets from the brokers to the proxies.
     *
     * @param payload an IP version
     * @return any of these
     */
    List<TrafficMatch> replies(Payload payload) {
        return between(payload).map(match -> TrafficMatch.builder().ipProtocol(TCP)
                .ipSource(match.listener.hosts()).sourcePort(match.listener.port()).ipDestination(match.proxy).build())
                .collect(Collectors.toUnmodifiableList());
    }

    private Stream<Ends> between(Payload payload) {
        return from.proxies().stream().map(IpAddress::valueOf).map(IpAddress::toIpPrefix).distinct()
                .flatMap(proxy -> listeners.stream()
                        .filter(listener -> listener.payload() == payload
                                && listener.hosts().version() == proxy.version())
                        .map(listener -> new Ends(proxy, listener)));
    }

    /** The two ends of a connection. */
    private static final class Ends {
        private final IpPrefix proxy;
        private final StorageAddress listener;

        Ends(IpPrefix proxy, StorageAddress listener) {
            this.proxy = proxy;
            this.listener = listener;
        }
    }
}
