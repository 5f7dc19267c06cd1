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
package org.roundtrip.messaging.proxy.routing;

import org.roundtrip.messaging.configuration.MessagingConfiguration;
import org.roundtrip.messaging.configuration.compute.Correspondence;
import org.roundtrip.messaging.proxy.configuration.ControllerJson;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * A routing proxy in a process of its own, which can be killed: {@code RoutingProgram DATA-CENTRE NAME CONFIGURATION
 * SESSION-TIMEOUT-SECONDS}, with a configuration in a file.
 */
public final class RoutingProgram {

    private RoutingProgram() {
    }

    public static void main(String[] arguments) throws Exception {
        MessagingConfiguration configuration = ControllerJson.read(Files.readString(Path.of(arguments[2])),
                                                                   MessagingConfiguration.class);
        RoutingProxy proxy = new RoutingProxy(arguments[0], arguments[1], any -> Map.of(),
                                              Duration.ofSeconds(Long.parseLong(arguments[3])));
        proxy.configure(Correspondence.of(configuration));
        new CountDownLatch(1).await();
    }
}
