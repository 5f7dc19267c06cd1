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
package org.roundtrip.detection.cli;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.onosproject.cli.net.DeviceIdCompleter;
import org.roundtrip.base.InvalidRequestException;
import org.roundtrip.base.cli.RequestDraft;
import org.roundtrip.detection.DetectionAgentRequest;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Lets an agent report. What is typed on a command line gets into the history of the shell and into the audit log of
 * the controller, so the secret is asked for instead, and is not shown while it is typed.
 */
@Service
@Command(scope = "onos", name = "detection-agent-add",
        description = "Lets an agent report, or changes where it sits and its secret, which is asked for")
public class AgentAddCommand extends AgentCommand {

    /** The shell with which the user talks. */
    @Reference
    Session session;

    @Argument(index = 0, name = "name", description = "The name by which the agent introduces itself", required = true)
    @Completion(AgentNameCompleter.class)
    private String name = "";

    @Argument(index = 1, name = "device", description = "The switch of its service node, such as of:0000000000000001",
            required = true)
    @Completion(DeviceIdCompleter.class)
    private String device = "";

    @Argument(index = 2, name = "port", description = "The port of that switch where it is attached: its name or its"
            + " number", required = true)
    @Completion(PortNameCompleter.class)
    private String port = "";

    @Override
    protected void run() {
        printAgent(service().putAgent(RequestDraft.empty().set("name", name).set("device", device).set("port", port)
                                              .set("secret", secret()).request(DetectionAgentRequest.class)));
    }

    private String secret() {
        try {
            return session.readLine("Secret of the agent: ", '*');
        } catch (UnsupportedOperationException e) {
            throw new InvalidRequestException("secret", "nobody can be asked for it here: run the command in an"
                    + " interactive shell, or put the agent over REST");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
