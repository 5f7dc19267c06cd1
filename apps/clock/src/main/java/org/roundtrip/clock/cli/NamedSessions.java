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
package org.roundtrip.clock.cli;

import org.roundtrip.base.NotFoundException;
import org.roundtrip.clock.ClockSession;
import org.roundtrip.clock.ClockSessionService;

/**
 * Sessions that users name.
 */
final class NamedSessions {

    private NamedSessions() {
    }

    /**
     * Returns a session that must be there.
     *
     * @param service knows the sessions
     * @param name    what the user calls it
     * @return the session
     * @throws NotFoundException if there is none
     */
    static ClockSession existing(ClockSessionService service, String name) {
        return service.session(name).orElseThrow(
                () -> new NotFoundException("name", "there is no clock session '" + name + "'"));
    }
}
