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

import org.immutables.value.Value;
import org.roundtrip.balancer.ExplanationQuery;
import org.roundtrip.balancer.PortRange;
import org.roundtrip.base.InvalidRequestException;
import org.roundtrip.base.NotFoundException;
import org.roundtrip.base.ValueType;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A connection and the virtual server to which it goes.
 */
@Value.Immutable
@ValueType
public interface ServedConnection {

    /**
     * Returns the connection.
     *
     * @return the query, with its port
     */
    ExplanationQuery query();

    /**
     * Returns its virtual IP address.
     *
     * @return the plan
     */
    VipPlan vip();

    /**
     * Returns its virtual server.
     *
     * @return the plan
     */
    ServerPlan server();

    /**
     * Returns the port to which it goes.
     *
     * @return 1 to 65535
     */
    default int port() {
        return query().port().orElseThrow();
    }

    /**
     * Finds the virtual server that a query means.
     *
     * @param vips  all virtual IP addresses
     * @param query the query
     * @return the connection
     * @throws InvalidRequestException if the query leaves open which port is meant
     * @throws NotFoundException       if there is no such virtual server
     */
    static ServedConnection of(Collection<VipPlan> vips, ExplanationQuery query) {
        VipPlan vip = vips.stream().filter(plan -> plan.vip().equals(query.vip())).findFirst()
                .orElseThrow(() -> new NotFoundException("vip", "no virtual server has the address "
                        + query.vip()));
        int port = query.port().orElseGet(() -> onlyPort(vip, query));
        ServerPlan server = ofProtocol(vip, query).stream().filter(plan -> serves(plan, port)).findFirst()
                .orElseThrow(() -> new NotFoundException("port", query.vip() + " has no virtual server of "
                        + query.protocol() + " with the port " + port));
        return ImmutableServedConnection.builder().vip(vip).server(server)
                .query(ExplanationQuery.builder().from(query).port(port).build()).build();
    }

    private static int onlyPort(VipPlan vip, ExplanationQuery query) {
        List<PortRange> ports = ofProtocol(vip, query).stream()
                .flatMap(plan -> plan.request().ports().stream()).collect(Collectors.toList());
        if (ports.size() == 1 && ports.get(0).isSingle()) {
            return ports.get(0).first();
        }
        if (ports.isEmpty()) {
            throw new NotFoundException("protocol", query.vip() + " has no virtual server of " + query.protocol());
        }
        throw new InvalidRequestException("port", "must be one of " + ports.stream().map(PortRange::toString)
                .collect(Collectors.joining(", ")) + ", which " + query.vip() + " serves by " + query.protocol());
    }

    private static List<ServerPlan> ofProtocol(VipPlan vip, ExplanationQuery query) {
        return vip.servers().stream().filter(plan -> plan.request().protocol() == query.protocol())
                .collect(Collectors.toList());
    }

    private static boolean serves(ServerPlan plan, int port) {
        return plan.request().ports().stream().anyMatch(range -> range.first() <= port && port <= range.last());
    }
}
