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

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.roundtrip.balancer.Explanation;
import org.roundtrip.balancer.ExplanationQuery;
import org.roundtrip.balancer.MemberId;
import org.roundtrip.balancer.VirtualServerInspectionService;
import org.roundtrip.base.InvalidRequestException;
import org.roundtrip.base.RequestException;
import org.roundtrip.base.cli.RequestDraft;
import org.roundtrip.base.cli.RoundtripCommand;

/**
 * Explains a connection.
 */
@Service
@Command(scope = "onos", name = "lb-explain",
        description = "Says where a connection to a virtual IP address goes and why, and the rules that its packets"
                + " meet on every switch of both ways. The connection need not exist, and nothing is changed for it")
public class ExplainCommand extends RoundtripCommand {

    @Option(name = "--protocol", description = "The transport protocol: tcp (unless said otherwise), udp or sctp")
    @Completion(value = StringsCompleter.class, values = {"tcp", "udp", "sctp"})
    private String protocol;

    @Argument(index = 0, name = "vip", description = "Where it goes: a virtual IP address, and the port if that could"
            + " be several, such as 198.51.100.1 or 198.51.100.1:80", required = true)
    @Completion(VipCompleter.class)
    private String vip = "";

    @Argument(index = 1, name = "client", description = "Where it comes from: an address and a port, such as"
            + " 203.0.113.9:40000 or [2001:db8::9]:40000", required = true)
    private String client = "";

    @Override
    protected void run() {
        Explanation explanation = get(VirtualServerInspectionService.class).explain(query());
        if (outputJson()) {
            printJson(explanation);
        } else {
            ExplanationText.of(explanation).forEach(this::printLine);
        }
    }

    private ExplanationQuery query() {
        // Both are written as members are: an address, and a port that may be missing.
        MemberId to = transportAddress("vip", vip);
        MemberId from = transportAddress("client", client);
        RequestDraft draft = RequestDraft.empty()
                .set("vip", to.address().toString())
                .set("client", from.address().toString()).set("client-port", from.port())
                .take("protocol", protocol, text -> text);
        return (to.port() == 0 ? draft : draft.set("port", to.port())).request(ExplanationQuery.class);
    }

    private static MemberId transportAddress(String field, String text) {
        try {
            return MemberId.valueOf(text);
        } catch (RequestException refusal) {
            throw new InvalidRequestException(field, "'" + text + "' is not an address with a port: write both, such as"
                    + " 203.0.113.9:40000 or [2001:db8::9]:40000");
        }
    }
}
