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
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.roundtrip.base.cli.RoundtripCommand;
import org.roundtrip.tepath.TeLink;
import org.roundtrip.tepath.TePathService;

import java.util.List;
import java.util.Map;

/**
 * Lists links.
 */
@Service
@Command(scope = "onos", name = "te-links",
        description = "Lists the links that TE paths can take, with what is configured of them and what is reserved")
public class TeLinksCommand extends RoundtripCommand {

    @Override
    protected void run() {
        List<TeLink> links = get(TePathService.class).links();
        if (outputJson()) {
            printJson(Map.of("te-link", links));
        } else {
            LinkText.of(links).forEach(this::printLine);
        }
    }
}
