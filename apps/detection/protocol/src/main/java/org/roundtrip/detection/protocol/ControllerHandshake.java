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
package org.roundtrip.detection.protocol;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * The handshake as the controller sees it: hears {@link Hello}, says {@link Challenge}, hears {@link Authenticate},
 * says {@link Welcome}. Whatever else comes ends it. No clock, no dice, no network. Not thread-safe.
 */
final class ControllerHandshake {

    private final SecretLookup secrets;
    private final String nonce;
    private final Welcome welcome;
    private Optional<Hello> hello = Optional.empty();
    private Optional<Proofs> proofs = Optional.empty();
    private int version;
    private boolean ended;

    /**
     * Waits for an agent.
     *
     * @param secrets knows the secrets of the agents
     * @param nonce   what was never sent before
     * @param welcome what to tell an agent that has proved who it is
     */
    ControllerHandshake(SecretLookup secrets, String nonce, Welcome welcome) {
        this.secrets = secrets;
        this.nonce = nonce;
        this.welcome = welcome;
    }

    /**
     * Hears a message.
     *
     * @param message what the peer has sent
     * @return what to do
     */
    HandshakeStep receive(Message message) {
        HandshakeStep step = ended ? HandshakeStep.refused("the handshake has ended") : answer(message);
        ended = step.outcome() != HandshakeStep.Outcome.PENDING;
        return step;
    }

    private HandshakeStep answer(Message message) {
        if (message instanceof Hello && hello.isEmpty()) {
            return challenge((Hello) message);
        }
        if (message instanceof Authenticate && proofs.isPresent()) {
            return Proofs.same(proofs.get().ofAgent(), ((Authenticate) message).proof())
                    ? HandshakeStep.authenticated(Optional.of(welcome))
                    : HandshakeStep.refused("the secret of agent " + hello.get().agent() + " is another");
        }
        return HandshakeStep.refused(hello.isEmpty() ? "the first message must be hello"
                                             : "the second message must be authenticate");
    }

    private HandshakeStep challenge(Hello said) {
        hello = Optional.of(said);
        OptionalInt common = ProtocolVersion.highestCommon(said.versions());
        if (common.isEmpty()) {
            return HandshakeStep.refused("no common version of the protocol: the controller speaks "
                                                 + ProtocolVersion.SPOKEN + ", the agent " + said.versions());
        }
        version = common.getAsInt();
        proofs = secrets.secretOf(said.agent()).map(secret -> new Proofs(secret, said, version, nonce));
        return proofs.map(made -> HandshakeStep.send(Challenge.builder()
                                                              .version(version)
                                                              .nonce(nonce)
                                                              .proof(made.ofController())
                                                              .build()))
                .orElseGet(() -> HandshakeStep.refused("there is no agent " + said.agent()));
    }

    /**
     * Returns what the agent has said of itself, which it has proved only when the handshake has succeeded.
     *
     * @return its hello, or empty if there was none
     */
    Optional<Hello> hello() {
        return hello;
    }

    /**
     * Returns the version of the protocol.
     *
     * @return a version; 0 if there was no hello with one that is spoken here
     */
    int version() {
        return version;
    }
}
