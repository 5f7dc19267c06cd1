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
package org.roundtrip.tepath.compute;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.onosproject.net.ConnectPoint;
import org.roundtrip.base.FieldError;
import org.roundtrip.base.json.Json;
import org.roundtrip.tepath.Payload;
import org.roundtrip.tepath.TePathRequest;
import org.roundtrip.tepath.TrafficMatch;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class TrafficOverlapTest {

    private static final ConnectPoint HERE = RandomNetwork.edge(0, 1);
    private static final ConnectPoint THERE = RandomNetwork.edge(1, 1);

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{}                           | {}                                             | true",
        "{'ip-protocol':17}           | {}                                             | true",
        "{'ip-protocol':17}           | {'ip-protocol':6}                              | false",
        "{'ip-source':'10.0.0.0/8'}   | {'ip-source':'10.1.0.0/16'}                    | true",
        "{'ip-source':'10.1.0.0/16'}  | {'ip-source':'10.0.0.0/8'}                     | true",
        "{'ip-source':'10.1.0.0/16'}  | {'ip-source':'10.2.0.0/16'}                    | false",
        "{'ip-source':'10.0.0.0/8'}   | {'ip-destination':'11.0.0.0/8'}                | true",
        "{'ip-protocol':17,'destination-port':319} | {'ip-protocol':17,'destination-port':320} | false",
        "{'ip-protocol':17,'destination-port':319} | {'ip-protocol':17,'source-port':320}      | true",
        "{'eth-source':'00:00:00:00:00:01'} | {'eth-source':'00:00:00:00:00:02'}       | false",
        "{'tunnel-id':1}              | {'tunnel-id':2}                                | false",
        "{'tunnel-id':1}              | {'tunnel-id':1}                                | true",
        "{'tunnel-id':1}              | {}                                             | true",
        "{}                           | {'tunnel-id':0}                                | true",
        "{'eth-destination':'00:00:00:00:00:01'} | {'eth-source':'00:00:00:00:00:02'}  | true",
    })
    void findsPacketsThatBothWouldTake(String one, String other, boolean overlap) {
        List<FieldError> errors = TrafficOverlap.find(path("new", HERE, THERE, match(one)),
                                                      List.of(path("old", HERE, THERE, match(other))));
        assertThat(errors.isEmpty()).isNotEqualTo(overlap);
    }

    @Test
    void namesTheFieldAndTheOtherPath() {
        TePathRequest request = path("new", HERE, THERE, match("{'ip-protocol':6}"), match("{'ip-protocol':17}"));
        assertThat(TrafficOverlap.find(request, List.of(path("old", HERE, THERE, match("{'ip-protocol':17}")))))
                .singleElement().satisfies(error -> {
                    assertThat(error.field()).isEqualTo("forward-traffic[1]");
                    assertThat(error.detail()).contains("path old").contains(HERE.toString());
                });
    }

    @Test
    void comparesWhatEntersAtOnePortWhicheverEndOfAPathItIs() {
        TePathRequest request = TePathRequest.builder().from(path("new", THERE, HERE))
                .addReverseTraffic(match("{}")).build();
        assertThat(TrafficOverlap.find(request, List.of(path("old", HERE, THERE, match("{}")))))
                .singleElement().satisfies(error -> assertThat(error.field()).isEqualTo("reverse-traffic[0]"));
    }

    @Test
    void leavesOtherPortsAndOtherPayloadsAlone() {
        TePathRequest request = path("new", HERE, THERE, match("{}"));
        assertThat(TrafficOverlap.find(request, List.of(
                path("elsewhere", RandomNetwork.edge(0, 2), THERE, match("{}")),
                TePathRequest.builder().from(path("ptp", HERE, THERE, match("{}"))).payload(Payload.PTP).build())))
                .isEmpty();
    }

    private static TePathRequest path(String name, ConnectPoint source, ConnectPoint destination,
                                      TrafficMatch... forward) {
        return TePathRequest.builder().name(name).source(source).destination(destination)
                .addForwardTraffic(forward).build();
    }

    private static TrafficMatch match(String json) {
        return Json.read(json.replace('\'', '"'), TrafficMatch.class);
    }
}
