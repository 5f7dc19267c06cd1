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
import org.onosproject.net.flow.FlowRuleOperations;
import org.onosproject.net.flow.TrafficTreatment;
import org.onosproject.store.serializers.KryoNamespaces;
import org.onosproject.store.service.Serializer;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

class RulePublisherTest {

    private static final ApplicationId APPLICATION = new DefaultApplicationId(7, "org.roundtrip.test");
    private static final DeviceId A = DeviceId.deviceId("of:a");
    private static final DeviceId B = DeviceId.deviceId("of:b");

    private final InMemoryIntentFramework framework = new InMemoryIntentFramework();
    private final AtomicInteger changes = new AtomicInteger();
    private Instant time = Instant.EPOCH;
    private final RulePublisher publisher = publisher();

    @AfterEach
    void close() {
        publisher.close();
    }

    @Test
    void publishesWhatTheIntentStoreCanCopy() {
        publisher.publish("key", List.of(rule(A, 1, 2)));

        // A store that can't copy an intent never tries again what has got stuck, nor tells other nodes of it.
        assertThat(framework.getIntents()).isNotEmpty().allSatisfy(
                intent -> assertThatCode(() -> Serializer.using(KryoNamespaces.API).copy(intent))
                        .doesNotThrowAnyException());
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

    @Test
    void removesRulesThatComeBackThoughNobodyWantsThem() {
        publisher.publish("k", List.of(rule(A, 1, 2)));
        publisher.publish("other", List.of(rule(B, 1, 2)));
        publisher.withdraw("other", List.of());
        framework.flowRules().apply(FlowRuleOperations.builder().add(rule(B, 1, 2)).build());

        assertThat(publisher.removeStrays()).isEqualTo(1);
        assertThat(publisher.removeStrays()).isZero();
        assertThat(framework.rules()).containsExactly(rule(A, 1, 2));
    }

    @Test
    void sendsAgainWhatTheStoreHasLost() {
        publisher.publish("k", List.of(rule(A, 1, 2), rule(A, 3, 2)));
        publisher.publish("whole", List.of(rule(B, 1, 2)));
        framework.flowRules().removeFlowRules(rule(A, 3, 2));

        assertThat(publisher.restoreMissing()).containsExactly("k");
        assertThat(publisher.restoreMissing()).isEmpty();
        assertThat(framework.rules()).containsExactlyInAnyOrder(rule(A, 1, 2), rule(A, 3, 2), rule(B, 1, 2));
    }

    @Test
    void takesNothingOnItsWayForAStray() {
        framework.slowDown(A);
        publisher.replace("k", List.of(List.of(rule(A, 1, 2)), List.of(rule(A, 3, 2))));
        framework.flowRules().apply(FlowRuleOperations.builder().add(rule(B, 1, 2)).build());

        assertThat(publisher.removeStrays()).isEqualTo(1);

        framework.answer(A);
        framework.answer(A);
        assertThat(framework.rules()).contains(rule(A, 3, 2)).doesNotContain(rule(B, 1, 2));
    }

    @Test
    void withdrawsAllOfOneKindAndNothingElse() {
        publisher.publish("one/a", List.of(rule(A, 1, 2)));
        publisher.publish("one/b", List.of(rule(B, 1, 2)));
        publisher.publish("other/a", List.of(rule(A, 3, 2)));

        publisher.withdrawAll(key -> key.startsWith("one/"));

        assertThat(publisher.state("one/a")).isEqualTo(PublicationState.ABSENT);
        assertThat(publisher.state("one/b")).isEqualTo(PublicationState.ABSENT);
        assertThat(publisher.state("other/a")).isEqualTo(PublicationState.PUBLISHED);
        assertThat(framework.rules()).containsExactly(rule(A, 3, 2));
    }

    @Test
    void withdrawsAllThatAnotherPublisherHasLeft() {
        publisher.publish("one/a", List.of(rule(A, 1, 2)));
        publisher.publish("other/a", List.of(rule(A, 3, 2)));
        publisher.close();

        try (RulePublisher next = publisher()) {
            next.withdrawAll(key -> key.startsWith("one/"));
        }

        assertThat(framework.rules()).containsExactly(rule(A, 3, 2));
        assertThat(framework.size()).isEqualTo(1);
    }

    @Test
    void withdrawsAllOfAnotherPublisherWhenTheSwitchIsBack() {
        publisher.publish("one/a", List.of(rule(A, 1, 2)));
        publisher.close();
        framework.disconnect(A);

        try (RulePublisher next = publisher()) {
            next.withdrawAll(key -> true);
            assertThat(next.state("one/a")).isEqualTo(PublicationState.WITHDRAWAL_UNCONFIRMED);
            framework.reconnect(A);
            next.retry();
            assertThat(next.state("one/a")).isEqualTo(PublicationState.ABSENT);
        }

        assertThat(framework.rules()).isEmpty();
    }

    @Test
    void withdrawsAllAlsoWhatTheFrameworkDoesNotShowYet() {
        framework.hold();
        publisher.publish("one/a", List.of(rule(A, 1, 2)));

        publisher.withdrawAll(key -> true);

        assertThat(publisher.state("one/a")).isEqualTo(PublicationState.WITHDRAWING);
        framework.release();
        assertThat(publisher.state("one/a")).isEqualTo(PublicationState.ABSENT);
        assertThat(framework.rules()).isEmpty();
    }

    @Test
    void leavesAloneTheIntentsOfOtherApplications() {
        publisher.publish("one/a", List.of(rule(A, 1, 2)));

        try (RulePublisher other = new RulePublisher(
                new DefaultApplicationId(8, "org.roundtrip.other"), framework, framework.flowRules(), key -> { })) {
            other.withdrawAll(key -> true);
        }

        assertThat(framework.rules()).containsExactly(rule(A, 1, 2));
    }

    @Test
    void repairsWhatAnOperatorHasDone() {
        publisher.publish("k", List.of(rule(A, 1, 2), rule(B, 1, 2)));
        framework.purge(rule(A, 1, 2));
        framework.plant(rule(B, 1, 9));
        framework.plant(rule(B, 7, 7));
        publisher.publish("k", List.of(rule(A, 1, 2), rule(B, 1, 2)));
        assertThat(framework.rules()).as("the framework believes that all is there")
                .containsExactlyInAnyOrder(rule(B, 1, 9), rule(B, 7, 7));

        publisher.repair("k", List.of(rule(B, 7, 7)));

        assertThat(publisher.state("k")).isEqualTo(PublicationState.PUBLISHED);
        assertThat(framework.rules()).containsExactlyInAnyOrder(rule(A, 1, 2), rule(B, 1, 2));
        assertThat(treatments(B)).containsExactly(rule(B, 1, 2).treatment());
        publisher.withdraw("k", List.of());
        assertThat(framework.rules()).isEmpty();
        assertThat(framework.size()).isZero();
    }

    @Test
    void doesNotRepairWhatIsOnItsWay() {
        publisher.repair("k", List.of());
        assertThat(publisher.state("k")).isEqualTo(PublicationState.ABSENT);
        framework.hold();
        publisher.publish("k", List.of(rule(A, 1, 2)));
        publisher.repair("k", List.of());
        assertThat(framework.history()).containsExactly("submit k");
        framework.release();

        framework.disconnect(A);
        publisher.publish("k", List.of(rule(A, 1, 3)));
        int before = framework.history().size();
        publisher.repair("k", List.of());
        assertThat(framework.history()).hasSize(before);
    }

    @Test
    void aRepairThatASwitchRefusesIsTriedAgain() {
        publisher.publish("k", List.of(rule(A, 1, 2)));
        framework.purge(rule(A, 1, 2));
        framework.disconnect(A);
        publisher.repair("k", List.of());
        assertThat(publisher.state("k")).isEqualTo(PublicationState.UNCONFIRMED);

        framework.reconnect(A);
        publisher.retry();

        assertThat(publisher.state("k")).isEqualTo(PublicationState.PUBLISHED);
        assertThat(framework.rules()).containsExactly(rule(A, 1, 2));
    }

    @Test
    void replacesAtOnceAndTellsTheFrameworkAfterwards() {
        publisher.publish("k", List.of(rule(A, 1, 2), rule(B, 1, 2)));
        framework.hold();
        publisher.replace("k", List.of(List.of(rule(A, 1, 3), rule(B, 1, 3))));

        assertThat(publisher.state("k")).isEqualTo(PublicationState.PUBLISHED);
        assertThat(treatments(A)).containsExactly(rule(A, 1, 3).treatment());
        assertThat(treatments(B)).containsExactly(rule(B, 1, 3).treatment());
        assertThat(framework.history()).startsWith("submit k").endsWith("submit k").hasSize(4);

        framework.release();
        assertThat(publisher.state("k")).isEqualTo(PublicationState.PUBLISHED);
        publisher.withdraw("k", List.of());
        assertThat(framework.rules()).isEmpty();
    }

    @Test
    void replacesInStagesOfWhichEachWaitsForEverySwitch() {
        publisher.publish("k", List.of(rule(A, 1, 2), rule(B, 1, 2)));
        framework.slowDown(B);
        publisher.replace("k", List.of(List.of(rule(A, 1, 8), rule(B, 1, 8)), List.of(rule(A, 1, 9), rule(B, 1, 9))));
        assertThat(treatments(A)).containsExactly(rule(A, 1, 8).treatment());
        assertThat(publisher.state("k")).isEqualTo(PublicationState.PUBLISHING);
        assertThat(publisher.unconfirmed("k")).containsExactly(B);
        int before = changes.get();

        framework.answer(B);
        assertThat(treatments(A)).containsExactly(rule(A, 1, 9).treatment());
        assertThat(publisher.state("k")).isEqualTo(PublicationState.PUBLISHING);
        assertThat(changes).hasValue(before);

        framework.answer(B);
        assertThat(treatments(B)).containsExactly(rule(B, 1, 9).treatment());
        assertThat(publisher.state("k")).isEqualTo(PublicationState.PUBLISHED);
        assertThat(changes).hasValue(before + 1);
    }

    @Test
    void tellsNoSwitchWhatItHasConfirmed() {
        publisher.publish("k", List.of(rule(A, 1, 2), rule(A, 5, 2), rule(B, 1, 2)));
        publisher.replace("k", List.of(List.of(rule(A, 1, 8), rule(A, 5, 2), rule(B, 1, 2)),
                                       List.of(rule(A, 1, 9), rule(A, 5, 2), rule(B, 1, 2), rule(B, 7, 2))));

        assertThat(publisher.confirmedStages("k")).extracting(stage -> stage.confirmed().keySet())
                .containsExactly(Set.of(A), Set.of(A, B));
        assertThat(framework.rules()).containsExactlyInAnyOrder(rule(A, 1, 9), rule(A, 5, 2), rule(B, 1, 2),
                                                                rule(B, 7, 2));
    }

    @Test
    void tellsASwitchAgainWhatItMayNotHave() {
        publisher.publish("k", List.of(rule(A, 1, 2), rule(B, 1, 2)));
        framework.refuse(rule -> rule.deviceId().equals(B));
        publisher.replace("k", List.of(List.of(rule(A, 1, 8), rule(B, 1, 8))));
        framework.refuse(rule -> false);
        publisher.replace("k", List.of(List.of(rule(A, 1, 8), rule(B, 1, 8), rule(A, 5, 2))));

        assertThat(treatments(B)).containsExactly(rule(B, 1, 8).treatment());
        assertThat(publisher.confirmedStages("k")).extracting(stage -> stage.confirmed().keySet())
                .containsExactly(Set.of(A, B));
    }

    @Test
    void replacesAgainAndAgainBeforeTheFrameworkIsTold() {
        List<Runnable> later = new ArrayList<>();
        try (RulePublisher patient = publisher(later::add)) {
            patient.publish("k", List.of(rule(A, 1, 2)));
            patient.replace("k", List.of(List.of(rule(A, 1, 3))));
            patient.replace("k", List.of(List.of(rule(A, 1, 4), rule(B, 1, 4))));
            patient.replace("k", List.of(List.of(rule(A, 1, 5))));

            assertThat(patient.state("k")).isEqualTo(PublicationState.PUBLISHED);
            assertThat(framework.rules()).containsExactly(rule(A, 1, 5));
            assertThat(framework.history()).containsOnlyOnce("submit k");

            later.forEach(Runnable::run);
            assertThat(framework.history()).filteredOn("submit k"::equals).hasSize(2);
            assertThat(patient.state("k")).isEqualTo(PublicationState.PUBLISHED);
            patient.withdraw("k", List.of());
            assertThat(framework.rules()).isEmpty();
        }
    }

    @Test
    void withdrawsWhatTheFrameworkHasNotBeenToldOf() {
        List<Runnable> later = new ArrayList<>();
        try (RulePublisher patient = publisher(later::add)) {
            patient.replace("k", List.of(List.of(rule(A, 1, 3))));
            patient.withdraw("k", List.of());
            later.forEach(Runnable::run);

            assertThat(patient.state("k")).isEqualTo(PublicationState.ABSENT);
            assertThat(framework.rules()).isEmpty();
        }
    }

    @Test
    void repairsWhatTheFrameworkHasNotBeenToldOf() {
        List<Runnable> later = new ArrayList<>();
        try (RulePublisher patient = publisher(later::add)) {
            patient.replace("k", List.of(List.of(rule(A, 1, 3))));
            framework.flowRules().removeFlowRules(rule(A, 1, 3));
            patient.repair("k", List.of());

            assertThat(framework.rules()).containsExactly(rule(A, 1, 3));
        }
    }

    @Test
    void tellsTheFrameworkBeforeItIsClosed() {
        List<Runnable> later = new ArrayList<>();
        try (RulePublisher patient = publisher(later::add)) {
            patient.replace("k", List.of(List.of(rule(A, 1, 3))));
        }
        later.forEach(Runnable::run);

        assertThat(framework.history()).containsOnlyOnce("submit k");
        assertThat(framework.rules()).containsExactly(rule(A, 1, 3));
    }

    @Test
    void saysWhenEachStageWasConfirmed() {
        publisher.publish("k", List.of(rule(A, 1, 2), rule(B, 1, 2)));
        framework.slowDown(B);
        publisher.replace("k", List.of(List.of(rule(A, 1, 8), rule(B, 1, 8)), List.of(rule(A, 1, 9), rule(B, 1, 9))));
        time = time.plusMillis(3);
        framework.answer(B);
        time = time.plusMillis(4);
        framework.answer(B);

        assertThat(publisher.confirmedStages("k")).containsExactly(
                ConfirmedStage.of(Instant.EPOCH, Map.of(A, Instant.EPOCH, B, Instant.ofEpochMilli(3))),
                ConfirmedStage.of(Instant.ofEpochMilli(3),
                                  Map.of(A, Instant.ofEpochMilli(3), B, Instant.ofEpochMilli(7))));
        assertThat(publisher.confirmedStages("k")).extracting(ConfirmedStage::longestDifference)
                .containsExactly(Duration.ofMillis(3), Duration.ofMillis(4));
        publisher.publish("k", List.of());
        assertThat(publisher.confirmedStages("k")).isEmpty();
    }

    @Test
    void removesWhatAStageDoesNotHave() {
        publisher.publish("k", List.of(rule(A, 1, 2), rule(A, 5, 2)));
        publisher.replace("k", List.of(List.of(rule(A, 1, 3), rule(A, 7, 3), rule(B, 7, 3)), List.of(rule(A, 1, 4))));
        assertThat(framework.rules()).containsExactly(rule(A, 1, 4));
        assertThat(publisher.state("k")).isEqualTo(PublicationState.PUBLISHED);
    }

    @Test
    void beginsWithAReplacement() {
        publisher.replace("k", List.of(List.of(rule(A, 1, 2)), List.of()));
        assertThat(framework.rules()).isEmpty();
        publisher.replace("k", List.of(List.of(rule(A, 1, 3))));
        assertThat(publisher.state("k")).isEqualTo(PublicationState.PUBLISHED);
        publisher.withdraw("k", List.of());
        assertThat(publisher.state("k")).isEqualTo(PublicationState.ABSENT);
        assertThat(framework.rules()).isEmpty();
        assertThat(framework.size()).isZero();
    }

    @Test
    void refusesReplacementsThatCanNotBe() {
        assertThatThrownBy(() -> publisher.replace("k", List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> publisher.replace("k", List.of(
                List.of(rule(A, 1, 2)), List.of(rule(A, 1, 3), rule(A, 1, 4)))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(publisher.state("k")).isEqualTo(PublicationState.ABSENT);
        assertThat(framework.history()).isEmpty();
    }

    @Test
    void doesNotReplaceWhatIsAsItShouldBe() {
        publisher.publish("k", List.of(rule(A, 1, 2)));
        publisher.replace("k", List.of(List.of(rule(A, 1, 8)), List.of(rule(A, 1, 2))));
        assertThat(framework.history()).hasSize(1);
    }

    @Test
    void askingForTheSameDoesNotDisturbAReplacement() {
        publisher.publish("k", List.of(rule(A, 1, 2)));
        framework.slowDown(A);
        publisher.replace("k", List.of(List.of(rule(A, 1, 8)), List.of(rule(A, 1, 9))));
        publisher.publish("k", List.of(rule(A, 1, 9)));
        publisher.replace("k", List.of(List.of(rule(A, 1, 9))));
        framework.answer(A);
        framework.answer(A);
        assertThat(publisher.confirmedStages("k")).hasSize(2);
        assertThat(publisher.state("k")).isEqualTo(PublicationState.PUBLISHED);
        assertThat(treatments(A)).containsExactly(rule(A, 1, 9).treatment());
    }

    @Test
    void replacesOnlyWhenTheFrameworkIsDone() {
        framework.hold();
        publisher.publish("k", List.of(rule(A, 1, 2)));
        publisher.replace("k", List.of(List.of(rule(A, 1, 3))));
        assertThat(framework.history()).containsExactly("submit k");
        framework.releaseOne();
        assertThat(treatments(A)).containsExactly(rule(A, 1, 3).treatment());
        assertThat(publisher.state("k")).isEqualTo(PublicationState.PUBLISHED);
        framework.release();
        assertThat(treatments(A)).containsExactly(rule(A, 1, 3).treatment());
    }

    @Test
    void replacesAgainWhenTheFrameworkHasBeenTold() {
        publisher.publish("k", List.of(rule(A, 1, 2)));
        framework.hold();
        publisher.replace("k", List.of(List.of(rule(A, 1, 3))));
        publisher.replace("k", List.of(List.of(rule(A, 1, 4))));
        assertThat(publisher.state("k")).isEqualTo(PublicationState.PUBLISHING);
        framework.release();
        assertThat(publisher.state("k")).isEqualTo(PublicationState.PUBLISHED);
        assertThat(treatments(A)).containsExactly(rule(A, 1, 4).treatment());
    }

    @Test
    void beginsNoFurtherStageAfterARefusal() {
        publisher.publish("k", List.of(rule(A, 1, 2), rule(B, 1, 2)));
        framework.refuse(rule -> rule.deviceId().equals(B));
        publisher.replace("k", List.of(List.of(rule(A, 1, 8), rule(B, 1, 8)), List.of(rule(A, 1, 9), rule(B, 1, 9))));

        assertThat(publisher.state("k")).isEqualTo(PublicationState.UNCONFIRMED);
        assertThat(publisher.unconfirmed("k")).containsExactly(B);
        assertThat(treatments(A)).containsExactly(rule(A, 1, 8).treatment());
        assertThat(publisher.confirmedStages("k")).isEmpty();

        framework.refuse(rule -> false);
        publisher.retry();
        assertThat(publisher.state("k")).isEqualTo(PublicationState.PUBLISHED);
        assertThat(publisher.confirmedStages("k")).hasSize(2);
        assertThat(treatments(B)).containsExactly(rule(B, 1, 9).treatment());
    }

    @Test
    void goesOnWhenTheCoreItselfHasPutRightWhatWasRefused() {
        publisher.publish("k", List.of(rule(A, 1, 2), rule(B, 1, 2)));
        framework.refuse(rule -> rule.deviceId().equals(B));
        publisher.replace("k", List.of(List.of(rule(A, 1, 8), rule(B, 1, 8)), List.of(rule(A, 1, 9), rule(B, 1, 9))));
        publisher.verify();
        assertThat(publisher.state("k")).isEqualTo(PublicationState.UNCONFIRMED);

        framework.refuse(rule -> false);
        framework.reconnect(B);
        publisher.verify();
        assertThat(publisher.state("k")).isEqualTo(PublicationState.PUBLISHED);
        assertThat(treatments(B)).containsExactly(rule(B, 1, 9).treatment());
    }

    @Test
    void aReplacementWaitsForASwitchThatIsAway() {
        publisher.publish("k", List.of(rule(A, 1, 2), rule(B, 1, 2)));
        framework.disconnect(B);
        publisher.replace("k", List.of(List.of(rule(A, 1, 3), rule(B, 1, 3))));
        assertThat(publisher.state("k")).isEqualTo(PublicationState.UNCONFIRMED);
        assertThat(publisher.unconfirmed("k")).containsExactly(B);
        publisher.retry();
        assertThat(publisher.state("k")).isEqualTo(PublicationState.UNCONFIRMED);

        framework.reconnect(B);
        publisher.retry();
        assertThat(publisher.state("k")).isEqualTo(PublicationState.PUBLISHED);
        assertThat(treatments(B)).containsExactly(rule(B, 1, 3).treatment());
    }

    @Test
    void anotherReplacementTakesOverFromOneThatWasRefused() {
        publisher.publish("k", List.of(rule(A, 1, 2), rule(B, 1, 2)));
        framework.refuse(rule -> rule.equals(rule(B, 3, 3)));
        publisher.replace("k", List.of(List.of(rule(A, 1, 3), rule(B, 3, 3))));
        assertThat(publisher.state("k")).isEqualTo(PublicationState.UNCONFIRMED);

        publisher.replace("k", List.of(List.of(rule(A, 1, 2), rule(B, 1, 2))));
        assertThat(publisher.state("k")).isEqualTo(PublicationState.PUBLISHED);
        assertThat(framework.rules()).containsExactlyInAnyOrder(rule(A, 1, 2), rule(B, 1, 2));
        assertThat(treatments(A)).containsExactly(rule(A, 1, 2).treatment());
    }

    @Test
    void anotherReplacementTakesOverFromOneThatIsUnderWay() {
        publisher.publish("k", List.of(rule(A, 1, 2), rule(B, 1, 2)));
        framework.slowDown(B);
        framework.refuse(rule -> rule.deviceId().equals(B));
        publisher.replace("k", List.of(List.of(rule(A, 5, 8), rule(B, 1, 8)), List.of(rule(A, 1, 9), rule(B, 1, 9))));
        publisher.replace("k", List.of(List.of(rule(A, 1, 4), rule(B, 1, 4))));
        framework.answer(B);
        framework.refuse(rule -> false);
        framework.answer(B);
        assertThat(publisher.state("k")).isEqualTo(PublicationState.PUBLISHED);
        assertThat(publisher.confirmedStages("k")).hasSize(1);
        assertThat(framework.rules()).containsExactlyInAnyOrder(rule(A, 1, 4), rule(B, 1, 4));
    }

    @Test
    void anOrdinaryPublicationTakesOverFromAReplacementAndLeavesNothingOfIt() {
        publisher.publish("k", List.of(rule(A, 1, 2)));
        framework.slowDown(A);
        publisher.replace("k", List.of(List.of(rule(A, 5, 2)), List.of(rule(A, 6, 2))));
        publisher.publish("k", List.of(rule(A, 7, 2)));
        framework.answer(A);
        assertThat(publisher.state("k")).isEqualTo(PublicationState.PUBLISHED);
        assertThat(framework.rules()).containsExactly(rule(A, 7, 2));
    }

    @Test
    void anOrdinaryPublicationTakesOverFromAReplacementThatWasRefused() {
        publisher.publish("k", List.of(rule(A, 1, 2), rule(B, 1, 2)));
        framework.refuse(rule -> rule.equals(rule(B, 5, 2)));
        publisher.replace("k", List.of(List.of(rule(A, 5, 2), rule(B, 5, 2))));
        framework.refuse(rule -> false);
        publisher.publish("k", List.of(rule(A, 7, 2)));
        publisher.verify();
        assertThat(publisher.state("k")).isEqualTo(PublicationState.PUBLISHED);
        assertThat(framework.rules()).containsExactly(rule(A, 7, 2));
    }

    @Test
    void withdrawsInTheMiddleOfAReplacement() {
        publisher.publish("k", List.of(rule(A, 1, 2), rule(B, 1, 2)));
        framework.slowDown(A);
        publisher.replace("k", List.of(List.of(rule(A, 5, 2), rule(B, 5, 2)), List.of(rule(A, 6, 2))));
        publisher.withdraw("k", List.of());
        assertThat(publisher.state("k")).isEqualTo(PublicationState.WITHDRAWING);
        framework.answer(A);
        assertThat(publisher.state("k")).isEqualTo(PublicationState.ABSENT);
        assertThat(framework.rules()).isEmpty();
        assertThat(framework.size()).isZero();
    }

    @Test
    void withdrawsAReplacementThatWasRefused() {
        publisher.publish("k", List.of(rule(A, 1, 2), rule(B, 1, 2)));
        framework.disconnect(B);
        publisher.replace("k", List.of(List.of(rule(A, 5, 2), rule(B, 5, 2))));
        publisher.withdraw("k", List.of());
        assertThat(publisher.state("k")).isEqualTo(PublicationState.WITHDRAWAL_UNCONFIRMED);
        assertThat(publisher.unconfirmed("k")).containsExactly(B);
        framework.reconnect(B);
        framework.cleanUp();
        assertThat(publisher.state("k")).isEqualTo(PublicationState.ABSENT);
        assertThat(framework.rules()).isEmpty();
    }

    @Test
    void theFirstStageAfterAFailureOfTheFrameworkGoesTheOrdinaryWay() {
        framework.disconnect(B);
        publisher.publish("k", List.of(rule(A, 1, 2), rule(B, 1, 2)));
        framework.reconnect(B);
        publisher.replace("k", List.of(List.of(rule(A, 1, 8), rule(B, 1, 8)), List.of(rule(A, 1, 9), rule(B, 1, 9))));
        publisher.verify();
        assertThat(publisher.state("k")).isEqualTo(PublicationState.PUBLISHED);
        assertThat(framework.history()).startsWith("submit k", "submit k").endsWith("submit k").hasSize(5);
        assertThat(treatments(B)).containsExactly(rule(B, 1, 9).treatment());
    }

    @Test
    void aFailureToTellTheFrameworkIsTriedAgain() {
        publisher.publish("k", List.of(rule(A, 1, 2), rule(B, 1, 2)));
        framework.hold();
        publisher.replace("k", List.of(List.of(rule(A, 1, 3), rule(B, 1, 3))));
        framework.disconnect(B);
        framework.release();
        assertThat(publisher.state("k")).isEqualTo(PublicationState.UNCONFIRMED);

        framework.reconnect(B);
        publisher.retry();
        publisher.verify();
        assertThat(publisher.state("k")).isEqualTo(PublicationState.PUBLISHED);
        assertThat(treatments(B)).containsExactly(rule(B, 1, 3).treatment());
    }

    @Test
    void leavesWhatIsUnderWayToTheNextPublisherWhenClosed() {
        publisher.publish("k", List.of(rule(A, 1, 2)));
        framework.slowDown(A);
        publisher.replace("k", List.of(List.of(rule(A, 1, 8)), List.of(rule(A, 1, 9))));
        publisher.close();
        framework.answer(A);
        assertThat(framework.history()).containsExactly("submit k", "apply of:a");
    }

    private List<TrafficTreatment> treatments(DeviceId device) {
        return framework.rules(device).stream().map(FlowRule::treatment).collect(Collectors.toList());
    }

    private RulePublisher publisher() {
        return publisher(Runnable::run);
    }

    private RulePublisher publisher(Executor later) {
        Clock clock = mock(Clock.class);
        when(clock.instant()).thenAnswer(call -> time);
        return new RulePublisher(APPLICATION, framework, framework.flowRules(), clock, later,
                                 () -> { }, key -> changes.incrementAndGet());
    }

    private static FlowRule rule(DeviceId device, int in, int out) {
        return DefaultFlowRule.builder().forDevice(device).fromApp(APPLICATION).withPriority(100).makePermanent()
                .withSelector(DefaultTrafficSelector.builder().matchInPort(PortNumber.portNumber(in)).build())
                .withTreatment(DefaultTrafficTreatment.builder().setOutput(PortNumber.portNumber(out)).build())
                .build();
    }
}
