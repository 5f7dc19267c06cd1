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
package org.roundtrip.clock;

import org.roundtrip.base.ConflictException;
import org.roundtrip.base.InvalidRequestException;
import org.roundtrip.base.NotFoundException;
import org.roundtrip.base.UnavailableException;

/**
 * Takes what reporters beside clients have seen. Returns at once. Thread-safe.
 */
public interface ClockReportService {

    /**
     * Takes a report.
     *
     * @param report what was seen
     * @return the name of the session that it is about
     * @throws NotFoundException       if there is no such session
     * @throws ConflictException       if several sessions of the client are served, so that the report must name one
     * @throws InvalidRequestException if its times can't be: nothing of it is taken
     * @throws UnavailableException    if another node of the cluster leads
     */
    String report(ClockReport report);
}
