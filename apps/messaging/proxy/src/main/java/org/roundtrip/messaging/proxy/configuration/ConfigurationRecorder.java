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
package org.roundtrip.messaging.proxy.configuration;

import org.roundtrip.messaging.configuration.MessagingConfiguration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Keeps each version of the configuration outside of the data centres, in a file of its own that is never written
 * again.
 */
public final class ConfigurationRecorder implements ConfigurationListener {

    private final Path folder;

    /**
     * Creates one.
     *
     * @param folder where the files are to be
     */
    public ConfigurationRecorder(Path folder) {
        this.folder = folder;
    }

    /**
     * Returns where a version is kept.
     *
     * @param version the version
     * @return a file, which may not be there
     */
    public Path file(long version) {
        return folder.resolve("configuration-" + version + ".json");
    }

    @Override
    public void onConfiguration(MessagingConfiguration configuration) throws IOException {
        Path file = file(configuration.version());
        if (!Files.exists(file)) {
            DurableFile.write(file, ControllerJson.write(configuration));
        }
    }
}
