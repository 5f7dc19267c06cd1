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

import org.immutables.value.Value;
import org.onlab.packet.IpAddress;
import org.onosproject.net.ConnectPoint;
import org.roundtrip.base.ValueType;
import org.roundtrip.detection.protocol.Check;
import org.roundtrip.detection.protocol.ProbeSettings;

import java.util.zip.CRC32;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * What it takes to probe a member, but for the target.
 */
@Value.Immutable
@ValueType
public interface ProbeNeed {

    /**
     * Returns by which port the agent probes.
     *
     * @return a port of the switch of the node
     */
    ConnectPoint agent();

    /**
     * Returns what answers.
     *
     * @return the address of the service at the network interface of the member
     */
    ProbedInterface probed();

    /**
     * Returns to which port probes go.
     *
     * @return 1 to 65535; 0 for ICMP
     */
    int port();

    /**
     * Returns how it is probed.
     *
     * @return the settings
     */
    ProbeSettings settings();

    /**
     * Returns what to ask the agent for. Its id is the same as long as all of it is the same, also after the controller
     * has died, and another one when anything is another: so a result can't be taken for one of something else.
     *
     * @param key    the member
     * @param target where the agent sends the probes
     * @return the check
     */
    default Check check(MemberKey key, IpAddress target) {
        CRC32 sum = new CRC32();
        sum.update((key + " " + this).getBytes(UTF_8));
        return Check.builder().id(target + "-" + Long.toHexString(sum.getValue()))
                .service(key.service()).member(key.member()).target(target.toString())
                .port(port()).host(probed().address().toString()).settings(settings()).build();
    }

    /**
     * Returns a builder.
     *
     * @return a builder
     */
    static Builder builder() {
        return new Builder();
    }

    /** Builds these values. */
    final class Builder extends ImmutableProbeNeed.Builder {
    }
}
