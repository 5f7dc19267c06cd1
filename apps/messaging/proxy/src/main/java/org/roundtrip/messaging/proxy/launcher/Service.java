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

import org.roundtrip.messaging.configuration.MessagingConfiguration;
import org.roundtrip.messaging.configuration.ProxyReport;

/**
 * What a process does by the configuration. It has begun when it is there, and ends when it is closed.
 */
interface Service extends AutoCloseable {

    /**
     * Works by a configuration from now on.
     *
     * @param configuration the configuration
     * @throws org.roundtrip.base.RequestException if it can't; it goes on by the one before
     */
    void configure(MessagingConfiguration configuration);

    /**
     * Adds what it does to what the process reports. It is asked regularly.
     *
     * @param report what is reported
     */
    void report(ProxyReport.Builder report);

    @Override
    void close();
}
