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
package org.roundtrip.base.intent;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.DefaultFlowRule;
import org.onosproject.net.flow.DefaultTrafficSelector;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.flow.FlowRule;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RulePublisherTest {

    private static final ApplicationId APPLICATION = new DefaultApplicationId(7, "org.roundtrip.test");
    private static final DeviceId A = DeviceId.deviceId("of:a");
    private static final DeviceId B = DeviceId.deviceId("of:b");

    private final InMemoryIntentFramework framework = new InMemoryIntentFramework();
    private final AtomicInteger changes = new AtomicInteger();
    private final RulePublisher publisher = publisher();

    @AfterEach
    void close() {
        publisher.close();
    }

    @Test
    void publishesAndWithdraws() {
        publisher.publish("k", List.of(rule(A, 1, 2), rule(B, 1, 2)));
        assertThat(publisher.state("k")).isEqualTo(PublicationState.PUBLISHED);
        assertThat(publisher.unconfirmed("k")).isEmpty();
        assertThat(changes).hasPositiveValue();

        publisher.withdraw("k", List.of());
        assertThat(publisher.state("k")).isEqualTo(PublicationState.ABSENT);
        assertThat(framework.rules()).isEmpty();
        assertThat(framework.size()).isZero();
    }

    @Test
    void leavesAloneWhatIsPublishedAlready() {
        publisher.publish("k", List.of(rule(A, 1, 2)));
        publisher.publish("k", List.of(rule(A, 1, 2)));
        assertThat(framework.history()).hasSize(1);
    }

    @Test
    void refusesRulesOfWhichASwitchWouldKeepOneOnly() {
        assertThatThrownBy(() -> publisher.publish("k", List.of(rule(A, 1, 2), rule(A, 1, 3))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(publisher.state("k")).isEqualTo(PublicationState.ABSENT);
    }

    @Test
    void withdrawsWhatWasNeverThereWithoutHarm() {
        publisher.withdraw("k", List.of(rule(A, 1, 2)));
        assertThat(publisher.state("k")).isEqualTo(PublicationState.ABSENT);
        assertThat(framework.rules()).isEmpty();
    }

    @Test
    void waitsForTheFrameworkAndSkipsWhatIsOutdated() {
        framework.hold();
        publisher.publish("k", List.of(rule(A, 1, 2)));
        publisher.publish("k", List.of(rule(A, 3, 2)));
        publisher.publish("k", List.of(rule(A, 5, 2)));
        assertThat(publisher.state("k")).isEqualTo(PublicationState.PUBLISHING);
        framework.releaseOne();
        assertThat(publisher.state("k")).isEqualTo(PublicationState.PUBLISHING);
        framework.release();

        assertThat(publisher.state("k")).isEqualTo(PublicationState.PUBLISHED);
        assertThat(framework.history()).hasSize(2);
        assertThat(framework.rules()).containsExactly(rule(A, 5, 2));
    }

    @Test
    void withdrawsAfterAnInstallationThatIsUnderWay() {
        framework.hold();
        publisher.publish("k", List.of(rule(A, 1, 2)));
        publisher.withdraw("k", List.of());
        assertThat(publisher.state("k")).isEqualTo(PublicationState.WITHDRAWING);
        framework.release();
        assertThat(publisher.state("k")).isEqualTo(PublicationState.ABSENT);
        assertThat(framework.rules()).isEmpty();
    }

    @Test
    void publishesAgainAfterAWithdrawalThatIsUnderWay() {
        publisher.publish("k", List.of(rule(A, 1, 2)));
        framework.hold();
        publisher.withdraw("k", List.of());
        publisher.publish("k", List.of(rule(A, 1, 3)));
        framework.release();
        assertThat(publisher.state("k")).isEqualTo(PublicationState.PUBLISHED);
        assertThat(framework.rules()).singleElement().satisfies(rule -> assertThat(rule.treatment())
                .isEqualTo(rule(A, 1, 3).treatment()));
    }

    @Test
    void saysWhichSwitchHasNotConfirmed() {
        framework.disconnect(B);
        publisher.publish("k", List.of(rule(A, 1, 2), rule(B, 1, 2)));
        assertThat(publisher.state("k")).isEqualTo(PublicationState.UNCONFIRMED);
        assertThat(publisher.unconfirmed("k")).containsExactly(B);
    }

    @Test
    void triesAgainWhenTheSwitchIsBack() {
        framework.disconnect(B);
        publisher.publish("k", List.of(rule(A, 1, 2), rule(B, 1, 2)));
        framework.reconnect(B);
        publisher.retry();
        assertThat(publisher.state("k")).isEqualTo(PublicationState.PUBLISHED);
        assertThat(framework.rules(B)).hasSize(1);
    }

    @Test
    void doesNotBelieveASuccessThatFollowsAFailure() {
        framework.refuse(rule -> rule.deviceId().equals(B));
        publisher.publish("k", List.of(rule(A, 1, 2), rule(B, 1, 2)));
        framework.cleanUp();
        publisher.verify();

        assertThat(framework.rules(B)).isEmpty();
        assertThat(publisher.state("k")).isEqualTo(PublicationState.UNCONFIRMED);
        assertThat(publisher.unconfirmed("k")).containsExactly(B);

        framework.refuse(rule -> false);
        framework.reconnect(B);
        publisher.verify();
        assertThat(publisher.state("k")).isEqualTo(PublicationState.PUBLISHED);
    }

    @Test
    void repairsAChangeThatTheFrameworkHasLost() {
        publisher.publish("k", List.of(rule(A, 1, 2), rule(B, 1, 2)));
        framework.disconnect(B);
        publisher.publish("k", List.of(rule(A, 1, 3), rule(B, 1, 3)));
        framework.cleanUp();
        framework.reconnect(B);
        publisher.retry();
        publisher.verify();

        assertThat(publisher.state("k")).isEqualTo(PublicationState.PUBLISHED);
        assertThat(framework.rules(B)).singleElement().satisfies(rule -> assertThat(rule.treatment())
                .isEqualTo(rule(B, 1, 3).treatment()));
    }

    @Test
    void leavesNothingBehindOfASetThatWasReplacedInAFailure() {
        publisher.publish("k", List.of(rule(A, 1, 2), rule(B, 1, 2)));
        framework.disconnect(B);
        publisher.publish("k", List.of(rule(A, 1, 2), rule(B, 3, 2)));
        publisher.publish("k", List.of(rule(A, 1, 2)));
        framework.cleanUp();
        publisher.verify();
        framework.reconnect(B);
        framework.cleanUp();
        publisher.retry();

        assertThat(publisher.state("k")).isEqualTo(PublicationState.PUBLISHED);
        assertThat(framework.rules()).containsExactly(rule(A, 1, 2));
    }

    @Test
    void finishesAWithdrawalWhenTheSwitchIsBack() {
        publisher.publish("k", List.of(rule(A, 1, 2), rule(B, 1, 2)));
        framework.disconnect(B);
        publisher.withdraw("k", List.of());
        assertThat(publisher.state("k")).isEqualTo(PublicationState.WITHDRAWAL_UNCONFIRMED);
        assertThat(publisher.unconfirmed("k")).containsExactly(B);

        framework.reconnect(B);
        framework.cleanUp();
        assertThat(publisher.state("k")).isEqualTo(PublicationState.ABSENT);
        assertThat(framework.rules()).isEmpty();
    }

    @Test
    void claimsTheRulesOfALifeBefore() {
        publisher.publish("k", List.of(rule(A, 1, 2)));
        publisher.close();
        framework.forget();

        RulePublisher next = publisher();
        next.withdraw("k", List.of(rule(A, 1, 2)));

        assertThat(next.state("k")).isEqualTo(PublicationState.ABSENT);
        assertThat(framework.rules()).isEmpty();
    }

    private RulePublisher publisher() {
        return new RulePublisher(APPLICATION, framework, framework.flowRules(), changes::incrementAndGet);
    }

    private static FlowRule rule(DeviceId device, int in, int out) {
        return DefaultFlowRule.builder().forDevice(device).fromApp(APPLICATION).withPriority(100).makePermanent()
                .withSelector(DefaultTrafficSelector.builder().matchInPort(PortNumber.portNumber(in)).build())
                .withTreatment(DefaultTrafficTreatment.builder().setOutput(PortNumber.portNumber(out)).build())
                .build();
    }
}
