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
package org.roundtrip.clock;

import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/** Policies for tests. */
public final class Policies {

    private Policies() {
    }

    /** A policy that lets everybody in 10.0.0.0/8 and fd00::/16 ask the servers. */
    public static ClockPolicy policy(String name, String... servers) {
        ClockPolicy.Builder builder = ClockPolicy.builder().name(name)
                .addClients(IpPrefix.valueOf("10.0.0.0/8"), IpPrefix.valueOf("fd00::/16"));
        for (String server : servers) {
            builder.addServers(IpAddress.valueOf(server));
        }
        return builder.build();
    }
}
