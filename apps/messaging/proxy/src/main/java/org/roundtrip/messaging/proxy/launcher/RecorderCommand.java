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

import org.roundtrip.messaging.proxy.configuration.ConfigurationFollower;
import org.roundtrip.messaging.proxy.configuration.ConfigurationRecorder;
import org.roundtrip.messaging.proxy.configuration.ControllerHistory;
import picocli.CommandLine.Command;

/**
 * Runs a recorder of the configuration.
 */
@Command(name = "recorder", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Keeps each version of the configuration of messaging, in a file of its own in the state folder.")
final class RecorderCommand extends ProcessCommand {

    @Override
    void check(ProxyProperties properties) {
        // It needs nothing beside what all need.
    }

    @Override
    Running start(ProxyProperties properties) {
        ConfigurationFollower follower = new ConfigurationFollower(
                properties.controllers(), properties.stateFolder().resolve(ServiceCommand.FILE), ServiceCommand.WAIT,
                new ConfigurationRecorder(properties.stateFolder(), new ControllerHistory(properties.controllers())));
        follower.start();
        return follower::close;
    }
}
