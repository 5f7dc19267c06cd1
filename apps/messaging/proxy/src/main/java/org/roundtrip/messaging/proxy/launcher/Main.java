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
package org.roundtrip.messaging.proxy.launcher;

import picocli.CommandLine;
import picocli.CommandLine.Command;

import java.util.Optional;

/**
 * The command that runs the processes of messaging.
 */
@Command(name = "roundtrip-proxy", mixinStandardHelpOptions = true, versionProvider = Main.Version.class,
        subcommands = {MessageCommand.class, RoutingCommand.class, BothCommand.class, RecorderCommand.class},
        sortOptions = false,
        description = "Carries messages between applications, within a data centre and to others.",
        footer = {"",
            "Ends with 0 when it was told to stop, 1 when its configuration is wrong, 2 when its options are."})
public final class Main {

    private Main() {
    }

    /**
     * Runs a process until it is told to stop.
     *
     * @param arguments what --help says
     */
    public static void main(String[] arguments) {
        System.exit(command().execute(arguments));
    }

    /** Returns the command, for main and for its tests. */
    static CommandLine command() {
        return new CommandLine(new Main());
    }

    /** Reads the version from the jar. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"roundtrip-proxy " + version()};
        }
    }

    static String version() {
        return Optional.ofNullable(Main.class.getPackage().getImplementationVersion()).orElse("(not packaged)");
    }
}
