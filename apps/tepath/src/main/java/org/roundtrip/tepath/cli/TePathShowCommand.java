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
import org.roundtrip.base.NotFoundException;
import org.roundtrip.base.cli.RoundtripCommand;
import org.roundtrip.base.json.Json;
import org.roundtrip.tepath.PathChange;
import org.roundtrip.tepath.PathStatistics;
import org.roundtrip.tepath.TePath;
import org.roundtrip.tepath.TePathService;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Shows a path.
 */
@Service
@Command(scope = "onos", name = "te-path-show",
        description = "Shows all of a path: what was asked for, its ways, what it has carried, and its history")
public class TePathShowCommand extends RoundtripCommand {

    @Argument(index = 0, name = "name", description = "The name of the path", required = true)
    @Completion(PathNameCompleter.class)
    private String name = "";

    @Override
    protected void run() {
        TePathService service = get(TePathService.class);
        TePath path = service.path(name).orElseThrow(
                () -> new NotFoundException("name", "there is no path '" + name + "'"));
        PathStatistics statistics = service.statistics(name);
        List<PathChange> history = service.history(name);
        if (outputJson()) {
            printJson(document(path, statistics, history));
        } else {
            PathText.full(path, statistics, history).forEach(this::printLine);
        }
    }

    /** The path with the resources that REST has below it, as the YANG module has them. */
    @SuppressWarnings("unchecked")
    private static Map<String, Object> document(TePath path, PathStatistics statistics, List<PathChange> history) {
        Map<String, Object> document = Json.read(Json.write(path), LinkedHashMap.class);
        document.put("statistics", statistics);
        document.put("history", history);
        return document;
    }
}
