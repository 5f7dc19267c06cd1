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
package org.roundtrip.messaging.proxy.record;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class HeadersTest {

    @Property
    void everyOriginIsReadAsItWasWritten(@ForAll("names") String dataCentre,
                                         @ForAll @IntRange int partition, @ForAll @LongRange(min = 0) long generation,
                                         @ForAll @LongRange(min = 0) long offset) {
        Origin origin = new Origin(dataCentre, partition, generation, offset);

        assertThat(Origin.parse(origin.bytes())).isEqualTo(origin);
        assertThat(origin.bytes()).asString(StandardCharsets.UTF_8).isEqualTo(origin.toString());
    }

    @Property
    void allRoutingInformationIsReadAsItWasWritten(@ForAll("names") String queue, @ForAll("names") String dataCentre,
                                                   @ForAll("addresses") List<String> management) {
        RoutingInformation routing = new RoutingInformation(queue, dataCentre, management);

        assertThat(RoutingInformation.parse(routing.bytes())).isEqualTo(routing);
    }

    @Property
    void allHopsAreReadAsTheyWereWritten(@ForAll("hops") List<String> names) {
        assertThat(Hops.parse(new Hops(names).bytes())).isEqualTo(new Hops(names));
    }

    @Property
    void everyNumberIsReadAsItWasWritten(@ForAll @LongRange(min = 0) long number) {
        assertThat(Decimal.parse("n", Decimal.bytes(number))).isEqualTo(number);
        assertThat(Decimal.bytes(number)).asString(StandardCharsets.US_ASCII).isEqualTo(Long.toString(number));
    }

    @Property
    void anyBytesAreReadOrRefusedByName(@ForAll @Size(max = 100) byte[] bytes) {
        isReadOrRefused(bytes, Origin::parse);
        isReadOrRefused(bytes, RoutingInformation::parse);
        isReadOrRefused(bytes, Hops::parse);
        isReadOrRefused(bytes, text -> Decimal.parse("roundtrip.accepted", text));
    }

    @Property
    void whatIsNearlyAnOriginIsReadOrRefusedByName(@ForAll("nearlyOrigins") String text) {
        isReadOrRefused(text.getBytes(StandardCharsets.UTF_8), Origin::parse);
    }

    @Property
    void whatIsReadAsAnOriginMeansWhatItSays(@ForAll("nearlyOrigins") String text) {
        try {
            Origin origin = Origin.parse(text.getBytes(StandardCharsets.UTF_8));
            assertThat(Origin.parse(origin.bytes())).isEqualTo(origin);
        } catch (MalformedHeaderException expected) {
            assertThat(expected).hasMessageContaining(HeaderNames.ORIGIN);
        }
    }

    private static void isReadOrRefused(byte[] bytes, Function<byte[], ?> reader) {
        try {
            assertThat(reader.apply(bytes)).isNotNull();
        } catch (MalformedHeaderException refused) {
            assertThat(refused).hasMessageStartingWith("Header roundtrip.");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":", ":::", "a", "a:1", "a:1:1", "a:1:1:", "a::1:1", ":1:1:1", "a:1:1:1:1", "a:-1:1:1",
                            "a:1:1:-1", "a:1:1:+1", "a:2147483648:1:1", "a:1:1:9223372036854775808",
                            "a:1:1:99999999999999999999", "a:1:1:1 ", " a:1:1:1", "a b:1:1:1", "é:1:1:1", "a:1:1:١"})
    void refusesWhatIsNoOrigin(String text) {
        assertThatThrownBy(() -> Origin.parse(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(MalformedHeaderException.class).hasMessageContaining(HeaderNames.ORIGIN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "orders", "orders b", "orders b ", "orders b b1", "orders b b1:", "orders b b1:9092,",
                            "orders b ,b1:9092", "orders b b1:9092 x", " orders b b1:9092", "orders  b1:9092",
                            "orders b b1:999999", "1 b b1:9092", "orders b b1:x", "orders\nb b1:9092"})
    void refusesWhatIsNoRoutingInformation(String text) {
        assertThatThrownBy(() -> RoutingInformation.parse(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(MalformedHeaderException.class).hasMessageContaining(HeaderNames.ROUTING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",", "a,", ",a", "a,,b", "a b", "a,b,c,d,e,f,g,h,i"})
    void refusesWhatAreNoHops(String text) {
        assertThatThrownBy(() -> Hops.parse(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(MalformedHeaderException.class).hasMessageContaining(HeaderNames.HOPS);
    }

    @Test
    void refusesToMakeWhatCouldNotBeRead() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Origin("a:b", 0, 0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Origin("a", -1, 0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new RoutingInformation("o", "b", List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new RoutingInformation("o", "b", List.of("b1:1,b2:2")));
        assertThatIllegalArgumentException().isThrownBy(() -> Decimal.bytes(-1));
    }

    @Test
    void aMessageDoesNotLeaveADataCentreTwiceNorTooMany() {
        Hops hops = Hops.NONE.with("a").with("t");
        Hops most = new Hops(List.of("a", "b", "c", "d", "e", "f", "g", "h"));

        assertThat(hops.mayLeave("b")).isTrue();
        assertThat(hops.mayLeave("a")).isFalse();
        assertThat(most.mayLeave("x")).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> most.with("x"));
    }

    @Test
    void applicationsKeepTheirOwnNames() {
        RecordHeaders headers = new RecordHeaders();
        headers.add(HeaderNames.SENDER, "shop".getBytes(StandardCharsets.UTF_8)).add("empty", null);

        assertThat(HeaderNames.isReserved(HeaderNames.HOPS)).isTrue();
        assertThat(HeaderNames.isReserved("content-type")).isFalse();
        assertThat(HeaderNames.value(headers, HeaderNames.SENDER)).hasValue("shop".getBytes(StandardCharsets.UTF_8));
        assertThat(HeaderNames.value(headers, "empty")).isEmpty();
        assertThat(HeaderNames.value(headers, "other")).isEmpty();
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.strings().withChars("abcXYZ019_.-").ofMaxLength(62).map(rest -> 'n' + rest);
    }

    @Provide
    Arbitrary<List<String>> addresses() {
        return Arbitraries.of("b1:9092", "10.0.0.1:1", "[2001:db8::1]:65535", "é.example:9092").list().ofMinSize(1)
                .ofMaxSize(5);
    }

    @Provide
    Arbitrary<List<String>> hops() {
        return names().list().ofMinSize(1).ofMaxSize(Hops.MOST);
    }

    @Provide
    Arbitrary<String> nearlyOrigins() {
        return Arbitraries.strings().withChars("ab:-09").ofMaxLength(40);
    }
}
