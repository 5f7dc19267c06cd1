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

import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.roundtrip.base.RequestException;
import org.roundtrip.base.cli.RequestDraft;
import org.roundtrip.clock.ClockSessionRequest;

/**
 * A command with all that can be said of a session.
 */
abstract class SessionRequestCommand extends TunnelRequestCommand {

    @Option(name = "--transport", description = "What carries PTP: udp-ipv4 (unless said otherwise), udp-ipv6 or"
            + " ethernet")
    @Completion(value = StringsCompleter.class, values = {"udp-ipv4", "udp-ipv6", "ethernet"})
    private String transport;

    @Option(name = "--delivery", description = "To which addresses the clocks send: multicast (unless said otherwise)"
            + " or unicast")
    @Completion(value = StringsCompleter.class, values = {"multicast", "unicast"})
    private String delivery;

    @Option(name = "--domain", description = "The PTP domain of the clocks, 0 (unless said otherwise) to 239")
    private String domain;

    @Option(name = "--strict", description = "Drop PTP of the pair that is not in its tunnel, as is done unless said"
            + " otherwise; --strict=false: leave it to other forwarding")
    private Boolean strict;

    /**
     * Returns a request with what the options say.
     *
     * @param draft the request without them
     * @return the request
     * @throws RequestException if an option is wrong; names the field and what would be right
     */
    protected ClockSessionRequest complete(RequestDraft draft) {
        return takeTunnel(draft)
                .take("transport", transport, text -> text)
                .take("delivery", delivery, text -> text)
                .take("domain", domain, RequestDraft::number)
                .take("strict", strict)
                .request(ClockSessionRequest.class);
    }
}
