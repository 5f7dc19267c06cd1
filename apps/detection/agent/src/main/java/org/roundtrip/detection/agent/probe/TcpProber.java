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
package org.roundtrip.detection.agent.probe;

import org.roundtrip.detection.agent.compute.Outcome;
import org.roundtrip.detection.protocol.Check;

import java.util.function.Consumer;

/**
 * Opens a TCP connection and closes it again.
 */
final class TcpProber implements Prober {

    private static final Outcome ACCEPTED = Outcome.good("connection accepted");

    private final ProbeChannels channels;

    TcpProber(ProbeChannels channels) {
        this.channels = channels;
    }

    @Override
    public Probe begin(Check check, Consumer<Outcome> ended) {
        ProbeChannels.Connection connection = channels.tcp(Targets.of(check), ended);
        connection.open(() -> connection.probe().end(ACCEPTED));
        return connection.probe();
    }
}
