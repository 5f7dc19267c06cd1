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
package org.roundtrip.detection.protocol;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.roundtrip.base.FieldError;
import org.roundtrip.base.InvalidRequestException;

import java.util.function.Consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What can't be probed with is refused, and the field is named. */
class ProbeSettingsTest {

    private static void assertRefused(String field, Consumer<ProbeSettings.Builder> change) {
        ProbeSettings.Builder settings = ProbeSettings.builder();
        change.accept(settings);
        assertThatThrownBy(settings::build).isInstanceOfSatisfying(
                InvalidRequestException.class,
                refusal -> assertThat(refusal.errors()).extracting(FieldError::field).containsExactly(field));
    }

    private static ProbeSettings http(Consumer<ProbeSettings.Builder> change) {
        ProbeSettings.Builder settings = ProbeSettings.builder();
        settings.type(ProbeType.HTTP);
        change.accept(settings);
        return settings.build();
    }

    @Test
    void timesAndCountsHaveBounds() {
        assertRefused("interval", settings -> settings.interval(99).timeout(20));
        assertRefused("interval", settings -> settings.interval(3_600_001).timeout(20));
        assertRefused("retry-interval", settings -> settings.retryInterval(9));
        assertRefused("retry-interval", settings -> settings.interval(500).retryInterval(501));
        assertRefused("timeout", settings -> settings.timeout(9));
        assertRefused("timeout", settings -> settings.interval(500).timeout(501));
        assertRefused("jitter", settings -> settings.jitter(51));
        assertRefused("jitter", settings -> settings.jitter(-1));
        assertRefused("rise", settings -> settings.rise(0));
        assertRefused("rise", settings -> settings.rise(101));
        assertRefused("fall", settings -> settings.fall(0));
        assertRefused("fall", settings -> settings.fall(101));
    }

    @Test
    void portHasBoundsAndIcmpHasNone() {
        assertRefused("port", settings -> settings.port(0));
        assertRefused("port", settings -> settings.port(65_536));
        assertRefused("port", settings -> settings.type(ProbeType.ICMP).port(7));
        assertThat(ProbeSettings.builder().port(65_535).build().port()).contains(65_535);
    }

    @Test
    void whatOnlyOtherTypesHaveIsRefused() {
        for (ProbeType type : new ProbeType[]{ProbeType.TCP, ProbeType.UDP, ProbeType.ICMP}) {
            assertRefused("method", settings -> settings.type(type).method("HEAD"));
            assertRefused("path", settings -> settings.type(type).path("/x"));
            assertRefused("host", settings -> settings.type(type).host("example.org"));
            assertRefused("expected-status", settings -> settings.type(type).expectedStatus("200"));
            assertRefused("expected-body", settings -> settings.type(type).expectedBody("ok"));
        }
        for (ProbeType type : new ProbeType[]{ProbeType.TCP, ProbeType.HTTP, ProbeType.UDP, ProbeType.ICMP}) {
            assertRefused("verify-certificate", settings -> settings.type(type).verifyCertificate(true));
        }
        for (ProbeType type : new ProbeType[]{ProbeType.TCP, ProbeType.HTTP, ProbeType.HTTPS, ProbeType.ICMP}) {
            assertRefused("payload", settings -> settings.type(type).payload("00"));
            assertRefused("expected-response", settings -> settings.type(type).expectedResponse("00"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GET /", "get", "G\u00c4T", "GET\r\nX: y", "CONNECT",
        "GETGETGETGETGETGETGETGETGETGETGET"})
    void methodIsAToken(String method) {
        assertRefused("method", settings -> settings.type(ProbeType.HTTP).method(method));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "health", "/a b", "/a\r\nHost: x", "/a#b", "/\u00e4", "http://x/"})
    void pathIsAbsoluteAndPlain(String path) {
        assertRefused("path", settings -> settings.type(ProbeType.HTTPS).path(path));
    }

    @Test
    void longPathIsRefusedWithoutExhaustingTheStack() {
        assertRefused("path", settings -> settings.type(ProbeType.HTTP).path("/%41".repeat(100_000)));
        assertThat(http(settings -> settings.path("/%41/b?c=d&e=%20")).path()).isEqualTo("/%41/b?c=d&e=%20");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a\r\nX: y", "a/b"})
    void hostIsANameOrAnAddress(String host) {
        assertRefused("host", settings -> settings.type(ProbeType.HTTP).host(host));
    }

    @ParameterizedTest
    @ValueSource(strings = {"example.org", "my_service", "10.0.0.1", "www.example.org:8080", "[2001:db8::1]"})
    void hostsAreTaken(String host) {
        assertThat(http(settings -> settings.host(host)).host()).contains(host);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "20", "2000", "099", "600", "300-200", "200-", "-200", "200,", ",200", "200, 204",
        "2xx", "200-299-300"})
    void expectedStatusHasASyntax(String status) {
        assertRefused("expected-status", settings -> settings.type(ProbeType.HTTP).expectedStatus(status));
    }

    @Test
    void longStatusIsRefusedWithoutExhaustingTheStack() {
        assertRefused("expected-status", settings -> settings.type(ProbeType.HTTP)
                .expectedStatus("200" + ",200".repeat(100_000)));
        assertThat(http(settings -> settings.expectedStatus("200,204,300-399")).expectedStatus())
                .isEqualTo("200,204,300-399");
    }

    @Test
    void bodyIsNotEmptyAndNotLong() {
        assertRefused("expected-body", settings -> settings.type(ProbeType.HTTP).expectedBody(""));
        assertRefused("expected-body", settings -> settings.type(ProbeType.HTTP).expectedBody("x".repeat(1_025)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0g", "00 00", "0x00", "\uff10\uff10"})
    void payloadIsHexadecimal(String payload) {
        assertRefused("payload", settings -> settings.type(ProbeType.UDP).payload(payload));
        assertRefused("expected-response", settings -> settings.type(ProbeType.UDP).expectedResponse(payload));
    }

    @Test
    void payloadFitsIntoOnePacket() {
        assertRefused("payload", settings -> settings.type(ProbeType.UDP).payload("00".repeat(1_201)));
        assertRefused("payload", settings -> settings.type(ProbeType.UDP).payload("00".repeat(1_000_000)));
        assertRefused("expected-response", settings -> settings.type(ProbeType.UDP).expectedResponse(""));
        assertThat(ProbeSettings.builder().type(ProbeType.UDP).payload("00aAfF").build().payload())
                .isEqualTo("00aAfF");
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnce() {
        assertThatThrownBy(() -> ProbeSettings.builder().interval(1).rise(0).port(0).payload("x").build())
                .hasMessageContainingAll("interval", "timeout", "rise", "port", "payload");
    }

    @Test
    void checksNameAddressesNotHosts() {
        Check check = Check.builder().id("1").service("s").member("m").target("169.254.128.1").port(80)
                .host("2001:db8::1").settings(ProbeSettings.builder().build()).build();

        assertThatThrownBy(() -> Check.builder().from(check).target("example.org").build())
                .hasMessage("target: must be an IPv4 or IPv6 address");
        assertThatThrownBy(() -> Check.builder().from(check).host("cafe").build()).hasMessageContaining("host");
        assertThatThrownBy(() -> Check.builder().from(check).port(0).build()).hasMessageContaining("port");
        assertThatThrownBy(() -> Check.builder().from(check).id("").build()).hasMessageContaining("id");
        assertThatThrownBy(() -> Check.builder().from(check).service("a\nb").build()).hasMessageContaining("service");
        assertThatThrownBy(() -> Check.builder().from(check)
                .settings(ProbeSettings.builder().type(ProbeType.ICMP).build()).build()).hasMessageContaining("port");
    }
}
