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
package org.roundtrip.base.cli;

import org.apache.karaf.shell.support.CommandException;
import org.onosproject.cli.AbstractShellCommand;
import org.roundtrip.base.RequestException;
import org.roundtrip.base.json.Json;

/**
 * A command of ours: prints text for people or, with {@code -j}, the JSON that REST has; a refused request is a message
 * that names the field and the remedy, and fails the command.
 */
public abstract class RoundtripCommand extends AbstractShellCommand {

    @Override
    protected final void doExecute() throws Exception {
        try {
            run();
        } catch (RequestException refusal) {
            // A CommandException is shown as its message; anything else would leave a stack trace in the log.
            throw new CommandException(refusal.getMessage());
        }
    }

    /**
     * Does what the command is for.
     *
     * @throws RequestException if the request is refused
     */
    protected abstract void run();

    /**
     * Reads an argument or an option just as REST reads the field of the same name.
     *
     * @param field the name of the field
     * @param text  what the user has typed
     * @param type  what it should be
     * @param <T>   what it should be
     * @return the value
     * @throws RequestException if it is not valid; names the field and what would be right
     */
    protected static <T> T parse(String field, String text, Class<T> type) {
        try {
            return Json.read(Json.write(text), type);
        } catch (RequestException refusal) {
            throw refusal.at(field);
        }
    }

    /**
     * Prints a line.
     *
     * @param line the text, taken as it is
     */
    protected void printLine(String line) {
        print("%s", line);
    }

    /**
     * Prints a value as JSON.
     *
     * @param value the value
     */
    protected void printJson(Object value) {
        print("%s", Json.writePretty(value));
    }
}
