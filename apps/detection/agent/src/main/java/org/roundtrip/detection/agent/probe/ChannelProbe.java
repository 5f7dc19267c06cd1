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

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import org.roundtrip.detection.agent.compute.Outcome;

import java.util.function.Consumer;

/**
 * A probe that has a channel of its own, which is closed with it.
 */
final class ChannelProbe implements Probe {

    private final Channel channel;
    private final Consumer<Outcome> listener;
    private String waitingFor = "";
    private boolean ended;

    ChannelProbe(Channel channel, Consumer<Outcome> listener) {
        this.channel = channel;
        this.listener = listener;
    }

    /** Ends the probe, if it has not ended yet. */
    void end(Outcome outcome) {
        if (!ended) {
            abandon();
            listener.accept(outcome);
        }
    }

    /** Ends the probe when something has failed. */
    void endIfFailed(ChannelFuture future) {
        if (!future.isSuccess()) {
            end(Failures.outcome(future.cause()));
        }
    }

    /** Takes note of what it waits for from now on. */
    void waitFor(String what) {
        waitingFor = " waiting for " + what;
    }

    @Override
    public String abandon() {
        ended = true;
        // Past the handlers: TLS would first take its leave of a member that may not answer.
        channel.unsafe().close(channel.voidPromise());
        return waitingFor;
    }
}
