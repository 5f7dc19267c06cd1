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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Keeps each version of the configuration outside of the data centres, in a file of its own that is never written
 * again.
 */
public final class ConfigurationRecorder implements ConfigurationListener {

    private static final Logger log = LoggerFactory.getLogger(ConfigurationRecorder.class);

    private final Path folder;
    private final ConfigurationHistory history;

    /**
     * Creates one.
     *
     * @param folder  where the files are to be
     * @param history tells the versions that were over before it could see them
     */
    public ConfigurationRecorder(Path folder, ConfigurationHistory history) {
        this.folder = folder;
        this.history = history;
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
        // The newest last: if we die between, it is not there, and all that are missing are asked for again.
        for (long version = lastBefore(configuration.version()) + 1; version < configuration.version(); version++) {
            recordPast(version);
        }
        keep(configuration);
    }

    /** Returns the version after which some may be missing. */
    private long lastBefore(long version) {
        long last = version - 1;
        while (last > 0 && !Files.exists(file(last))) {
            last--;
        }
        return last;
    }

    private void recordPast(long version) throws IOException {
        try {
            Optional<MessagingConfiguration> past = history.version(version);
            if (past.isPresent()) {
                keep(past.get());
            } else {
                log.warn("Version {} is kept by nobody", version);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("stopped");
        }
    }

    private void keep(MessagingConfiguration configuration) throws IOException {
        Path file = file(configuration.version());
        if (!Files.exists(file)) {
            DurableFile.write(file, ControllerJson.write(configuration));
        }
    }
}
