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

/**
 * The handshake as the agent sees it: says {@link Hello}, hears {@link Challenge}, says {@link Authenticate}, hears
 * {@link Welcome}. It proves nothing to somebody who has not proved to be a controller. No clock, no dice, no network.
 * Not thread-safe.
 */
final class AgentHandshake {

    private final AgentCredentials credentials;
    private final Hello hello;
    private Optional<Challenge> challenge = Optional.empty();
    private Optional<Welcome> welcome = Optional.empty();
    private boolean ended;

    /**
     * Begins.
     *
     * @param credentials by what the agent is known
     * @param nonce       what was never sent before
     * @param software    what the agent is, for operators
     */
    AgentHandshake(AgentCredentials credentials, String nonce, String software) {
        this.credentials = credentials;
        this.hello = Hello.builder()
                .versions(ProtocolVersion.SPOKEN)
                .agent(credentials.agent())
                .nonce(nonce)
                .software(software)
                .build();
    }

    /**
     * Returns what to say first.
     *
     * @return the hello
     */
    Hello hello() {
        return hello;
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
        if (message instanceof Refused) {
            return HandshakeStep.failed("refused: " + MessageCodec.printable(((Refused) message).reason()));
        }
        if (message instanceof Challenge && challenge.isEmpty()) {
            return authenticate((Challenge) message);
        }
        if (message instanceof Welcome && challenge.isPresent()) {
            welcome = Optional.of((Welcome) message);
            return HandshakeStep.authenticated(Optional.empty());
        }
        return HandshakeStep.refused(challenge.isEmpty() ? "the first answer must be challenge"
                                             : "the second answer must be welcome");
    }

    private HandshakeStep authenticate(Challenge said) {
        if (!hello.versions().contains(said.version())) {
            return HandshakeStep.refused("version " + said.version() + " of the protocol was not offered");
        }
        Proofs proofs = new Proofs(credentials.secret(), hello, said.version(), said.nonce());
        if (!Proofs.same(proofs.ofController(), said.proof())) {
            return HandshakeStep.refused("the controller does not know the secret of agent " + hello.agent());
        }
        challenge = Optional.of(said);
        return HandshakeStep.send(Authenticate.builder().proof(proofs.ofAgent()).build());
    }

    /**
     * Returns the version of the protocol.
     *
     * @return a version; 0 before the controller has chosen one
     */
    int version() {
        return challenge.map(Challenge::version).orElse(0);
    }

    /**
     * Returns what the agent has to keep to.
     *
     * @return what the controller has said, or empty before
     */
    Optional<Welcome> welcome() {
        return welcome;
    }
}
