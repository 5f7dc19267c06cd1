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
import org.onosproject.core.CoreService;
import org.roundtrip.base.ConflictException;
import org.roundtrip.base.cli.RequestDraft;
import org.roundtrip.tepath.TePath;
import org.roundtrip.tepath.TePathRequest;
import org.roundtrip.tepath.TePathService;

/**
 * Adds a path.
 */
@Service
@Command(scope = "onos", name = "te-path-add",
        description = "Asks for a path whose two directions use the same links")
public class TePathAddCommand extends PathRequestCommand {

    /** Whose the paths are that are asked for here and over REST. */
    static final String OWNER = "org.roundtrip.tepath";

    @Argument(index = 0, name = "name", description = "What to call the path", required = true)
    private String name = "";

    @Argument(index = 1, name = "source", description = "The edge port at one end, DEVICE/PORT", required = true)
    @Completion(EdgePortCompleter.class)
    private String source = "";

    @Argument(index = 2, name = "destination", description = "The edge port at the other end, DEVICE/PORT",
            required = true)
    @Completion(EdgePortCompleter.class)
    private String destination = "";

    @Override
    protected void run() {
        TePathService service = get(TePathService.class);
        TePathRequest request = complete(RequestDraft.empty()
                .set("name", name).set("source", source).set("destination", destination));
        if (service.path(name).isPresent()) {
            throw new ConflictException("name", "there is a path '" + name
                    + "' already: choose another name, or change that path with te-path-change");
        }
        TePath path = service.request(get(CoreService.class).registerApplication(OWNER), request);
        if (outputJson()) {
            printJson(path);
        } else {
            PathText.brief(path).forEach(this::printLine);
        }
    }
}
