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
import java.util.Optional;

/**
 * What the configuration was.
 */
@FunctionalInterface
public interface ConfigurationHistory {

    /**
     * Returns a version of the past.
     *
     * @param version which version
     * @return the configuration, or empty if nobody keeps it any more
     * @throws IOException          if nobody who might know can be asked
     * @throws InterruptedException if the thread is told to stop
     */
    Optional<MessagingConfiguration> version(long version) throws IOException, InterruptedException;
}
