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
package org.roundtrip.openflow.session;

import java.time.Duration;

/**
 * Runs tasks of a session later, on the thread on which everything else of the session runs.
 */
public interface SessionTimer {

    /**
     * Runs a task later.
     *
     * @param delay when
     * @param task  what
     */
    void after(Duration delay, Runnable task);

    /**
     * Runs a task again and again until the session ends. The first time is within the first period, for each switch at
     * another moment: switches that connect at the same time would else be read at the same time ever after, and what
     * is urgent would wait for all of that.
     *
     * @param period how long from one time to the next
     * @param task   what
     */
    void every(Duration period, Runnable task);
}
