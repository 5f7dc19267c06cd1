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

import org.onosproject.event.ListenerService;

import java.util.List;
import java.util.Optional;

/**
 * Detection as applications use it that run services. What they request is not durable: whoever requests says so again
 * after a restart. Nothing here blocks. Thread-safe.
 */
public interface DetectionService extends ListenerService<DetectionEvent, DetectionListener> {

    /**
     * Makes sure that the members of a service are probed, each once, however many ask for their state. What was
     * requested for the service before is replaced; of members that stay the same, what is known is kept.
     *
     * @param check whom to probe
     */
    void request(ServiceCheck check);

    /**
     * Ends the probing of a service. Does nothing if there is none.
     *
     * @param service its identifier
     */
    void withdraw(String service);

    /**
     * Returns what is known of a member.
     *
     * @param service the identifier of the service
     * @param member  the id of the member
     * @return what is known, or empty if nobody has requested to probe it
     */
    Optional<MemberHealth> health(String service, String member);

    /**
     * Returns what is probed for a service.
     *
     * @param service its identifier
     * @return the check and what is known, or empty if nobody has requested it
     */
    Optional<Detection> detection(String service);

    /**
     * Returns what is probed.
     *
     * @return all services, ordered by their identifiers
     */
    List<Detection> detections();
}
