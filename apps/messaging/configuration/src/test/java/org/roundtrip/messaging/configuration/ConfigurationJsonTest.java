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
package org.roundtrip.messaging.configuration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.roundtrip.base.FieldError;
import org.roundtrip.base.RequestException;
import org.roundtrip.base.json.Json;

import java.time.Duration;
import java.time.Instant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class ConfigurationJsonTest {

    private static final String DIGEST = "ab".repeat(32);

    private static final MessagingConfiguration EVERYTHING = MessagingConfiguration.builder()
            .version(9_007_199_254_740_993L)
            .addDataCentres(DataCentre.builder()
                                    .name("north")
                                    .addBootstrapServers("kafka-1.north.example.net:9092", "[2001:db8::1]:9092")
                                    .publicTopic("for.north")
                                    .partitions(3)
                                    .addGateways("of:0000000000000001/2")
                                    .addProxies("10.0.0.1", "2001:db8::2")
                                    .addBrokers("10.0.0.16/28:9092", "[2001:db8:1::/64]:9092")
                                    .build())
            .addApplications(Application.builder().name("shop").dataCentre("north").addTokens(DIGEST).build())
            .addQueues(MessageQueue.builder().name("orders").addSenders("shop").processor("billing")
                               .privateTopic("orders").partitions(1).build())
            .addRoutes(MessageRoute.builder()
                               .from("north").to("south").cost(3).bandwidth(10_000_000_000L).isProtected(true)
                               .priority(7).timeToLive(Duration.ofHours(1)).maximumBacklog(5_000_000_000L)
                               .compression(Compression.ZSTD).isPaused(true)
                               .build())
            .addOrders(RouteOrder.builder().from("north").to("south").number(4).move(RouteOrder.Move.REWIND)
                               .since(Instant.parse("2026-01-02T03:04:05Z")).build())
            .build();

    @Test
    void readsWhatItHasWritten() {
        assertThat(Json.read(Json.write(EVERYTHING), MessagingConfiguration.class)).isEqualTo(EVERYTHING);
        assertThat(Json.read(Json.write(Configurations.shop()), MessagingConfiguration.class))
                .isEqualTo(Configurations.shop());
    }

    @Test
    void writesAsYangEncodesJson() {
        assertThat(Json.write(EVERYTHING)).isEqualTo(json(
                "{'version':'9007199254740993',"
                        + "'data-centres':[{'name':'north','bootstrap-servers':['kafka-1.north.example.net:9092',"
                        + "'[2001:db8::1]:9092'],'public-topic':'for.north','partitions':3,"
                        + "'gateways':['of:0000000000000001/2'],'proxies':['10.0.0.1','2001:db8::2'],"
                        + "'brokers':['10.0.0.16/28:9092','[2001:db8:1::/64]:9092']}],"
                        + "'applications':[{'name':'shop','data-centre':'north','tokens':['" + DIGEST + "']}],"
                        + "'queues':[{'name':'orders','senders':['shop'],'processor':'billing',"
                        + "'private-topic':'orders','partitions':1}],"
                        + "'routes':[{'from':'north','to':'south','cost':3,'bandwidth':'10000000000','protected':true,"
                        + "'priority':7,'time-to-live':'PT1H','maximum-backlog':'5000000000','compression':'zstd',"
                        + "'paused':true}],"
                        + "'orders':[{'from':'north','to':'south','number':'4','move':'rewind',"
                        + "'since':'2026-01-02T03:04:05Z'}]}"));
    }

    @Test
    void readsReportsThatItHasWritten() {
        ProxyReport report = ProxyReport.builder().name("north-1").dataCentre("north").software("0.1.0")
                .configurationVersion(7).lease(30)
                .addRoutes(RouteReport.builder().from("north").to("south").state(RouteState.WAITING)
                                   .reason("south does not answer").since(Instant.parse("2026-01-02T03:04:05Z"))
                                   .lastError("timeout").order(4).partitions(8).backlogMessages(12).backlogBytes(3_456)
                                   .oldestAge(789).messageRate(1).byteRate(2).sentMessages(3).deadLetters(4)
                                   .latencyP50(900).latencyP99(2_500).build())
                .addQueues(QueueReport.builder().queue("receipts").backlogMessages(1).delivered(2).redelivered(3)
                                   .duplicates(4).deadLetters(5).build())
                .build();
        assertThat(Json.read(Json.write(report), ProxyReport.class)).isEqualTo(report);
        assertThat(Json.write(report)).contains(json("'state':'waiting'"), json("'latency-p99':'2500'"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{'name':'a','data-centre':'n','software':'1','lease':0} | lease",
        "{'name':'a','data-centre':'n','software':'1','configuration-version':-1} | configuration-version",
        "{'name':'a b','data-centre':'n','software':'1'} | name",
        "{'name':'a','data-centre':'','software':'1'} | data-centre",
        "{'name':'a','data-centre':'n'} | software",
        "{'name':'a','data-centre':'n','software':'1','routes':[{'from':'a','to':'b','state':'unknown','reason':'',"
                + "'since':'2026-01-02T03:04:05Z'}]} | routes[0].state",
        "{'name':'a','data-centre':'n','software':'1','routes':[{'from':'a','to':'b','state':'running','reason':'',"
                + "'since':'2026-01-02T03:04:05Z','backlog-bytes':-1}]} | routes[0].backlog-bytes",
        "{'name':'a','data-centre':'n','software':'1','queues':[{'queue':'q','delivered':-1}]} | queues[0].delivered"})
    void refusesReportsAndNamesTheField(String text, String field) {
        RequestException refusal = catchThrowableOfType(() -> Json.read(json(text), ProxyReport.class),
                                                        RequestException.class);
        assertThat(refusal).as(text).isNotNull();
        assertThat(refusal.errors()).extracting(FieldError::field).containsExactly(field);
    }

    @Test
    void fillsInWhatIsLeftOut() {
        MessageRoute route = Json.read(json("{'from':'a','to':'b'}"), MessageRoute.class);
        assertThat(route).isEqualTo(MessageRoute.builder().from("a").to("b").cost(10).bandwidth(0).isProtected(false)
                                            .priority(0).compression(Compression.NONE).isPaused(false).build());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{'version':1,'colour':'red'} | colour",
        "{'version':1,'routes':[{'from':'a','to':'b','speed':1}]} | routes[0].speed",
        "{'version':1,'version':2} | ''",
        "{} | version",
        "{'version':1,'data-centres':[{'name':'a'}]} | data-centres[0].bootstrap-servers",
        "{'version':1,'data-centres':[{'name':'1a','bootstrap-servers':['a:1']}]} | data-centres[0].name",
        "{'version':1,'data-centres':[{'name':'a','bootstrap-servers':['a']}]} | data-centres[0].bootstrap-servers[0]",
        "{'version':1,'data-centres':[{'name':'a','bootstrap-servers':['a:1','b:0']}]} "
                + "| data-centres[0].bootstrap-servers[1]",
        "{'version':1,'data-centres':[{'name':'a','bootstrap-servers':['a:65536']}]} "
                + "| data-centres[0].bootstrap-servers[0]",
        "{'version':1,'data-centres':[{'name':'a','bootstrap-servers':['[1::2::3]:1']}]} "
                + "| data-centres[0].bootstrap-servers[0]",
        "{'version':1,'data-centres':[{'name':'a','bootstrap-servers':['a:1','a:1']}]} "
                + "| data-centres[0].bootstrap-servers[1]",
        "{'version':1,'data-centres':[{'name':'a','bootstrap-servers':['a:1'],'public-topic':'x y'}]} "
                + "| data-centres[0].public-topic",
        "{'version':1,'data-centres':[{'name':'a','bootstrap-servers':['a:1'],'public-topic':'..'}]} "
                + "| data-centres[0].public-topic",
        "{'version':1,'data-centres':[{'name':'a','bootstrap-servers':['a:1'],'partitions':0}]} "
                + "| data-centres[0].partitions",
        "{'version':1,'data-centres':[{'name':'a','bootstrap-servers':['a:1'],'gateways':['s1']}]} "
                + "| data-centres[0].gateways[0]",
        "{'version':1,'data-centres':[{'name':'a','bootstrap-servers':['a:1'],'gateways':['of:1/99999999999']}]} "
                + "| data-centres[0].gateways[0]",
        "{'version':1,'data-centres':[{'name':'a','bootstrap-servers':['a:1'],'gateways':['of:[1/1']}]} "
                + "| data-centres[0].gateways[0]",
        "{'version':1,'data-centres':[{'name':'a','bootstrap-servers':['a:1'],'brokers':['a:9092']}]} "
                + "| data-centres[0].brokers[0]",
        "{'version':1,'data-centres':[{'name':'a','bootstrap-servers':['a:1'],'brokers':['10.0.0.1']}]} "
                + "| data-centres[0].brokers[0]",
        "{'version':1,'data-centres':[{'name':'a','bootstrap-servers':['a:1'],'brokers':['10.0.0.1:0']}]} "
                + "| data-centres[0].brokers[0]",
        "{'version':1,'data-centres':[{'name':'a','bootstrap-servers':['a:1'],'brokers':['10.0.0.256:1']}]} "
                + "| data-centres[0].brokers[0]",
        "{'version':1,'data-centres':[{'name':'a','bootstrap-servers':['a:1'],'brokers':['10.0.0.0/33:1']}]} "
                + "| data-centres[0].brokers[0]",
        "{'version':1,'data-centres':[{'name':'a','bootstrap-servers':['a:1'],'brokers':['[2001:db8::/129]:1']}]} "
                + "| data-centres[0].brokers[0]",
        "{'version':1,'data-centres':[{'name':'a','bootstrap-servers':['a:1'],'brokers':['2001:db8::1:9092']}]} "
                + "| data-centres[0].brokers[0]",
        "{'version':1,'data-centres':[{'name':'a','bootstrap-servers':['a:1'],'brokers':['10.0.0.1:1','10.0.0.1:1']}]} "
                + "| data-centres[0].brokers[1]",
        "{'version':1,'data-centres':[{'name':'a','bootstrap-servers':['a:1'],'proxies':['10.0.0.256']}]} "
                + "| data-centres[0].proxies[0]",
        "{'version':1,'data-centres':[{'name':'a','bootstrap-servers':['a:1'],'proxies':['host']}]} "
                + "| data-centres[0].proxies[0]",
        "{'version':1,'data-centres':[{'name':'a','bootstrap-servers':['a:1'],'proxies':[':']}]} "
                + "| data-centres[0].proxies[0]",
        "{'version':1,'applications':[{'name':'a','data-centre':'b','tokens':['secret']}]} | applications[0].tokens[0]",
        "{'version':1,'applications':[{'name':'a'}]} | applications[0].data-centre",
        "{'version':1,'queues':[{'name':'q','senders':['a','a'],'processor':'b'}]} | queues[0].senders[1]",
        "{'version':1,'queues':[{'name':'q','senders':['a'],'processor':'b','private-topic':''}]} "
                + "| queues[0].private-topic",
        "{'version':1,'queues':[{'name':'q','senders':['a'],'processor':'b','partitions':1001}]} "
                + "| queues[0].partitions",
        "{'version':1,'routes':[{'from':'a','to':'a'}]} | routes[0].to",
        "{'version':1,'routes':[{'from':'a','to':'b','cost':0}]} | routes[0].cost",
        "{'version':1,'routes':[{'from':'a','to':'b','bandwidth':-1}]} | routes[0].bandwidth",
        "{'version':1,'routes':[{'from':'a','to':'b','protected':true}]} | routes[0].protected",
        "{'version':1,'routes':[{'from':'a','to':'b','priority':8}]} | routes[0].priority",
        "{'version':1,'routes':[{'from':'a','to':'b','time-to-live':'PT0S'}]} | routes[0].time-to-live",
        "{'version':1,'routes':[{'from':'a','to':'b','maximum-backlog':1048575}]} | routes[0].maximum-backlog",
        "{'version':1,'routes':[{'from':'a','to':'b','compression':'rar'}]} | routes[0].compression",
        "{'version':1,'orders':[{'from':'a','to':'b','number':0,'move':'skip','since':'2026-01-02T03:04:05Z'}]} "
                + "| orders[0].number"})
    void refusesAndNamesTheField(String text, String field) {
        RequestException refusal = catchThrowableOfType(() -> Json.read(json(text), MessagingConfiguration.class),
                                                        RequestException.class);
        assertThat(refusal).as(text).isNotNull();
        assertThat(refusal.errors()).extracting(FieldError::field).containsExactly(field);
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }
}
