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
package org.roundtrip.fabric.compute;

import org.immutables.value.Value;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.HostId;

/**
 * A host and where it is.
 */
@Value.Immutable(builder = false)
public interface Attachment {

    /**
     * Returns the host.
     *
     * @return MAC address and VLAN
     */
    @Value.Parameter
    HostId host();

    /**
     * Returns the port that the host is reached by.
     *
     * @return port
     */
    @Value.Parameter
    ConnectPoint port();

    /**
     * Makes an attachment.
     *
     * @param host host
     * @param port port that it is reached by
     * @return attachment
     */
    static Attachment of(HostId host, ConnectPoint port) {
        return ImmutableAttachment.of(host, port);
    }
}
