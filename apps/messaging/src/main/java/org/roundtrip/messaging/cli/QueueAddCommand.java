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
import org.roundtrip.messaging.configuration.MessageQueue;

import java.util.List;

/**
 * Adds a queue, or puts it in the place of the one of that name.
 */
@Service
@Command(scope = "onos", name = "message-queue-add",
        description = "Adds a queue, or puts it in the place of the one of that name")
public class QueueAddCommand extends MessagingCommand {

    @Argument(index = 0, name = "name", description = "What to call it", required = true)
    @Completion(QueueCompleter.class)
    private String name = "";

    @Argument(index = 1, name = "processor", description = "The application that its messages are for",
            required = true)
    @Completion(ApplicationCompleter.class)
    private String processor = "";

    @Argument(index = 2, name = "senders", description = "The applications that may send", required = true,
            multiValued = true)
    @Completion(ApplicationCompleter.class)
    private List<String> senders = List.of();

    @Option(name = "--private-topic", description = "The topic in which they wait where they are processed;"
            + " roundtrip.private.NAME unless said otherwise")
    private String privateTopic;

    @Option(name = "--partitions", description = "How many partitions that topic gets, 1 to 1000; 8 unless said"
            + " otherwise")
    private String partitions;

    @Override
    protected void run() {
        configuration().put(RequestDraft.empty().set("name", name).set("processor", processor).set("senders", senders)
                .take("private-topic", privateTopic, text -> text)
                .take("partitions", partitions, RequestDraft::number)
                .request(MessageQueue.class), request());
    }
}
