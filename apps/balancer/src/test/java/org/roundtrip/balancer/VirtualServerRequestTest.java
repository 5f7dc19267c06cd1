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
package org.roundtrip.balancer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.roundtrip.base.FieldError;
import org.roundtrip.base.InvalidRequestException;
import org.roundtrip.base.json.Json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class VirtualServerRequestTest {

    private static final String WHOLE = "{'name':'web','vip':'198.51.100.1','ports':['80'],"
            + "'members':[{'address':'192.0.2.1','port':8080}],'access-switches':['of:0000000000000001']%s}";

    @Test
    void fillsInWhatIsLeftOut() {
        VirtualServerRequest request = read(WHOLE.replace("%s", ""));

        assertThat(request.protocol()).isEqualTo(TransportProtocol.TCP);
        assertThat(request.segmentLength()).isEqualTo(24);
        assertThat(request.affinity()).isEqualTo(Affinity.CONNECTION);
        assertThat(request.drainTime()).isEqualTo(300);
        assertThat(request.panicThreshold()).isZero();
        assertThat(request.slowStart()).isZero();
        assertThat(request.members().get(0).weight()).isEqualTo(100);
        assertThat(request.members().get(0).state()).isEqualTo(MemberState.ENABLED);
        assertThat(request.members().get(0).id()).isEqualTo(MemberId.valueOf("192.0.2.1:8080"));
        assertThat(Json.read(Json.write(request), VirtualServerRequest.class)).isEqualTo(request);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "'name':'web'  | 'name':'a b'  | name  | letters",
        "'198.51.100.1'  | '224.0.0.1'  | vip   | of one host",
        "'198.51.100.1'  | '127.0.0.1'  | vip   | of one host",
        "'198.51.100.1'  | '169.254.1.1'  | vip   | link-local",
        "'198.51.100.1'  | '192.0.2.9'  | members[0].address | segment of",
        "'198.51.100.1'  | '2001:db8::1'  | members[0].address | IPv6",
        "'ports':['80']  | 'ports':[]  | ports | one or more",
        "'ports':['80']  | 'ports':['80','80-90']   | ports | once",
        "'ports':['80']  | 'ports':['80','80']  | ports[1] | twice",
        "'ports':['80']  | 'ports':['0']  | ports[0]  | 1 to 65535",
        "'ports':['80']  | 'ports':['90-80']  | ports[0]  | first",
        "'ports':['80']  | 'ports':['80-65536']     | ports[0]  | 65535",
        "'ports':['80']  | 'ports':['web']  | ports[0]  | a range",
        "'ports':['80']  | 'ports':['80','443']     | members[0].port    | left out",
        "'port':8080}  | 'port':8080},{'address':'192.0.2.1','port':8080} | members[1] | same",
        "'port':8080}  | 'port':-1} | members[0].port    | 1 to 65535",
        "'port':8080}  | 'weight':101}  | members[0].weight  | 0 to 100",
        "['of:0000000000000001'] | []  | access-switches    | one or",
        "['of:0000000000000001'] | ['of:0000000000000001','of:0000000000000001'] | access-switches[1] | twice",
        "%s  | ,'segment-length':0  | segment-length     | 1 to 31",
        "%s  | ,'segment-length':32     | segment-length     | 1 to 31",
        "%s  | ,'drain-time':86401  | drain-time  | 86400",
        "%s  | ,'slow-start':-1         | slow-start         | 3600 seconds",
        "%s  | ,'slow-start':3601       | slow-start         | 3600 seconds",
        "%s  | ,'panic-threshold':101   | panic-threshold    | percent",
        "%s  | ,'affinity':'love'  | affinity  | connection",
    })
    void refusesWithTheFieldAndTheRemedy(String part, String wrong, String field, String hint) {
        String json = WHOLE.replace(part, wrong).replace("%s", "");

        InvalidRequestException refusal = catchThrowableOfType(() -> read(json), InvalidRequestException.class);

        assertThat(refusal).isNotNull();
        FieldError error = refusal.errors().get(0);
        assertThat(error.field()).isEqualTo(field);
        assertThat(error.detail()).contains(hint);
    }

    @Test
    void aLongerSegmentMayHoldBoth() {
        String near = WHOLE.replace("192.0.2.1", "198.51.100.200");

        assertThat(read(near.replace("%s", ",'segment-length':25")).segmentLength()).isEqualTo(25);
    }

    private static VirtualServerRequest read(String json) {
        return Json.read(json.replace('\'', '"'), VirtualServerRequest.class);
    }
}
