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
package org.roundtrip.base.json;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.onlab.packet.IpAddress;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DeviceId;
import org.roundtrip.base.FieldError;
import org.roundtrip.base.InvalidRequestException;
import org.roundtrip.base.Status;
import org.roundtrip.base.Validation;
import org.roundtrip.base.ValueType;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class JsonTest {

    enum Colour { RED, DARK_GREEN }

    @Value.Immutable
    @ValueType
    @JsonSerialize(as = ImmutableInner.class)
    @JsonDeserialize(as = ImmutableInner.class)
    abstract static class Inner {
        abstract int portCount();

        @Value.Check
        protected void check() {
            new Validation().require(portCount() > 0, "port-count", "must be 1 or more").throwIfInvalid();
        }
    }

    @Value.Immutable
    @ValueType
    @JsonSerialize(as = ImmutableSample.class)
    @JsonDeserialize(as = ImmutableSample.class)
    abstract static class Sample {
        abstract ConnectPoint attachedTo();

        abstract long bandwidth();

        abstract Colour colour();

        abstract Optional<IpAddress> address();

        abstract Optional<DeviceId> device();

        abstract List<Inner> inner();

        @Value.Check
        protected void check() {
            new Validation().require(bandwidth() >= 0, "bandwidth", "must not be negative").throwIfInvalid();
        }
    }

    @Value.Immutable
    @ValueType
    @JsonSerialize(as = ImmutableSets.class)
    @JsonDeserialize(as = ImmutableSets.class)
    abstract static class Sets {
        abstract Set<DeviceId> devices();

        @Value.NaturalOrder
        abstract SortedSet<String> names();
    }

    private static final String GOOD = "{'attached-to':'of:0000000000000001/2','bandwidth':'9007199254740993',"
            + "'colour':'dark-green','inner':[{'port-count':3}]}";

    @Test
    void writesAsYangEncodesJson() {
        Sample sample = Json.read(json(GOOD), Sample.class);

        assertThat(Json.write(sample)).isEqualTo(json(
                "{'attached-to':'of:0000000000000001/2','bandwidth':'9007199254740993','colour':'dark-green',"
                        + "'inner':[{'port-count':3}]}"));
        assertThat(Json.read(Json.write(sample), Sample.class)).isEqualTo(sample);
    }

    @Test
    void readsLongsAlsoFromNumbers() {
        assertThat(Json.read(json(GOOD.replace("'9007199254740993'", "12")), Sample.class).bandwidth()).isEqualTo(12);
    }

    @Test
    void writesStatusWithTimesThatPeopleRead() {
        Status<Colour> status = Status.of(Colour.RED, "stop", Instant.parse("2026-01-02T03:04:05Z"));
        assertThat(Json.write(status))
                .isEqualTo(json("{'reason':'stop','since':'2026-01-02T03:04:05Z','state':'red'}"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "'bandwidth':'90071992547409930000000' | bandwidth | whole number",
        "'bandwidth':[]                        | bandwidth | whole number",
        "'bandwidth':1.5                       | bandwidth | whole number",
        "'bandwidth':-1                        | bandwidth | negative",
        "'colour':'blue'                       | colour | red, dark-green",
        "'colour':0                            | colour | red, dark-green",
        "'attached-to':'nonsense'              | attached-to | of:0000000000000001/2",
        "'attached-to':'a/b'                   | attached-to | of:0000000000000001/2",
        "'attached-to':''                      | attached-to | of:0000000000000001/2",
        "'address':'10.0.0.300'                | address | 2001:db8::1",
        "'device':'nonsense'                   | device | of:0000000000000001",
        "'device':'of:'                        | device | of:0000000000000001",
        "'inner':[{'port-count':1},{'port-count':'x'}] | inner[1].port-count | whole number",
        "'inner':[{'port-count':1,'portcount':2}]      | inner[0].portcount | port-count",
        "'inner':[{'port-count':1},{'port-count':0}]   | inner[1].port-count | 1 or more",
        "'inner':[{}]                          | inner[0].port-count | is missing",
        "'inner':3                             | inner | an array",
        "'surprise':3                          | surprise | unknown field",
    })
    void namesTheFieldAndWhatWouldBeRight(String member, String field, String hint) {
        String name = member.substring(1, member.indexOf('\'', 1));
        String json = GOOD.replaceAll("'" + name + "':('[^']*'|\\[\\{[^]]*])", member);
        if (json.equals(GOOD)) {
            json = GOOD.replace("}]}", "}]," + member + "}");
        }

        FieldError error = refusal(json(json)).errors().get(0);

        assertThat(error.field()).isEqualTo(field);
        assertThat(error.detail()).contains(hint);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{'names':['b','a','b']}                                          | names[2]   | twice: b",
        "{'devices':['of:0000000000000001','of:0000000000000001']}       | devices[1] | twice: of:",
    })
    void namesWhatIsTwiceInASet(String text, String field, String detail) {
        FieldError error = catchThrowableOfType(() -> Json.read(json(text), Sets.class),
                                                InvalidRequestException.class).errors().get(0);

        assertThat(error.field()).isEqualTo(field);
        assertThat(error.detail()).contains(detail);
    }

    @Test
    void readsSets() {
        Sets sets = Json.read(json("{'names':['b','a'],'devices':['of:0000000000000001']}"), Sets.class);

        assertThat(sets.names()).containsExactly("a", "b");
        assertThat(sets.devices()).containsExactly(DeviceId.deviceId("of:0000000000000001"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{            | malformed",
        "[]           | an object",
        "null         | no value",
        "``           | ",
        "{} {}        | ",
        "{'bandwidth':1,'bandwidth':2} | Duplicate",
    })
    void refusesWhatIsNotOneObject(String text, String hint) {
        assertThat(refusal(json(text)).getMessage()).contains(hint == null ? "" : hint);
    }

    @Test
    void saysWhatIsMissing() {
        assertThat(refusal("{}").errors()).containsExactly(
                FieldError.of("attached-to", "is missing"),
                FieldError.of("bandwidth", "is missing"),
                FieldError.of("colour", "is missing"));
    }

    @Test
    void takesANameThatIsGivenElsewhere() {
        String nameless = GOOD.replace("'colour':'dark-green',", "");

        assertThat(named(nameless).colour()).isEqualTo(Colour.RED);
        assertThat(named(GOOD).colour()).isEqualTo(Colour.DARK_GREEN);
        assertThat(named(nameless).inner()).hasSize(1);
    }

    @Test
    void refusesNamedValuesLikeAllOthers() {
        for (String wrong : List.of("", "{", "[]", "null", "{} {}", "'text'", "\uFFFE", "[".repeat(100_000),
                                    "{'inner':" + "[".repeat(100_000), "{'colour':'red','colour':'red'}",
                                    GOOD.replace("'9007199254740993'", "-1"), GOOD + GOOD, GOOD + "]",
                                    "{'surprise':" + "[".repeat(100_000) + "]".repeat(100_000) + "}")) {
            assertThat(catchThrowableOfType(() -> named(wrong), InvalidRequestException.class))
                    .as("refusal of %.50s", wrong).isNotNull();
        }
    }

    @Test
    void refusesBytesThatAreNoText() {
        for (byte[] bytes : List.of(new byte[]{(byte) 0xff, (byte) 0xfe}, new byte[]{0, 0, (byte) 0xff, (byte) 0xff},
                                    new byte[]{'{', '"', (byte) 0xc3, '"', '}'})) {
            assertThat(catchThrowableOfType(() -> Json.read(new ByteArrayInputStream(bytes), Sample.class),
                                            InvalidRequestException.class)).isNotNull();
            assertThat(catchThrowableOfType(() -> Json.read(new ByteArrayInputStream(bytes), Sample.class, "a", "b"),
                                            InvalidRequestException.class)).isNotNull();
        }
    }

    private static Sample named(String json) {
        return Json.read(new ByteArrayInputStream(json(json).getBytes(StandardCharsets.UTF_8)), Sample.class,
                         "colour", "red");
    }

    private static InvalidRequestException refusal(String json) {
        InvalidRequestException refusal = catchThrowableOfType(() -> Json.read(json, Sample.class),
                                                               InvalidRequestException.class);
        assertThat(refusal).as("refusal of %s", json).isNotNull();
        return refusal;
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }
}
