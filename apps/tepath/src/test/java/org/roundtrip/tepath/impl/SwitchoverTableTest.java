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
package org.roundtrip.tepath.impl;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.net.flow.DefaultFlowRule;
import org.onosproject.net.flow.DefaultTrafficSelector;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.instructions.Instructions;
import org.roundtrip.base.intent.InMemoryIntentFramework;
import org.roundtrip.base.intent.RulePublisher;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.roundtrip.tepath.impl.EmulatedNetwork.device;
import static org.roundtrip.tepath.impl.EmulatedNetwork.port;

class SwitchoverTableTest {

    private static final DefaultApplicationId APPLICATION = new DefaultApplicationId(1, "test");

    private final InMemoryIntentFramework framework = new InMemoryIntentFramework();
    private final RulePublisher publisher =
            new RulePublisher(APPLICATION, framework, framework.flowRules(), key -> { });
    private final List<String> fired = new CopyOnWriteArrayList<>();
    private final SwitchoverTable table = new SwitchoverTable(publisher, fired::add);

    @AfterEach
    void close() {
        table.close();
        publisher.close();
    }

    @Test
    void setsOffOnceWhatWaitsForAPort() {
        publisher.publish("a", List.of(rule(2)));
        table.arm("a", switchover("a", 0));
        table.arm("b", Switchover.builder().from(switchover("b", 0)).activePorts(List.of(port(9, 9))).build());
        table.fail(port(1, 2), Failure.PORT_DOWN, "broken");
        table.fail(port(2, 1), Failure.PORT_DOWN, "broken, too");
        await().untilAsserted(() -> assertThat(output()).isEqualTo(3));
        settle();
        assertThat(fired).containsExactly("a");
        assertThat(table.fired()).containsOnlyKeys("a");
        assertThat(table.fired().get("a").reason()).isEqualTo("broken");
        assertThat(table.fired().get("a").generation()).isEqualTo(7);
    }

    @Test
    void staysWhenTheStandbyWayHasFailedToo() {
        publisher.publish("a", List.of(rule(2)));
        table.arm("a", switchover("a", 0));
        table.fail(port(1, 3), Failure.LINK_LOST, "broken");
        table.fail(port(1, 2), Failure.PORT_DOWN, "broken");
        settle();
        assertThat(output()).isEqualTo(2);
        assertThat(table.fired()).isEmpty();
    }

    @Test
    void knowsThatALinkIsStillLostWhenItsPortIsUpAgain() {
        publisher.publish("a", List.of(rule(2)));
        table.arm("a", switchover("a", 0));
        table.fail(port(1, 3), Failure.PORT_DOWN, "broken");
        table.fail(port(1, 3), Failure.LINK_LOST, "broken");
        table.recover(port(1, 3), Failure.PORT_DOWN);
        table.fail(port(1, 2), Failure.PORT_DOWN, "broken");
        settle();
        assertThat(output()).isEqualTo(2);
        table.recover(port(1, 3), Failure.LINK_LOST);
        table.fail(port(1, 2), Failure.PORT_DOWN, "broken");
        await().untilAsserted(() -> assertThat(output()).isEqualTo(3));
    }

    @Test
    void waitsForTheHoldOffTime() {
        publisher.publish("a", List.of(rule(2)));
        table.arm("a", switchover("a", 3_600_000));
        table.fail(port(1, 2), Failure.PORT_DOWN, "broken");
        settle();
        assertThat(output()).isEqualTo(2);
    }

    @Test
    void forgetsAFailureThatEndsWithinTheHoldOffTime() {
        publisher.publish("a", List.of(rule(2)));
        publisher.publish("b", List.of(rule(2, 4)));
        table.arm("a", switchover("a", 200));
        table.arm("b", Switchover.builder().from(switchover("b", 400)).activePorts(List.of(port(8, 8))).build());
        table.fail(port(1, 2), Failure.PORT_DOWN, "broken");
        table.recover(port(1, 2), Failure.PORT_DOWN);
        table.fail(port(8, 8), Failure.PORT_DOWN, "broken");
        await().untilAsserted(() -> assertThat(fired).containsExactly("b"));
    }

    @Test
    void noticesWhatFailedJustBeforeItWasArmed() {
        publisher.publish("a", List.of(rule(2)));
        table.fail(port(1, 2), Failure.PORT_DOWN, "broken");
        settle();
        table.arm("a", switchover("a", 0));
        await().untilAsserted(() -> assertThat(output()).isEqualTo(3));
    }

    @Test
    void setsNothingOffThatIsDisarmedOrReplaced() {
        publisher.publish("a", List.of(rule(2)));
        table.arm("a", switchover("a", 0));
        table.arm("a", Switchover.builder().from(switchover("a", 0)).activePorts(List.of(port(5, 5))).build());
        table.fail(port(1, 2), Failure.PORT_DOWN, "broken");
        settle();
        assertThat(output()).isEqualTo(2);
        table.disarm("a");
        table.fail(port(5, 5), Failure.PORT_DOWN, "broken");
        settle();
        assertThat(output()).isEqualTo(2);
    }

    @Test
    void letsNothingOldBePublishedUntilItIsSettled() {
        publisher.publish("a", List.of(rule(2)));
        assertThat(table.unlessFired("a", () -> { })).isTrue();
        table.arm("a", switchover("a", 0));
        table.fail(port(1, 2), Failure.PORT_DOWN, "broken");
        await().untilAsserted(() -> assertThat(fired).isNotEmpty());
        assertThat(table.unlessFired("a", () -> publisher.publish("a", List.of(rule(2))))).isFalse();
        table.arm("a", switchover("a", 0));
        assertThat(output()).isEqualTo(3);
        table.settle("a");
        assertThat(table.fired()).isEmpty();
        assertThat(table.unlessFired("a", () -> { })).isTrue();
    }

    private static Switchover switchover(String key, int holdOff) {
        return Switchover.builder().generation(7).key(key).addStages(List.of(rule(3)))
                .activePorts(List.of(port(1, 2), port(2, 1))).standbyPorts(List.of(port(1, 3), port(3, 1)))
                .holdOff(Duration.ofMillis(holdOff)).build();
    }

    /** Returns when everything that was told before has been taken. */
    private void settle() {
        table.arm("probe", Switchover.builder().generation(1).key("probe").addStages(List.of(rule(1, 9)))
                .activePorts(List.of(port(7, 7))).holdOff(Duration.ZERO).build());
        table.fail(port(7, 7), Failure.PORT_DOWN, "probe");
        await().until(() -> fired.remove("probe"));
        table.settle("probe");
        table.recover(port(7, 7), Failure.PORT_DOWN);
    }

    private long output() {
        return framework.rules(device(1)).stream().filter(rule -> rule.priority() == 5)
                .map(rule -> (Instructions.OutputInstruction) rule.treatment().allInstructions().get(0))
                .findFirst().orElseThrow().port().toLong();
    }

    private static FlowRule rule(int output) {
        return rule(output, 5);
    }

    private static FlowRule rule(int output, int priority) {
        return DefaultFlowRule.builder().forDevice(device(1)).forTable(0).withPriority(priority).makePermanent()
                .fromApp(APPLICATION).withSelector(DefaultTrafficSelector.builder().matchInPort(port(1, 1).port())
                        .build())
                .withTreatment(DefaultTrafficTreatment.builder().setOutput(port(1, output).port()).build()).build();
    }
}
