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
package org.roundtrip.messaging.cli;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.roundtrip.base.cli.RequestDraft;
import org.roundtrip.messaging.configuration.DataCentre;

import java.util.List;

/**
 * Adds a data centre, or puts it in the place of the one of that name.
 */
@Service
@Command(scope = "onos", name = "message-data-centre-add",
        description = "Adds a data centre, or puts it in the place of the one of that name")
public class DataCentreAddCommand extends MessagingCommand {

    @Argument(index = 0, name = "name", description = "What to call it", required = true)
    @Completion(DataCentreCompleter.class)
    private String name = "";

    @Argument(index = 1, name = "bootstrap-servers", description = "Where a Kafka client finds its storage server:"
            + " HOST:PORT, or several", required = true, multiValued = true)
    private List<String> servers = List.of();

    @Option(name = "--public-topic", description = "The topic in the others that holds what is for it;"
            + " roundtrip.public.NAME unless said otherwise")
    private String publicTopic;

    @Option(name = "--partitions", description = "How many partitions that topic gets, 1 to 1000; 8 unless said"
            + " otherwise")
    private String partitions;

    @Option(name = "--gateway", description = "A connect point where its network begins; may be repeated",
            multiValued = true)
    private List<String> gateways;

    @Option(name = "--proxy", description = "The IP address of a host of its routing proxies; may be repeated",
            multiValued = true)
    private List<String> proxies;

    @Option(name = "--broker", description = "Where its brokers listen for other data centres, ADDRESS:PORT or"
            + " PREFIX:PORT, if the bootstrap servers are names; may be repeated", multiValued = true)
    private List<String> brokers;

    @Override
    protected void run() {
        configuration().put(RequestDraft.empty().set("name", name).set("bootstrap-servers", servers)
                .take("public-topic", publicTopic, text -> text)
                .take("partitions", partitions, RequestDraft::number)
                .take("gateways", gateways, (path, text) -> text)
                .take("proxies", proxies, (path, text) -> text)
                .take("brokers", brokers, (path, text) -> text)
                .request(DataCentre.class), request());
    }
}
