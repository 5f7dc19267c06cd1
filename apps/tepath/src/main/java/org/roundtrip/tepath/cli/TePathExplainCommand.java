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
package org.roundtrip.tepath.cli;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.roundtrip.base.cli.RequestDraft;
import org.roundtrip.tepath.PathExplanation;
import org.roundtrip.tepath.TePathService;

/**
 * Explains what a request would get.
 */
@Service
@Command(scope = "onos", name = "te-path-explain",
        description = "Says which ways a path would get now, or why it would get none; sets nothing up")
public class TePathExplainCommand extends PathRequestCommand {

    /** An explanation does not depend on the name. */
    private static final String ANY_NAME = "explain";

    @Argument(index = 0, name = "source", description = "The edge port at one end, DEVICE/PORT", required = true)
    @Completion(EdgePortCompleter.class)
    private String source = "";

    @Argument(index = 1, name = "destination", description = "The edge port at the other end, DEVICE/PORT",
            required = true)
    @Completion(EdgePortCompleter.class)
    private String destination = "";

    @Override
    protected void run() {
        PathExplanation explanation = get(TePathService.class).explain(complete(RequestDraft.empty()
                .set("name", ANY_NAME).set("source", source).set("destination", destination)));
        if (outputJson()) {
            printJson(explanation);
        } else {
            ExplanationText.of(explanation).forEach(this::printLine);
        }
    }
}
