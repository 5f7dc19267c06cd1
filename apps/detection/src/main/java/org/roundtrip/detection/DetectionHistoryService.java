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
package org.roundtrip.detection;

import java.util.List;

/**
 * What is wrong, and what has happened lately, as the node that leads has seen it since it was started. Nothing here
 * blocks. Thread-safe.
 */
public interface DetectionHistoryService {

    /**
     * Returns what is wrong.
     *
     * @return the alarms, ordered by type and subject; none if all is well
     */
    List<DetectionAlarm> alarms();

    /**
     * Returns what has happened to somebody lately.
     *
     * @param subject as {@link DetectionChange#subject} has it
     * @return the latest changes, the oldest first; none if nothing has happened, or there is no such subject
     */
    List<DetectionChange> changes(String subject);
}
