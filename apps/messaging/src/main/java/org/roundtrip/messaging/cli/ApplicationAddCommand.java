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

import com.google.common.hash.Hashing;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.roundtrip.base.InvalidRequestException;
import org.roundtrip.base.cli.RequestDraft;
import org.roundtrip.messaging.configuration.Application;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Adds an application, or puts it in the place of the one of that name. What is typed on a command line gets into the
 * history of the shell and into the audit log of the controller, so a token is asked for instead, and is not shown
 * while it is typed.
 */
@Service
@Command(scope = "onos", name = "message-application-add",
        description = "Adds an application, or puts it in the place of the one of that name")
public class ApplicationAddCommand extends MessagingCommand {

    @Argument(index = 0, name = "name", description = "By what others address it", required = true)
    @Completion(ApplicationCompleter.class)
    private String name = "";

    @Argument(index = 1, name = "data-centre", description = "Where its messages are processed", required = true)
    @Completion(DataCentreCompleter.class)
    private String dataCentre = "";

    @Option(name = "--token-digest", description = "The SHA-256 digest, in 64 hexadecimal digits, of a token by which"
            + " it connects to message proxies; may be repeated. It can't connect without one", multiValued = true)
    private List<String> digests;

    @Option(name = "--token", description = "Ask for a token, of which only the digest is kept")
    private boolean asksForToken;

    @Override
    protected void run() {
        List<String> all = new ArrayList<>(digests == null ? List.of() : digests);
        if (asksForToken) {
            all.add(digest(token()));
        }
        configuration().put(RequestDraft.empty().set("name", name).set("data-centre", dataCentre)
                .take("tokens", all, (path, text) -> text)
                .request(Application.class), request());
    }

    private String token() {
        try {
            String token = session.readLine("Token of the application: ", '*');
            if (token == null || token.isBlank()) {
                throw new InvalidRequestException("token", "must not be empty");
            }
            return token;
        } catch (UnsupportedOperationException e) {
            throw new InvalidRequestException("token", "nobody can be asked for it here: run the command in an"
                    + " interactive shell, or give its digest with --token-digest");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String digest(String token) {
        return Hashing.sha256().hashString(token, StandardCharsets.UTF_8).toString();
    }
}
