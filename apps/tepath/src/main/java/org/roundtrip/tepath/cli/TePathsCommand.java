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

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.roundtrip.base.cli.RoundtripCommand;
import org.roundtrip.tepath.TePath;
import org.roundtrip.tepath.TePathService;

import java.util.List;
import java.util.Map;

/**
 * Lists paths.
 */
@Service
@Command(scope = "onos", name = "te-paths",
        description = "Lists co-routed TE paths, and what is wrong with those that are not up")
public class TePathsCommand extends RoundtripCommand {

    @Option(name = "--hops", description = "Show the ways of each path, both directions switch by switch")
    private boolean hops = false;

    @Override
    protected void run() {
        List<TePath> paths = get(TePathService.class).paths();
        if (outputJson()) {
            printJson(Map.of("te-path", paths));
        } else {
            (hops ? PathText.listWithHops(paths) : PathText.list(paths)).forEach(this::printLine);
        }
    }
}
