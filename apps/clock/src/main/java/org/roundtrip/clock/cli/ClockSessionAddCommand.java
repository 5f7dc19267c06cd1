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
package org.roundtrip.clock.cli;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.roundtrip.base.cli.RoundtripCommand;
import org.roundtrip.clock.ClockSession;
import org.roundtrip.clock.ClockSessionRequest;
import org.roundtrip.clock.ClockSessionService;
import org.roundtrip.clock.ClockReference;
import org.roundtrip.clock.PtpDelivery;
import org.roundtrip.clock.PtpTransport;
import org.roundtrip.clock.TunnelSettings;

import java.util.List;

/**
 * Adds a clock session.
 */
@Service
@Command(scope = "onos", name = "clock-session-add",
        description = "Lets PTP of a clock server and a client use the same links in both directions")
public class ClockSessionAddCommand extends RoundtripCommand {

    @Argument(index = 0, name = "name", description = "What to call the session", required = true)
    private String name = "";

    @Argument(index = 1, name = "server", description = "The clock that gives the time: a host id or an IP address",
            required = true)
    @Completion(ClockReferenceCompleter.class)
    private String server = "";

    @Argument(index = 2, name = "client", description = "The clock that takes the time: a host id or an IP address",
            required = true)
    @Completion(ClockReferenceCompleter.class)
    private String client = "";

    @Option(name = "--transport", description = "What carries PTP: udp-ipv4 or ethernet")
    @Completion(value = StringsCompleter.class, values = {"udp-ipv4", "ethernet"})
    private String transport = "udp-ipv4";

    @Option(name = "--delivery", description = "To which addresses the clocks send: multicast or unicast")
    @Completion(value = StringsCompleter.class, values = {"multicast", "unicast"})
    private String delivery = "multicast";

    @Option(name = "--bandwidth", description = "What to reserve in each direction, in bit/s")
    private String bandwidth = Long.toString(TunnelSettings.DEFAULT_BANDWIDTH);

    @Override
    protected void run() {
        ClockSession session = get(ClockSessionService.class).add(
                ClockSessionRequest.builder()
                        .name(name)
                        .server(parse("server", server, ClockReference.class))
                        .client(parse("client", client, ClockReference.class))
                        .transport(parse("transport", transport, PtpTransport.class))
                        .delivery(parse("delivery", delivery, PtpDelivery.class))
                        .tunnel(TunnelSettings.builder().bandwidth(parse("bandwidth", bandwidth, Long.class)).build())
                        .build());
        if (outputJson()) {
            printJson(session);
        } else {
            SessionText.of(List.of(session)).forEach(this::printLine);
        }
    }
}
