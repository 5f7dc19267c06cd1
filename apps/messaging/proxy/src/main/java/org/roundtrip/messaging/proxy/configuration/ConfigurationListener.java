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

import org.roundtrip.base.RequestException;
import org.roundtrip.messaging.configuration.MessagingConfiguration;

import java.io.IOException;

/**
 * Works by the configuration.
 */
@FunctionalInterface
public interface ConfigurationListener {

    /**
     * Takes a configuration, newer than all before. Called by the thread that follows.
     *
     * @param configuration the configuration
     * @throws RequestException if it can't work by it; it goes on by the one before
     * @throws IOException      if it can't keep it; it will get it again
     */
    void onConfiguration(MessagingConfiguration configuration) throws IOException;
}
