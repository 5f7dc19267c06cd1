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
package org.roundtrip.balancer.compute;

import org.onosproject.net.ConnectPoint;

/**
 * An ICMP error as a member has to see it. Immutable.
 */
public final class TranslatedError {

    private final QuotedPacket error;
    private final ConnectPoint port;

    private TranslatedError(QuotedPacket error, ConnectPoint port) {
        this.error = error;
        this.port = port;
    }

    static TranslatedError of(QuotedPacket error, ConnectPoint port) {
        return new TranslatedError(error, port);
    }

    /**
     * Returns the error.
     *
     * @return the frame to send
     */
    public QuotedPacket error() {
        return error;
    }

    /**
     * Returns where the member is.
     *
     * @return the port to send it out of
     */
    public ConnectPoint port() {
        return port;
    }
}
