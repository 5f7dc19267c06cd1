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
package org.roundtrip.detection;

import org.onlab.packet.IpAddress;
import org.onosproject.net.DeviceId;
import org.roundtrip.base.Status;
import org.roundtrip.detection.protocol.Latency;
import org.roundtrip.detection.protocol.ProbeSettings;
import org.roundtrip.detection.protocol.ProbeType;

import java.time.Instant;
import java.util.List;

/** What the tests of the faces show, and what is in the examples beside the YANG module. */
public final class DetectionExamples {

    private static final Instant NOON = Instant.parse("2026-01-15T12:00:00Z");

    private DetectionExamples() {
    }

    public static Detection names() {
        return Detection.builder().check(ServiceCheck.builder().service("balancer/names").profile("dns")
                                                 .address(IpAddress.valueOf("2001:db8:1::53")).members(List.of())
                                                 .build()).build();
    }

    public static Detection web() {
        return Detection.builder()
                .check(ServiceCheck.builder().service("balancer/web").profile("web")
                               .address(IpAddress.valueOf("198.51.100.1"))
                               .addMembers(member("192.0.2.1"), member("192.0.2.2"), member("192.0.2.3"),
                                           member("192.0.2.4"))
                               .build())
                .addMembers(
                        health("192.0.2.1", Status.of(HealthState.UP, "HTTP 200", NOON)).agent("node-1")
                                .lastProbe(NOON.plusMillis(60_250)).probes(3_000_000).failures(1)
                                .latency(Latency.builder().median(412).p95(1_500).p99(20_000).build()).build(),
                        health("192.0.2.2", Status.of(HealthState.DOWN, "connection refused", NOON.plusSeconds(30)))
                                .agent("node-1").lastProbe(NOON.plusSeconds(60)).probes(60).failures(60).build(),
                        health("192.0.2.3", Status.of(
                                HealthState.DOWN, "answers again, but is held down because it has failed too often:"
                                        + " HTTP 200", NOON.plusSeconds(40)).withError("timeout after 500 ms"))
                                .agent("node-2").lastProbe(NOON.plusSeconds(60)).probes(60).failures(7)
                                .latency(Latency.builder().median(900).p95(900).p99(900).build())
                                .heldUntil(NOON.plusSeconds(100)).build(),
                        health("192.0.2.4", Status.of(HealthState.UNKNOWN,
                                                      "no detection agent on of:0000000000000003", NOON)).build())
                .build();
    }

    public static List<Detection> services() {
        return List.of(names(), web());
    }

    public static DetectionProfile fast() {
        return profile("fast", ProbeSettings.builder().interval(100).retryInterval(20).timeout(80).rise(2).fall(2));
    }

    public static DetectionProfile dns() {
        return profile("dns", ProbeSettings.builder().type(ProbeType.UDP)
                .payload("5eed01000001000000000000000002000100").expectedResponse("5eed8180"));
    }

    public static DetectionProfile webProfile() {
        return profile("web", ProbeSettings.builder().type(ProbeType.HTTPS).interval(5_000).timeout(2_000).jitter(20)
                .rise(3).fall(4).port(8_443).method("HEAD").path("/healthz?deep=1").host("www.example.org")
                .verifyCertificate(true).expectedStatus("200,204").expectedBody("ok"));
    }

    public static List<DetectionProfile> profiles() {
        return List.of(dns(), fast(), webProfile());
    }

    public static DetectionAgentRequest agentRequest() {
        return DetectionAgentRequest.builder().name("node-1").device(DeviceId.deviceId("of:0000000000000001"))
                .port("detection").secret("correct horse battery staple").build();
    }

    public static DetectionAgent connected() {
        return DetectionAgent.builder().name("node-1").device(DeviceId.deviceId("of:0000000000000001"))
                .port("detection").peer("192.0.2.101:40112").version("0.1.0").checks(2).lateness(85L)
                .status(Status.of(AgentState.CONNECTED, "it reports", NOON)).build();
    }

    public static DetectionAgent silent() {
        return DetectionAgent.builder().name("node-2").device(DeviceId.deviceId("of:0000000000000002")).port("7")
                .version("0.1.0").checks(1)
                .status(Status.of(AgentState.SILENT, "the connection was closed; its lease goes on until"
                        + " 2026-01-15T12:01:10Z", NOON.plusSeconds(60))).build();
    }

    public static DetectionAgent waiting() {
        return DetectionAgent.builder().name("node-3").device(DeviceId.deviceId("of:0000000000000003")).port("7")
                .checks(0).status(Status.of(AgentState.WAITING, "it has never connected", NOON)).build();
    }

    public static List<DetectionAgent> agents() {
        return List.of(connected(), silent(), waiting());
    }

    public static List<DetectionAlarm> alarms() {
        return List.of(
                DetectionAlarm.builder().type(DetectionAlarmType.AGENT_SILENT).subject("node-2")
                        .since(NOON.plusSeconds(60)).reason("the connection was closed").build(),
                DetectionAlarm.builder().type(DetectionAlarmType.MEMBER_FLAPPING).subject("balancer/web 192.0.2.3:8080")
                        .since(NOON.plusSeconds(40)).reason("has failed too often").build());
    }

    public static List<DetectionChange> memberChanges() {
        return List.of(
                DetectionChange.builder().index(3).time(NOON).subject("balancer/web 192.0.2.2:8080").state("up")
                        .agent("node-1").reason("HTTP 200").build(),
                DetectionChange.builder().index(7).time(NOON.plusSeconds(30)).subject("balancer/web 192.0.2.2:8080")
                        .state("down").agent("node-1").reason("connection refused").build());
    }

    public static List<DetectionChange> agentChanges() {
        return List.of(DetectionChange.builder().index(1).time(NOON).subject("node-1").state("connected")
                               .reason("it reports").build());
    }

    private static DetectionProfile profile(String name, ProbeSettings.Builder settings) {
        return DetectionProfile.builder().name(name).settings(settings.build()).build();
    }

    private static CheckedMember member(String address) {
        return CheckedMember.builder().id(address + ":8080").address(IpAddress.valueOf(address)).port(8_080).build();
    }

    private static MemberHealth.Builder health(String address, Status<HealthState> status) {
        MemberHealth.Builder health = MemberHealth.builder();
        health.service("balancer/web").member(address + ":8080").status(status);
        return health;
    }
}
