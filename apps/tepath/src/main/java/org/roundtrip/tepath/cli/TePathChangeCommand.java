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
import org.roundtrip.base.NotFoundException;
import org.roundtrip.tepath.TePath;
import org.roundtrip.tepath.TePathService;

/**
 * Changes a path.
 */
@Service
@Command(scope = "onos", name = "te-path-change",
        description = "Changes what the options say of a path, make before break; all else stays as it is")
public class TePathChangeCommand extends PathRequestCommand {

    @Argument(index = 0, name = "name", description = "The name of the path", required = true)
    @Completion(PathNameCompleter.class)
    private String name = "";

    @Override
    protected void run() {
        TePathService service = get(TePathService.class);
        TePath before = service.path(name).orElseThrow(
                () -> new NotFoundException("name", "there is no path '" + name + "'"));
        TePath path = service.request(get(CoreService.class).registerApplication(TePathAddCommand.OWNER),
                                      complete(draft(before.request())));
        if (outputJson()) {
            printJson(path);
        } else {
            PathText.brief(path).forEach(this::printLine);
        }
    }
}
