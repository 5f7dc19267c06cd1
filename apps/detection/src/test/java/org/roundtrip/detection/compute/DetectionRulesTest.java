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
package org.roundtrip.detection.compute;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.onlab.packet.IpAddress;
import org.onlab.packet.MacAddress;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DeviceId;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.DefaultTrafficSelector;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.flow.FlowRule;
import org.roundtrip.base.flow.SwitchRules;
import org.roundtrip.detection.protocol.ProbeType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The rules of detection, each case as people read it in a file of its own. Agents are at the ports 9 of the switches 1
 * and 2.
 */
class DetectionRulesTest {

    private static final Path GOLDEN = Path.of("src", "test", "resources", "rules");
    private static final ApplicationId APPLICATION = new DefaultApplicationId(7, "org.roundtrip.detection");
    private static final PortNumber AGENT = PortNumber.portNumber(9);
    private static final Map<DeviceId, PortNumber> AGENTS = Map.of(device(1), AGENT, device(2), AGENT);
    private static final String VIP = "198.51.100.1";
    private static final String OTHER_VIP = "198.51.100.2";
    private static final String VIP6 = "2001:db8:1::1";

    private final DetectionRules rules = new DetectionRules(APPLICATION);

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "udp", "icmp", "ipv6", "two-services", "nobody"})
    void rulesAreAsInTheFile(String name) throws IOException {
        assertThat(RuleListing.of(rules.compile(Map.of(device(1), AGENT), paths(name))))
                .isEqualTo(Files.readString(GOLDEN.resolve(name + ".txt")));
    }

    private static List<ProbePath> paths(String name) {
        switch (name) {
            case "tcp":
                return List.of(path(1, VIP, 1, 1, ProbeTransport.TCP, 8080));
            case "udp":
                return List.of(path(1, VIP, 1, 1, ProbeTransport.UDP, 53));
            case "icmp":
                return List.of(path(1, VIP, 1, 1, ProbeTransport.ICMP, 0));
            case "ipv6":
                return Arrays.stream(ProbeTransport.values())
                        .map(transport -> path(1, VIP6, 1, 1, transport, transport == ProbeTransport.ICMP ? 0 : 53))
                        .collect(Collectors.toUnmodifiableList());
            case "two-services":
                return List.of(path(1, VIP, 1, 1, ProbeTransport.TCP, 80),
                               path(2, OTHER_VIP, 1, 1, ProbeTransport.TCP, 80));
            default:
                return List.of();
        }
    }

    @Test
    void membersAreProbedByTheAgentOfTheirSwitchOnly() {
        SortedMap<String, List<FlowRule>> compiled = rules.compile(AGENTS, List.of(
                path(1, VIP, 1, 1, ProbeTransport.TCP, 80), path(1, VIP, 2, 1, ProbeTransport.TCP, 80)));

        assertThat(compiled.keySet()).filteredOn(key -> key.startsWith("path/")).containsExactly(
                "path/" + device(1) + "/1/00:00:00:00:02:01/" + VIP + "/TCP/80",
                "path/" + device(2) + "/1/00:00:00:00:02:01/" + VIP + "/TCP/80");
        compiled.forEach((key, ofKey) -> assertThat(ofKey)
                .allSatisfy(rule -> assertThat(key).contains(rule.deviceId().toString())));
    }

    @Test
    void whereNoAgentIsThereAreNoRules() {
        assertThat(rules.compile(AGENTS, List.of(path(1, VIP, 3, 1, ProbeTransport.TCP, 80))))
                .isEqualTo(rules.compile(AGENTS, List.of()));
    }

    @Test
    void anAgentDoesNotProbeItself() {
        assertThat(rules.compile(AGENTS, List.of(path(1, VIP, 1, 9, ProbeTransport.TCP, 80))))
                .isEqualTo(rules.compile(AGENTS, List.of()));
    }

    @Test
    void anotherCheckTouchesNoRuleOfThoseBefore() {
        List<ProbePath> before = List.of(path(1, VIP, 1, 1, ProbeTransport.TCP, 80));
        List<ProbePath> after = List.of(path(1, VIP, 1, 1, ProbeTransport.UDP, 53), before.get(0),
                                        path(2, OTHER_VIP, 1, 1, ProbeTransport.TCP, 80),
                                        path(3, VIP, 1, 2, ProbeTransport.TCP, 80));

        assertThat(rules.compile(AGENTS, after)).containsAllEntriesOf(rules.compile(AGENTS, before));
    }

    @Test
    void aMemberThatGetsAnotherTargetHasItsRulesUnderTheSameKeys() {
        ProbePath before = path(1, VIP, 1, 1, ProbeTransport.TCP, 80);
        ProbePath after = path(2, VIP, 1, 1, ProbeTransport.TCP, 80);

        assertThat(rules.compile(AGENTS, List.of(after)).keySet())
                .isEqualTo(rules.compile(AGENTS, List.of(before)).keySet());
        assertThat(rules.compile(AGENTS, List.of(after, before))).isEqualTo(rules.compile(AGENTS, List.of(after)));
    }

    @Test
    void checksOfOnePathShareItsRules() {
        ProbePath path = path(1, VIP, 1, 1, ProbeTransport.of(ProbeType.TCP), 80);
        ProbePath same = path(1, VIP, 1, 1, ProbeTransport.of(ProbeType.HTTPS), 80);

        assertThat(rules.compile(AGENTS, List.of(path, same))).isEqualTo(rules.compile(AGENTS, List.of(path)));
    }

    @Test
    void noTwoRulesOfASwitchMatchTheSame() {
        List<ProbePath> many = IntStream.range(0, 60).mapToObj(i -> path(
                1 + i / 6, i / 6 % 2 == 0 ? VIP : VIP6, 1 + i % 2, 1 + i / 12,
                ProbeTransport.values()[i % 3], i % 3 == 2 ? 0 : 80)).collect(Collectors.toList());

        assertThat(all(rules.compile(AGENTS, many)).stream().map(
                rule -> rule.deviceId() + " " + rule.priority() + " " + rule.selector())).doesNotHaveDuplicates();
    }

    @Test
    void eachPurposeHasAPriorityOfItsOwnAboveOtherApplications() {
        assertThat(Arrays.stream(RulePurpose.values()).map(RulePurpose::priority)).doesNotHaveDuplicates()
                .allSatisfy(priority -> assertThat(priority).isBetween(44_000, 44_999));
        assertThat(Arrays.stream(RulePurpose.values()).map(RulePurpose::words)).doesNotHaveDuplicates();
    }

    @Test
    void aRuleOfSomebodyElseHasNoPurpose() {
        FlowRule rule = new SwitchRules(APPLICATION, device(1)).rule(
                0, 40_000, DefaultTrafficSelector.emptySelector(),
                DefaultTrafficTreatment.emptyTreatment());

        assertThatThrownBy(() -> RulePurpose.of(rule)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everyTypeOfProbeHasATransport() {
        assertThat(Arrays.stream(ProbeType.values()).map(ProbeTransport::of)).containsExactly(
                ProbeTransport.TCP, ProbeTransport.TCP, ProbeTransport.TCP, ProbeTransport.UDP, ProbeTransport.ICMP);
    }

    private static List<FlowRule> all(Map<String, List<FlowRule>> rules) {
        return rules.values().stream().flatMap(Collection::stream).collect(Collectors.toList());
    }

    private static ProbePath path(int target, String address, int device, int port, ProbeTransport transport,
                                  int memberPort) {
        IpAddress service = IpAddress.valueOf(address);
        return ProbePath.builder().target(ProbeAddresses.target(service.version(), target)).address(service)
                .mac(MacAddress.valueOf(0x200 + port))
                .attachment(new ConnectPoint(device(device), PortNumber.portNumber(port)))
                .transport(transport).port(memberPort).build();
    }

    private static DeviceId device(int number) {
        return DeviceId.deviceId(String.format("of:%016x", number));
    }
}
