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

import io.micrometer.core.instrument.MeterRegistry;
import picocli.CommandLine.Command;

import java.io.IOException;
import java.util.List;

/**
 * Runs a message proxy and a routing proxy in one process.
 */
@Command(name = "both", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Does what message and routing do, in one process.")
final class BothCommand extends ServiceCommand {

    @Override
    List<Service> services(ProxyProperties properties, MeterRegistry registry) throws IOException {
        return List.of(new MessageService(properties, registry), new RoutingService(properties, registry));
    }
}
