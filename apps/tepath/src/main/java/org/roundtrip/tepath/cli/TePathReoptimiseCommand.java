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
import org.roundtrip.base.cli.RoundtripCommand;
import org.roundtrip.tepath.TePath;
import org.roundtrip.tepath.TePathService;

/**
 * Looks for better ways for a path.
 */
@Service
@Command(scope = "onos", name = "te-path-reoptimise",
        description = "Moves a path to better ways, make before break, if there are any")
public class TePathReoptimiseCommand extends RoundtripCommand {

    @Argument(index = 0, name = "name", description = "The name of the path", required = true)
    @Completion(PathNameCompleter.class)
    private String name = "";

    @Override
    protected void run() {
        TePath path = get(TePathService.class).reoptimise(name);
        if (outputJson()) {
            printJson(path);
        } else {
            PathText.brief(path).forEach(this::printLine);
        }
    }
}
