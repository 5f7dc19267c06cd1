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
package org.roundtrip.messaging;

import org.onosproject.net.DeviceId;
import org.onosproject.net.PortNumber;
import org.roundtrip.base.Status;
import org.roundtrip.messaging.configuration.Application;
import org.roundtrip.messaging.configuration.Compression;
import org.roundtrip.messaging.configuration.DataCentre;
import org.roundtrip.messaging.configuration.MessageQueue;
import org.roundtrip.messaging.configuration.MessageRoute;
import org.roundtrip.messaging.configuration.MessagingConfiguration;
import org.roundtrip.messaging.configuration.ProxyReport;
import org.roundtrip.messaging.configuration.QueueReport;
import org.roundtrip.messaging.configuration.RouteOrder;
import org.roundtrip.messaging.configuration.RouteReport;
import org.roundtrip.messaging.configuration.RouteState;
import org.roundtrip.tepath.Hop;
import org.roundtrip.tepath.StandbyState;
import org.roundtrip.tepath.TePathState;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;

/** What the examples beside the YANG module have. */
public final class MessagingExamples {

    public static final Instant NOON = Instant.parse("2026-01-15T12:00:00Z");

    private MessagingExamples() {
    }

    /** A shop in the north, its billing in the south. */
    public static MessagingConfiguration shop() {
        return MessagingConfiguration.builder().version(7)
                .addDataCentres(north(), DataCentre.builder().name("south")
                        .addBootstrapServers("kafka.south.example.net:9092").addGateways("of:00000000000000b1/1")
                        .addProxies("10.2.0.10").addBrokers("10.2.0.16/28:9092").build())
                .addApplications(Application.builder().name("shop").dataCentre("north").addTokens("ab".repeat(32))
                                         .build(),
                                 Application.builder().name("billing").dataCentre("south").build())
                .addQueues(orders(), MessageQueue.builder().name("receipts").addSenders("billing").processor("shop")
                        .partitions(4).privateTopic("shop.receipts").build())
                .addRoutes(route(), MessageRoute.builder().from("south").to("north").build())
                .addOrders(order())
                .build();
    }

    public static DataCentre north() {
        return DataCentre.builder().name("north")
                .addBootstrapServers("kafka-1.north.example.net:9092", "[2001:db8::1]:9092")
                .publicTopic("for.north").partitions(3).addGateways("of:00000000000000a1/1").addProxies("10.1.0.10")
                .build();
    }

    public static MessageQueue orders() {
        return MessageQueue.builder().name("orders").addSenders("shop").processor("billing").build();
    }

    public static MessageRoute route() {
        return MessageRoute.builder().from("north").to("south").cost(3).bandwidth(100_000_000).isProtected(true)
                .priority(7).timeToLive(Duration.ofHours(1)).maximumBacklog(5_000_000_000L)
                .compression(Compression.LZ4).build();
    }

    public static RouteOrder order() {
        return RouteOrder.builder().from("north").to("south").number(5).move(RouteOrder.Move.REWIND)
                .since(Instant.parse("2026-01-15T11:00:00Z")).build();
    }

    public static ProxyReport report() {
        return ProxyReport.builder().name("north-1").dataCentre("north").software("0.1.0").configurationVersion(7)
                .addRoutes(RouteReport.builder().from("north").to("south").state(RouteState.WAITING)
                                   .reason("kafka.south.example.net:9092 does not answer").since(NOON)
                                   .lastError("connection refused").order(5).partitions(8).backlogMessages(1_200)
                                   .backlogBytes(1_300_000).oldestAge(90_000).messageRate(0).byteRate(0)
                                   .sentMessages(50_000).deadLetters(1).latencyP50(900).latencyP99(2_500).build())
                .addQueues(QueueReport.builder().queue("receipts").backlogMessages(1).delivered(2_000).redelivered(3)
                                   .duplicates(4).deadLetters(5).build())
                .build();
    }

    public static List<ProxyStatus> proxies() {
        return List.of(
                ProxyStatus.builder().report(report()).reported(NOON.plusSeconds(60))
                        .status(Status.of(ProxyState.CURRENT, "it follows version 7", NOON)).build(),
                ProxyStatus.builder().report(ProxyReport.builder().name("south-1").dataCentre("south")
                                                     .software("0.1.0").build()).reported(NOON)
                        .status(Status.of(ProxyState.SILENT, "it has not told for longer than the 15 s of its lease",
                                          NOON.plusSeconds(15))).build());
    }

    public static List<RouteStatus> routes() {
        return List.of(
                RouteStatus.builder().route(route()).order(order()).addDataCentresBeyond("south").addProxies("north-1")
                        .status(Status.of(RouteState.WAITING, "kafka.south.example.net:9092 does not answer", NOON)
                                        .withError("connection refused"))
                        .orderDone(true).backlogMessages(1_200).backlogBytes(1_300_000).oldestAge(90_000)
                        .messageRate(0).byteRate(0).sentMessages(50_000).deadLetters(1).latencyP50(900)
                        .latencyP99(2_500).network(network()).build(),
                RouteStatus.builder().route(MessageRoute.builder().from("south").to("north").build())
                        .addDataCentresBeyond("north").orderDone(true)
                        .network(RouteNetwork.builder().status(Status.of(
                                NetworkState.NONE, "no bandwidth is configured for it", NOON)).build())
                        .status(Status.of(RouteState.UNKNOWN, "no routing proxy of south has told of it", NOON))
                        .build());
    }

    public static RouteNetwork network() {
        return RouteNetwork.builder()
                .status(Status.of(NetworkState.DEGRADED,
                                  "te-path messaging.north.south has no standby way yet: waiting for the switches",
                                  NOON))
                .addPaths(NetworkPath.builder().tePath("messaging.north.south").state(TePathState.UP)
                                  .bandwidth(100_000_000).standby(StandbyState.INSTALLING)
                                  .addHops(hop("a1", 1, 2, OptionalInt.empty(), OptionalInt.of(100_000)),
                                           hop("b1", 2, 1, OptionalInt.of(100_000), OptionalInt.empty()))
                                  .addStandbyHops(hop("a1", 1, 3, OptionalInt.empty(), OptionalInt.of(100_001)),
                                                  hop("c1", 1, 2, OptionalInt.of(100_001), OptionalInt.of(100_002)),
                                                  hop("b1", 3, 1, OptionalInt.of(100_002), OptionalInt.empty()))
                                  .build())
                .build();
    }

    private static Hop hop(String device, int in, int out, OptionalInt labelIn, OptionalInt labelOut) {
        return Hop.builder().device(DeviceId.deviceId("of:00000000000000" + device))
                .inPort(PortNumber.portNumber(in)).outPort(PortNumber.portNumber(out))
                .labelIn(labelIn.stream().boxed().findFirst()).labelOut(labelOut.stream().boxed().findFirst()).build();
    }

    public static List<ConfigurationVersion> versions() {
        return List.of(
                ConfigurationVersion.builder().version(6).time(NOON.minusSeconds(60)).author("onos")
                        .addChanges(ConfigurationChange.builder().item("queues/receipts")
                                            .kind(ConfigurationChange.Kind.ADDED).build()).build(),
                ConfigurationVersion.builder().version(7).time(NOON).author("onos").addAllChanges(changes()).build());
    }

    public static List<ConfigurationChange> changes() {
        return List.of(
                ConfigurationChange.builder().item("queues/returns").kind(ConfigurationChange.Kind.REMOVED).build(),
                ConfigurationChange.builder().item("routes/north/south").kind(ConfigurationChange.Kind.CHANGED)
                        .addFields(FieldChange.builder().name("cost").before("10").after("3").build(),
                                   FieldChange.builder().name("time-to-live").after("PT1H").build()).build());
    }
}
