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
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.roundtrip.base.InvalidRequestException;
import org.roundtrip.base.NotFoundException;
import org.roundtrip.messaging.ConfigurationChange;
import org.roundtrip.messaging.ConfigurationVersion;
import org.roundtrip.messaging.configuration.MessagingConfiguration;

import java.util.List;

/**
 * Shows the configuration of messaging, its history, or what is different between two versions.
 */
@Service
@Command(scope = "onos", name = "message-config",
        description = "Shows the configuration of messaging, its history, or what is different between two versions")
public class ConfigCommand extends MessagingCommand {

    @Argument(index = 0, name = "what", description = "show, history or diff; show unless said otherwise")
    @Completion(value = StringsCompleter.class, values = {"show", "history", "diff"})
    private String what = "show";

    @Argument(index = 1, name = "version", description = "Which version is shown or compared with; to show, the present"
            + " one, to compare, the one before it unless said otherwise")
    private String first;

    @Argument(index = 2, name = "other", description = "Which version is compared; the present one unless said"
            + " otherwise")
    private String second;

    @Override
    protected void run() {
        if (what.equals("show")) {
            show();
        } else if (what.equals("history")) {
            List<ConfigurationVersion> versions = configuration().versions();
            printList("configuration-version", versions, ConfigurationText.history(versions));
        } else if (what.equals("diff")) {
            compare();
        } else {
            throw new InvalidRequestException("what", "'" + what + "' is none of show, history, diff");
        }
    }

    private void show() {
        MessagingConfiguration shown = first == null ? configuration().configuration()
                : configuration().configuration(version("version", first)).orElseThrow(
                        () -> new NotFoundException("version", "there is no version " + first));
        printOne(shown, ConfigurationText.whole(shown));
    }

    private void compare() {
        long present = second == null ? configuration().configuration().version() : version("other", second);
        List<ConfigurationChange> changes = configuration().differences(
                first == null ? Math.max(present - 1, 0) : version("version", first), present);
        printList("change", changes, ConfigurationText.changes(changes));
    }

    private static long version(String field, String text) {
        return parse(field, text, Long.class);
    }
}
