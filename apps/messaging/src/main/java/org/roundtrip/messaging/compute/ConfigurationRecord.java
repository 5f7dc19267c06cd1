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
package org.roundtrip.messaging.compute;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;
import org.roundtrip.base.ValueType;
import org.roundtrip.messaging.ConfigurationVersion;
import org.roundtrip.messaging.configuration.MessagingConfiguration;

/**
 * A version of the configuration as it is kept.
 */
@Value.Immutable
@ValueType
@JsonSerialize(as = ImmutableConfigurationRecord.class)
@JsonDeserialize(as = ImmutableConfigurationRecord.class)
public interface ConfigurationRecord {

    /**
     * Returns how it came about.
     *
     * @return who has changed what
     */
    @Value.Parameter
    ConfigurationVersion audit();

    /**
     * Returns what it is.
     *
     * @return the configuration
     */
    @Value.Parameter
    MessagingConfiguration configuration();

    /**
     * Returns a record.
     *
     * @param audit         who has changed what
     * @param configuration the configuration
     * @return the record
     */
    static ConfigurationRecord of(ConfigurationVersion audit, MessagingConfiguration configuration) {
        return ImmutableConfigurationRecord.of(audit, configuration);
    }
}
