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
package org.roundtrip.messaging.compute.network;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.onosproject.net.ConnectPoint;
import org.roundtrip.base.Status;
import org.roundtrip.messaging.configuration.DataCentre;
import org.roundtrip.tepath.TePath;
import org.roundtrip.tepath.TePathRequest;
import org.roundtrip.tepath.TePathState;

import java.time.Instant;
import java.util.List;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

class GatewayChoiceTest {

    private static final ConnectPoint ELSEWHERE = ConnectPoint.deviceConnectPoint("of:9/9");

    @ParameterizedTest
    @CsvSource({
        // Nothing is there yet: the first that works, or the first.
        "3,UP,of:1/1 of:2/1,1", "3,UP,of:2/1,2", "3,UP,'',1",
        // What is in use stays, whatever is known of ports.
        "2,UP,of:1/1 of:2/1,2", "2,UP,of:1/1,2", "2,INSTALLING,'',2",
        // What carries nothing stays if it is not because of the port.
        "2,DOWN,of:1/1 of:2/1,2", "2,DOWN,of:1/1,1", "2,DOWN,'',1",
        // What goes is not in use.
        "2,REMOVING,of:1/1 of:2/1,1"})
    void choosesAGateway(int used, TePathState state, String up, int chosen) {
        DataCentre dataCentre = DataCentre.builder().from(Sites.north()).gateways(List.of("of:1/1", "of:2/1")).build();
        Set<String> working = Set.of(up.split(" "));
        GatewayChoice choice = GatewayChoice.of(List.of(path(used, state)), port -> working.contains(port.toString()));
        assertThat(choice.gateway(dataCentre)).hasToString("of:" + chosen + "/1");
    }

    @ParameterizedTest
    @CsvSource({"DOWN,UP", "UP,DOWN"})
    void aGatewayThatCarriesForOthersStays(TePathState one, TePathState other) {
        DataCentre dataCentre = DataCentre.builder().from(Sites.north()).gateways(List.of("of:1/1", "of:2/1")).build();
        GatewayChoice choice = GatewayChoice.of(List.of(path(2, one), path(2, other)), port -> true);
        assertThat(choice.gateway(dataCentre)).hasToString("of:2/1");
    }

    private static TePath path(int device, TePathState state) {
        return TePath.builder().owner("org.roundtrip.messaging").status(Status.of(state, "so", Instant.EPOCH))
                .request(TePathRequest.builder().name("messaging.a.b").source(ELSEWHERE)
                                 .destination(ConnectPoint.deviceConnectPoint("of:" + device + "/1")).build())
                .build();
    }
}
