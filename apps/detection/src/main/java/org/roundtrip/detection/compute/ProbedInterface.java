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
package org.roundtrip.detection.compute;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;
import org.onlab.packet.IpAddress;
import org.onlab.packet.MacAddress;
import org.onosproject.net.ConnectPoint;
import org.roundtrip.base.ValueType;

/**
 * What a target of an agent stands for: the address of a service at a network interface of a member.
 */
@Value.Immutable
@ValueType
@JsonPropertyOrder({"address", "mac", "attachment"})
@JsonSerialize(as = ImmutableProbedInterface.class)
@JsonDeserialize(as = ImmutableProbedInterface.class)
public interface ProbedInterface {

    /**
     * Returns where probes arrive: to which the clients of the service send.
     *
     * @return an IPv4 or IPv6 address
     */
    @Value.Parameter
    IpAddress address();

    /**
     * Returns the MAC address of the interface.
     *
     * @return the address
     */
    @Value.Parameter
    MacAddress mac();

    /**
     * Returns where the interface is attached.
     *
     * @return a port of the switch of the agent
     */
    @Value.Parameter
    ConnectPoint attachment();

    /**
     * Creates one.
     *
     * @param address    to which the clients of the service send
     * @param mac        the MAC address of the interface
     * @param attachment where it is attached
     * @return what a target can stand for
     */
    static ProbedInterface of(IpAddress address, MacAddress mac, ConnectPoint attachment) {
        return ImmutableProbedInterface.of(address, mac, attachment);
    }
}
