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
package org.roundtrip.clock.compute.negotiation;

import org.immutables.value.Value;
import org.onlab.packet.IpAddress;
import org.roundtrip.base.ValueType;
import org.roundtrip.clock.ClockSessionRequest;
import org.roundtrip.clock.compute.message.ClockIdentity;
import org.roundtrip.clock.compute.message.SignallingMessage;

import java.util.List;

/**
 * What negotiation wants to be done. Actions are done in the order in which they are returned.
 */
@Value.Enclosing
@ValueType
public interface NegotiationAction {

    /**
     * Has this done.
     *
     * @param handler who does it
     */
    void accept(NegotiationHandler handler);

    /** A session is needed. Answered by whether it is up, held or refused. */
    @Value.Immutable(builder = false)
    abstract class OpenSession implements NegotiationAction {

        /**
         * Returns between which clocks.
         *
         * @return the pair
         */
        @Value.Parameter
        public abstract ClockPair pair();

        /**
         * Returns the session.
         *
         * @return the request, made of what the policy says
         */
        @Value.Parameter
        public abstract ClockSessionRequest request();

        /**
         * Returns by which policy.
         *
         * @return its name
         */
        @Value.Parameter
        public abstract String policy();

        @Override
        public void accept(NegotiationHandler handler) {
            handler.open(this);
        }
    }

    /** A session is not needed any more. Answered by that it is closed, also if there is none. */
    @Value.Immutable(builder = false)
    abstract class CloseSession implements NegotiationAction {

        /**
         * Returns between which clocks.
         *
         * @return the pair
         */
        @Value.Parameter
        public abstract ClockPair pair();

        /**
         * Returns why.
         *
         * @return the reason, in words
         */
        @Value.Parameter
        public abstract String reason();

        @Override
        public void accept(NegotiationHandler handler) {
            handler.close(this);
        }
    }

    /** A message of the client goes on to the server, through the tunnel. */
    @Value.Immutable(builder = false)
    abstract class Forward implements NegotiationAction {

        /**
         * Returns what the client has sent.
         *
         * @return the message as it came
         */
        @Value.Parameter
        public abstract ClientSignal signal();

        /**
         * Returns what the server gets.
         *
         * @return the message; it fits into {@link org.roundtrip.clock.compute.message.SignallingCodec#MOST_OCTETS}
         */
        @Value.Parameter
        public abstract SignallingMessage message();

        @Override
        public void accept(NegotiationHandler handler) {
            handler.forward(this);
        }
    }

    /** The client gets an answer in the server's place: what it has asked for is refused. */
    @Value.Immutable(builder = false)
    abstract class Deny implements NegotiationAction {

        /**
         * Returns what the client has sent.
         *
         * @return the message as it came
         */
        @Value.Parameter
        public abstract ClientSignal signal();

        /**
         * Returns the answer, from the server's addresses to the client's, out of the port of the client.
         *
         * @return grants for 0 seconds
         */
        @Value.Parameter
        public abstract SignallingMessage answer();

        /**
         * Returns why.
         *
         * @return the reason, in words
         */
        @Value.Parameter
        public abstract String reason();

        @Override
        public void accept(NegotiationHandler handler) {
            handler.deny(this);
        }
    }

    /** What a client says goes nowhere, and it gets no answer. */
    @Value.Immutable(builder = false)
    abstract class Drop implements NegotiationAction {

        /**
         * Returns what the client has sent.
         *
         * @return the message as it came
         */
        @Value.Parameter
        public abstract ClientSignal signal();

        /**
         * Returns why.
         *
         * @return the reason, in words
         */
        @Value.Parameter
        public abstract String reason();

        @Override
        public void accept(NegotiationHandler handler) {
            handler.drop(this);
        }
    }

    /** An answer of the server is expected: a copy of its general messages to the client is needed. */
    @Value.Immutable(builder = false)
    abstract class OpenWindow implements NegotiationAction {

        /**
         * Returns between which clocks.
         *
         * @return the pair
         */
        @Value.Parameter
        public abstract ClockPair pair();

        @Override
        public void accept(NegotiationHandler handler) {
            handler.openWindow(this);
        }
    }

    /** No answer of the server is expected any more. */
    @Value.Immutable(builder = false)
    abstract class CloseWindow implements NegotiationAction {

        /**
         * Returns between which clocks.
         *
         * @return the pair
         */
        @Value.Parameter
        public abstract ClockPair pair();

        @Override
        public void accept(NegotiationHandler handler) {
            handler.closeWindow(this);
        }
    }

    /** The grants of a session are others now. */
    @Value.Immutable(builder = false)
    abstract class RecordGrants implements NegotiationAction {

        /**
         * Returns between which clocks.
         *
         * @return the pair
         */
        @Value.Parameter
        public abstract ClockPair pair();

        /**
         * Returns the grants.
         *
         * @return all that are in force, in no particular order
         */
        @Value.Parameter
        public abstract List<TrackedGrant> grants();

        @Override
        public void accept(NegotiationHandler handler) {
            handler.record(this);
        }
    }

    /** The server has said who it is. */
    @Value.Immutable(builder = false)
    abstract class RememberClock implements NegotiationAction {

        /**
         * Returns which server.
         *
         * @return its address
         */
        @Value.Parameter
        public abstract IpAddress server();

        /**
         * Returns who it is.
         *
         * @return the identity of its clock
         */
        @Value.Parameter
        public abstract ClockIdentity clock();

        @Override
        public void accept(NegotiationHandler handler) {
            handler.remember(this);
        }
    }
}
