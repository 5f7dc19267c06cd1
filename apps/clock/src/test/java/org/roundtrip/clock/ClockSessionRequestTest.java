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
package org.roundtrip.clock;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.roundtrip.base.FieldError;
import org.roundtrip.base.InvalidRequestException;
import org.roundtrip.base.json.Json;

import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class ClockSessionRequestTest {

    @Test
    void fillsInWhatIsLeftOut() {
        ClockSessionRequest request = read("{'name':'s','server':'10.0.0.1','client':'10.0.0.2'}");

        assertThat(request.transport()).isEqualTo(PtpTransport.UDP_IPV4);
        assertThat(request.delivery()).isEqualTo(PtpDelivery.MULTICAST);
        assertThat(request.tunnel().bandwidth()).isEqualTo(1_000_000);
    }

    @Test
    void takesTheLongestNameThatItsPathCanHave() {
        String name = "n".repeat(57);

        assertThat(read("{'name':'" + name + "','server':'10.0.0.1','client':'10.0.0.2'}").name()).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{'name':'s','server':'10.0.0.1'}                                      | client    | is missing",
        "{'name':'s','client':'10.0.0.2'}                                      | server    | is missing",
        "{'name':'s','server':'10.0.0.1','client':null}                        | client    | is missing",
        "{'name':'','server':'10.0.0.1','client':'10.0.0.2'}                   | name      | 1 to 63 letters",
        "{'name':'a b','server':'10.0.0.1','client':'10.0.0.2'}                | name      | 1 to 63 letters",
        "{'name':'a/../b','server':'10.0.0.1','client':'10.0.0.2'}             | name      | 1 to 63 letters",
        "{'name':'%58','server':'10.0.0.1','client':'10.0.0.2'}                | name      | at most 57",
        "{'name':'s','server':'x','client':'10.0.0.2'}                         | server    | write a host id",
        "{'name':'s','server':'10.0.0.1','client':[]}                          | client    | a string",
        "{'name':'s','server':'10.0.0.1','client':{}}                          | client    | a string",
        "{'name':'s','server':'10.0.0.1','client':7}                           | client    | a string",
        "{'name':'s','server':'10.0.0.1','client':'10.0.0.1'}                  | client    | another clock",
        "{'name':'s','server':'10.0.0.1','client':'10.0.0.2','transport':'udp'} | transport | udp-ipv6",
        "{'name':'s','server':'10.0.0.1','client':'10.0.0.2','delivery':'all'} | delivery  | multicast, unicast",
        "{'name':'s','server':'10.0.0.1','client':'10.0.0.2','domain':240}     | domain    | 0 to 239",
        "{'name':'s','server':'10.0.0.1','client':'10.0.0.2','priority':256}   | priority  | 0 to 255",
        "{'name':'s','server':'10.0.0.1','client':'10.0.0.2','bandwidth':1}    | bandwidth | unknown field",
        "{'name':'s','server':'10.0.0.1','client':'10.0.0.2','tunnel':{'bandwidth':-1}} | tunnel.bandwidth | 0 or more",
        "{'name':'s','server':'10.0.0.1','client':'10.0.0.2','tunnel':{'bandwidth':'1M'}} | tunnel.bandwidth | whole",
        "{'name':'s','server':'10.0.0.1','client':'10.0.0.2','tunnel':{'resume-delay':-1}} | tunnel.resume-delay | 0",
        "{'name':'s','server':'10.0.0.1','client':'10.0.0.2','monitoring':{'error-tolerance':-1}} "
                + "| monitoring.error-tolerance | 0 or more",
        "{'name':'s','name':'t','server':'10.0.0.1','client':'10.0.0.2'}       |           | Duplicate",
        "{'name':'s'                                                           |           | malformed",
        "[]                                                                    |           | an object",
        "null                                                                  |           | JSON object",
    })
    void refusesWithTheFieldAndTheRemedy(String json, String field, String hint) {
        InvalidRequestException refusal = catchThrowableOfType(
                () -> read(json.replace("%58", "n".repeat(58))), InvalidRequestException.class);

        assertThat(refusal).isNotNull();
        assertThat(refusal.errors()).hasSize(1);
        FieldError error = refusal.errors().get(0);
        assertThat(error.field()).isEqualTo(field == null ? "" : field);
        assertThat(error.detail()).contains(hint);
    }

    @Test
    void tellsOfAllThatIsWrongAtOnce() {
        InvalidRequestException refusal = catchThrowableOfType(
                () -> read("{'name':'1','server':'10.0.0.1','client':'10.0.0.1','domain':-1}"),
                InvalidRequestException.class);

        assertThat(refusal.errors().stream().map(FieldError::field).collect(Collectors.toList()))
                .containsExactly("name", "client", "domain");
    }

    private static ClockSessionRequest read(String json) {
        return Json.read(json.replace('\'', '"'), ClockSessionRequest.class);
    }
}
