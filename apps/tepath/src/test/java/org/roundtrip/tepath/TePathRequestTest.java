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
package org.roundtrip.tepath;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.roundtrip.base.FieldError;
import org.roundtrip.base.RequestException;
import org.roundtrip.base.json.Json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class TePathRequestTest {

    private static final String GOOD =
            "{'name':'a','source':'of:0000000000000001/1','destination':'of:0000000000000002/1'}";

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "'name':'1a'                                        | name            | letter",
        "'name':''                                          | name            | letter",
        "'source':'somewhere'                               | source          | of:",
        "'destination':'of:0000000000000001/1'              | destination     | another port",
        "'bandwidth':-1                                     | bandwidth       | 0 or more",
        "'bandwidth':'9223372036854775808'                  | bandwidth       | 64 bits",
        "'payload':'ipx'                                    | payload         | ipv4, ipv6, ptp",
        "'exclusive':'maybe'                                | exclusive       | true or false",
        "'colour':'red'                                     | colour          | unknown",
        "'forward-traffic':{}                               | forward-traffic | array",
        "'forward-traffic':[{'ip-protocol':256}]            | forward-traffic[0].ip-protocol | 255",
        "'forward-traffic':[{'ip-protocol':1,'source-port':1}] | forward-traffic[0].ip-protocol | UDP",
        "'forward-traffic':[{'ip-protocol':17,'source-port':65536}] | forward-traffic[0].source-port | 65535",
        "'forward-traffic':[{'ip-source':'10.0.0.300/8'}]   | forward-traffic[0].ip-source | prefix",
        "'forward-traffic':[{'ip-source':'::/0'}]           | forward-traffic[0].ip-source | ipv4",
        "'payload':'ptp','forward-traffic':[{'ip-source':'10.0.0.0/8'}] | forward-traffic[0].ip-source | no IP header",
        "'payload':'ptp','forward-traffic':[{'ip-protocol':17}] | forward-traffic[0].ip-protocol | no IP header",
        "'payload':'ipv6','reverse-traffic':[{},{'ip-destination':'10.0.0.0/8'}] | reverse-traffic[1] | ipv6",
        "'reverse-traffic':[{'ip-protocol':1},{'ip-protocol':1}] | reverse-traffic[1] | reverse-traffic[0]",
        "'forward-traffic':[{'tunnel-id':-1}]               | forward-traffic[0].tunnel-id | 0 to",
        "'reverse-traffic':[{'tunnel-id':'9223372036854775808'}] | reverse-traffic[0].tunnel-id | 64 bits",
        "'quiesce-time':-1                                  | quiesce-time | 0 to 60000",
        "'quiesce-time':60001                               | quiesce-time | 0 to 60000",
        "'quiesce-time':1                                   | quiesce-time | without quiesce",
        "'suspended':'maybe'                                | suspended | true or false",
        "'forward-traffic':[{'index':1}]                    | forward-traffic[0].index | 0",
        "'forward-traffic':[{'colour':'red'}]               | forward-traffic[0].colour | unknown",
        "'forward-traffic':[{'ip-protocol':17,'ip-protocol':17}] | forward-traffic[0] | uplicate",
    })
    void namesTheFieldAndWhatWouldBeRight(String members, String field, String hint) {
        String name = members.substring(1, members.indexOf('\'', 1));
        String json = GOOD.replaceAll("'" + name + "':'[^']*',?", "").replace("}", "").replaceAll(",$", "")
                + "," + members + "}";

        RequestException refusal = catchThrowableOfType(() -> read(json), RequestException.class);

        assertThat(refusal).as("refusal of %s", json).isNotNull();
        FieldError error = refusal.errors().get(0);
        assertThat(error.field()).startsWith(field);
        assertThat(error.detail()).contains(hint);
    }

    @Test
    void saysAllThatIsMissing() {
        RequestException refusal = catchThrowableOfType(() -> read("{}"), RequestException.class);
        assertThat(refusal.getMessage()).contains("name").contains("source").contains("destination");
    }

    @Test
    void fillsInDefaultsAndPositions() {
        TePathRequest request = read(GOOD.replace("}", ",'forward-traffic':[{},{'ip-protocol':17,'index':1}]}"));
        assertThat(request.bandwidth()).isZero();
        assertThat(request.payload()).isEqualTo(Payload.IPV4);
        assertThat(request.exclusive()).isFalse();
        assertThat(request.forwardTraffic()).extracting(match -> match.index().orElseThrow()).containsExactly(0, 1);
        assertThat(read(Json.write(request))).isEqualTo(request);
    }

    private static TePathRequest read(String json) {
        return Json.read(json.replace('\'', '"'), TePathRequest.class);
    }
}
