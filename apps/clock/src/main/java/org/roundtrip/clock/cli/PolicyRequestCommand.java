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
import org.roundtrip.clock.ClockPolicy;

import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A command with all that can be said of a policy.
 */
abstract class PolicyRequestCommand extends TunnelRequestCommand {

    @Option(name = "--server", multiValued = true, description = "The IP address of a server that may be asked; may be"
            + " repeated")
    @Completion(HostAddressCompleter.class)
    private List<String> servers;

    @Option(name = "--client", multiValued = true, description = "The prefix of clients that may ask, such as"
            + " 10.0.0.0/8; may be repeated")
    private List<String> clients;

    @Option(name = "--domain", multiValued = true, description = "A PTP domain that may be asked for, 0 to 239; may be"
            + " repeated; none (unless said otherwise): any")
    @Completion(value = StringsCompleter.class, values = RequestDraft.NONE)
    private List<String> domains;

    @Option(name = "--max-clients", description = "How many clients each server may have at the same time; 1000 unless"
            + " said otherwise")
    private String maxClients;

    @Option(name = "--max-message-rate", description = "How many messages of each type a second a client may ask for,"
            + " 1 to 128 (unless said otherwise)")
    private String maxMessageRate;

    @Option(name = "--max-duration", description = "For how long a client may ask, such as 10min: 10s or more; 1h"
            + " unless said otherwise")
    private String maxDuration;

    /**
     * Returns a policy with what the options say.
     *
     * @param draft the policy without them
     * @return the policy
     * @throws RequestException if an option is wrong; names the field and what would be right
     */
    protected ClockPolicy complete(RequestDraft draft) {
        return takeTunnel(draft)
                .take("servers", servers, (field, text) -> text)
                .take("clients", clients, (field, text) -> text)
                .take("domains", domains, (field, text) -> RequestDraft.number(text))
                .take("max-clients", maxClients, RequestDraft::number)
                .take("max-message-rate", maxMessageRate, RequestDraft::number)
                .take("max-duration", maxDuration, text -> time("max-duration", text, TimeUnit.SECONDS))
                .request(ClockPolicy.class);
    }
}
