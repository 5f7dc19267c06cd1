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
package org.roundtrip.balancer.cli;

import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.roundtrip.balancer.VirtualServerRequest;
import org.roundtrip.base.RequestException;
import org.roundtrip.base.cli.RequestDraft;
import org.roundtrip.base.cli.TimeText;

import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A command with all that can be said of a virtual server beside its name and its virtual IP address. The shell leaves
 * options null that are not given; they stay as they are in the request that the command begins with.
 */
abstract class ServerRequestCommand extends ServerCommand {

    @Option(name = "--protocol", description = "The transport protocol: tcp (unless said otherwise), udp or sctp")
    @Completion(value = StringsCompleter.class, values = {"tcp", "udp", "sctp"})
    private String protocol;

    @Option(name = "--port", multiValued = true, description = "A port, such as 80, or a range of ports, such as"
            + " 8000-8079; may be repeated")
    private List<String> ports;

    @Option(name = "--member", multiValued = true, description = "A member: its address, its port if that is not the"
            + " port of the virtual server, its weight, 0 to 100 (unless said otherwise), and its state, enabled"
            + " (unless said otherwise), draining or disabled, such as 192.0.2.7:8080,weight=50,state=draining; may be"
            + " repeated; none (unless said otherwise): no member")
    @Completion(HostAddressCompleter.class)
    private List<String> members;

    @Option(name = "--access-switch", multiValued = true, description = "A switch that acts as load balancer, such as"
            + " of:0000000000000001; may be repeated")
    @Completion(SwitchCompleter.class)
    private List<String> accessSwitches;

    @Option(name = "--affinity", description = "What makes two connections go to the same member: connection, which is"
            + " nothing (unless said otherwise), or client-address")
    @Completion(value = StringsCompleter.class, values = {"connection", "client-address"})
    private String affinity;

    @Option(name = "--drain-time", description = "For how long connections of a member go on that is drained or"
            + " removed, such as 10min: 0s to 24h; 5min unless said otherwise")
    private String drainTime;

    @Option(name = "--panic-threshold", description = "The percentage of members below which, when no more look usable,"
            + " all are used: 0, never (unless said otherwise), to 100")
    private String panicThreshold;

    @Option(name = "--detection-profile", description = "The profile by which the members are probed; none (unless said"
            + " otherwise): they are not")
    @Completion(value = StringsCompleter.class, values = RequestDraft.NONE)
    private String detectionProfile;

    @Option(name = "--slow-start", description = "For how long the share of a member grows that begins to serve or"
            + " serves again, such as 30s: 0s, at once (unless said otherwise), to 1h")
    private String slowStart;

    @Option(name = "--segment-length", description = "The length of the prefix of a network segment; the virtual IP"
            + " address and the members lie in different ones; 24 for IPv4 and 64 for IPv6 unless said otherwise")
    private String segmentLength;

    /**
     * Returns a request with what the options say.
     *
     * @param draft the request without them
     * @return the request
     * @throws RequestException if an option is wrong; names the field and what would be right
     */
    protected VirtualServerRequest complete(RequestDraft draft) {
        return draft
                .take("protocol", protocol, text -> text)
                .take("ports", ports, (field, text) -> text)
                .take("members", members, MemberText::fields)
                .take("access-switches", accessSwitches, (field, text) -> text)
                .take("affinity", affinity, text -> text)
                .take("drain-time", drainTime, text -> seconds("drain-time", text))
                .take("panic-threshold", panicThreshold, RequestDraft::number)
                .take("detection-profile", detectionProfile, text -> text)
                .take("slow-start", slowStart, text -> seconds("slow-start", text))
                .take("segment-length", segmentLength, RequestDraft::number)
                .request(VirtualServerRequest.class);
    }

    /** What is more than 32 bits is text: JSON refuses it with the name of the field. */
    private static Object seconds(String field, String text) {
        return RequestDraft.number(String.valueOf(TimeText.parse(field, text, TimeUnit.SECONDS)));
    }
}
