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

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.roundtrip.detection.protocol.HandshakeStep.Outcome.AUTHENTICATED;
import static org.roundtrip.detection.protocol.HandshakeStep.Outcome.FAILED;
import static org.roundtrip.detection.protocol.HandshakeStep.Outcome.PENDING;

/** Who knows the secret is let in, and nobody else. */
class HandshakeTest {

    private static final String AGENT_NONCE = "a".repeat(64);
    private static final String CONTROLLER_NONCE = "c".repeat(64);
    private static final String ZEROS = "0".repeat(64);
    private static final Secret SECRET = Secret.of("correct horse battery staple");
    private static final Welcome WELCOME = Welcome.builder().lease(3_000).reportInterval(1_000).build();

    private static AgentHandshake agent(Secret secret, String nonce) {
        return new AgentHandshake(AgentCredentials.of("node1", secret), nonce, "agent 0.1.0");
    }

    private static ControllerHandshake controller(String nonce) {
        return new ControllerHandshake(name -> name.equals("node1") ? Optional.of(SECRET) : Optional.empty(), nonce,
                                       WELCOME);
    }

    private static Hello hello(List<Integer> versions) {
        return Hello.builder().versions(versions).agent("node1").nonce(AGENT_NONCE).software("").build();
    }

    private static String refusal(HandshakeStep step) {
        assertThat(step.outcome()).isEqualTo(FAILED);
        return ((Refused) step.reply().orElseThrow()).reason();
    }

    @Test
    void bothProveThatTheyKnowTheSecret() {
        AgentHandshake agent = agent(SECRET, AGENT_NONCE);
        ControllerHandshake controller = controller(CONTROLLER_NONCE);

        HandshakeStep challenge = controller.receive(agent.hello());
        HandshakeStep authenticate = agent.receive(challenge.reply().orElseThrow());
        HandshakeStep welcome = controller.receive(authenticate.reply().orElseThrow());
        HandshakeStep end = agent.receive(welcome.reply().orElseThrow());

        assertThat(List.of(challenge.outcome(), authenticate.outcome(), welcome.outcome(), end.outcome()))
                .containsExactly(PENDING, PENDING, AUTHENTICATED, AUTHENTICATED);
        assertThat(agent.welcome()).contains(WELCOME);
        assertThat(agent.version()).isEqualTo(1);
        assertThat(controller.version()).isEqualTo(1);
        assertThat(controller.hello()).contains(agent.hello());
    }

    @Test
    void proofsAreThoseOfTheDocumentation() {
        // Computed with: printf 'controller\n1\n1\nnode1\n%s\n%s' AGENT_NONCE CONTROLLER_NONCE | openssl dgst -hmac
        Challenge challenge = (Challenge) controller(CONTROLLER_NONCE).receive(hello(List.of(1))).reply()
                .orElseThrow();
        AgentHandshake agent = agent(SECRET, AGENT_NONCE);
        Authenticate authenticate = (Authenticate) agent.receive(challenge).reply().orElseThrow();

        assertThat(challenge.proof()).isEqualTo("5c43f3aa09e3be22c78f693fe4847141d696b24d191653d7281b4c9a27dc79ac");
        assertThat(authenticate.proof()).isEqualTo("5b197a0042883cfd54a7bf0937c9cad32e31e8995f4ae1e5843b54d13594b33d");
    }

    @Test
    void controllerWithAnotherSecretLearnsNothing() {
        Challenge challenge = (Challenge) controller(CONTROLLER_NONCE).receive(hello(List.of(1))).reply()
                .orElseThrow();

        assertThat(refusal(agent(Secret.of("another"), AGENT_NONCE).receive(challenge)))
                .isEqualTo("the controller does not know the secret of agent node1");
    }

    @Test
    void agentWithAnotherSecretIsRefused() {
        ControllerHandshake controller = controller(CONTROLLER_NONCE);
        controller.receive(hello(List.of(1)));

        assertThat(refusal(controller.receive(Authenticate.builder().proof(ZEROS).build())))
                .isEqualTo("the secret of agent node1 is another");
    }

    @Test
    void oldProofFitsNoOtherHandshake() {
        AgentHandshake agent = agent(SECRET, AGENT_NONCE);
        Message authenticate = agent.receive(controller(CONTROLLER_NONCE).receive(agent.hello()).reply()
                                                     .orElseThrow()).reply().orElseThrow();
        ControllerHandshake next = controller("d".repeat(64));
        next.receive(agent.hello());

        assertThat(next.receive(authenticate).outcome()).isEqualTo(FAILED);
    }

    @Test
    void oldChallengeFitsNoOtherHandshake() {
        Message challenge = controller(CONTROLLER_NONCE).receive(hello(List.of(1))).reply().orElseThrow();

        assertThat(agent(SECRET, "b".repeat(64)).receive(challenge).outcome()).isEqualTo(FAILED);
    }

    @Test
    void proofOfTheControllerIsNotOneOfTheAgent() {
        ControllerHandshake controller = controller(CONTROLLER_NONCE);
        Challenge challenge = (Challenge) controller.receive(hello(List.of(1))).reply().orElseThrow();

        assertThat(controller.receive(Authenticate.builder().proof(challenge.proof()).build()).outcome())
                .isEqualTo(FAILED);
    }

    @Test
    void versionsCanNotBeTalkedDown() {
        AgentHandshake agent = agent(SECRET, AGENT_NONCE);
        // Somebody in between has taken away what the agent has offered.
        Hello changed = Hello.builder().from(agent.hello()).versions(List.of(1, 2)).build();
        Message challenge = controller(CONTROLLER_NONCE).receive(changed).reply().orElseThrow();

        assertThat(agent.receive(challenge).outcome()).isEqualTo(FAILED);
    }

    @Test
    void highestCommonVersionIsSpoken() {
        assertThat(((Challenge) controller(CONTROLLER_NONCE).receive(hello(List.of(9, 1, -3))).reply().orElseThrow())
                           .version()).isEqualTo(1);
        assertThat(refusal(controller(CONTROLLER_NONCE).receive(hello(List.of(2, 3)))))
                .isEqualTo("no common version of the protocol: the controller speaks [1], the agent [2, 3]");
        assertThat(refusal(agent(SECRET, AGENT_NONCE).receive(
                Challenge.builder().version(2).nonce(ZEROS).proof(ZEROS).build())))
                .isEqualTo("version 2 of the protocol was not offered");
    }

    @Test
    void unknownAgentIsRefused() {
        Hello stranger = Hello.builder().from(hello(List.of(1))).agent("node2").build();
        ControllerHandshake controller = controller(CONTROLLER_NONCE);

        assertThat(refusal(controller.receive(stranger))).isEqualTo("there is no agent node2");
        assertThat(controller.receive(Authenticate.builder().proof(ZEROS).build()).outcome()).isEqualTo(FAILED);
    }

    @Test
    void welcomeWithoutAChallengeIsRefused() {
        assertThat(refusal(agent(SECRET, AGENT_NONCE).receive(WELCOME)))
                .isEqualTo("the first answer must be challenge");
    }

    @Test
    void refusalEndsTheHandshakeWithoutAnAnswer() {
        HandshakeStep step = agent(SECRET, AGENT_NONCE).receive(Refused.builder().reason("no\n").build());

        assertThat(step.outcome()).isEqualTo(FAILED);
        assertThat(step.reply()).isEmpty();
        assertThat(step.reason()).isEqualTo("refused: no ");
    }

    @Test
    void handshakeThatHasFailedStaysSo() {
        ControllerHandshake controller = controller(CONTROLLER_NONCE);
        AgentHandshake agent = agent(SECRET, AGENT_NONCE);
        Message challenge = controller.receive(agent.hello()).reply().orElseThrow();
        Message authenticate = agent.receive(challenge).reply().orElseThrow();
        controller.receive(Alive.of());

        assertThat(refusal(controller.receive(authenticate))).isEqualTo("the handshake has ended");
    }

    @Test
    void secretsAreNotShown() {
        ControllerHandshake controller = controller(CONTROLLER_NONCE);
        String shown = SECRET + " " + AgentCredentials.of("node1", SECRET) + controller.receive(hello(List.of(1)))
                + controller.receive(Authenticate.builder().proof(ZEROS).build());

        assertThat(shown).contains("node1").doesNotContain("horse");
    }

    @Test
    void emptySecretIsRefused() {
        assertThatThrownBy(() -> Secret.of("")).isInstanceOf(IllegalArgumentException.class);
    }

    @Property(tries = 300)
    void nobodyIsLetInByAnyMessagesWithoutTheSecret(@ForAll @Size(max = 6) List<Byte> choices) {
        ControllerHandshake controller = controller(CONTROLLER_NONCE);
        Challenge challenge = (Challenge) controller("d".repeat(64)).receive(hello(List.of(1))).reply().orElseThrow();
        List<Message> messages = List.of(
                hello(List.of(1)), challenge, WELCOME, Alive.of(), Authenticate.builder().proof(ZEROS).build(),
                Authenticate.builder().proof(challenge.proof()).build(),
                Authenticate.builder().proof(challenge.nonce()).build(), Refused.builder().reason("").build());

        for (byte choice : choices) {
            assertThat(controller.receive(messages.get(choice & 7)).outcome()).isNotEqualTo(AUTHENTICATED);
        }
    }
}
