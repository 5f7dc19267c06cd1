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
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.roundtrip.base.cli.BitRate;
import org.roundtrip.base.cli.RequestDraft;
import org.roundtrip.base.cli.TimeText;
import org.roundtrip.messaging.configuration.MessageRoute;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Adds a route of messages, or puts it in the place of the one with its ends.
 */
@Service
@Command(scope = "onos", name = "message-route-add",
        description = "Adds a route of messages, or puts it in the place of the one with its ends")
public class RouteAddCommand extends MessagingCommand {

    @Argument(index = 0, name = "from", description = "The data centre where the route begins", required = true)
    @Completion(DataCentreCompleter.class)
    private String from = "";

    @Argument(index = 1, name = "to", description = "The data centre where it ends", required = true)
    @Completion(DataCentreCompleter.class)
    private String to = "";

    @Option(name = "--cost", description = "How dear it is, 1 to 1000000; messages take the cheapest way; 10 unless"
            + " said otherwise")
    private String cost;

    @Option(name = "--bandwidth", description = "What the network reserves for it in each direction, such as 100M;"
            + " without it the controller provides no network")
    private String bandwidth;

    @Option(name = "--protected", description = "The network holds a second, disjoint way ready")
    private Boolean isProtected;

    @Option(name = "--priority", description = "How important its bandwidth is where there is not enough for all,"
            + " 0, the least, to 7")
    private String priority;

    @Option(name = "--time-to-live", description = "How old a message may become on its way, such as 1h; older ones go"
            + " to the dead letters; for ever unless said otherwise")
    private String timeToLive;

    @Option(name = "--maximum-backlog", description = "How many bytes may wait before senders are held back, at least"
            + " 1048576; no limit unless said otherwise")
    private String maximumBacklog;

    @Option(name = "--compression", description = "How it is compressed; none unless said otherwise")
    @Completion(value = StringsCompleter.class, values = {"none", "gzip", "snappy", "lz4", "zstd"})
    private String compression;

    @Option(name = "--paused", description = "It is held until it is resumed")
    private Boolean isPaused;

    @Override
    protected void run() {
        configuration().put(RequestDraft.empty().set("from", from).set("to", to)
                .take("cost", cost, RequestDraft::number)
                .take("bandwidth", bandwidth, text -> BitRate.parse("bandwidth", text))
                .take("protected", isProtected)
                .take("priority", priority, RequestDraft::number)
                .take("time-to-live", timeToLive, text -> Duration.ofMillis(
                        TimeText.parse("time-to-live", text, TimeUnit.MILLISECONDS)).toString())
                .take("maximum-backlog", maximumBacklog, text -> text)
                .take("compression", compression, text -> text)
                .take("paused", isPaused)
                .request(MessageRoute.class), request());
        printRoute(from, to);
    }
}
