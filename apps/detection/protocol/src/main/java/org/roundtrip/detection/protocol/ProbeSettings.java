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

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;
import org.roundtrip.base.InvalidRequestException;
import org.roundtrip.base.Validation;
import org.roundtrip.base.ValueType;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How and how often a member is probed, and how many results make a verdict.
 */
@Value.Immutable
@ValueType
@JsonPropertyOrder({"type", "interval", "retryInterval", "timeout", "jitter", "rise", "fall", "port", "method", "path",
    "host", "verifyCertificate", "expectedStatus", "expectedBody", "payload", "expectedResponse"})
@JsonSerialize(as = ImmutableProbeSettings.class)
@JsonDeserialize(as = ImmutableProbeSettings.class)
public abstract class ProbeSettings {

    /** The shortest interval in milliseconds. */
    public static final int SHORTEST_INTERVAL = 100;

    /** The longest interval in milliseconds: an hour. */
    public static final int LONGEST_INTERVAL = 3_600_000;

    /** The shortest time in milliseconds between probes that are to make a verdict. */
    public static final int SHORTEST_RETRY_INTERVAL = 10;

    /** How many octets a UDP probe carries at most: what no link with IPv4 or IPv6 has to fragment. */
    public static final int GREATEST_PAYLOAD = 1_200;

    private static final int LONGEST_BODY = 1_024;
    /** The patterns below that repeat a group take stack for each repetition: what they see is bounded. */
    private static final int LONGEST_STATUS = 256;
    private static final String GOOD_STATUS = "200-399";

    private static final String OCTETS = "must be pairs of hexadecimal digits, at most " + GREATEST_PAYLOAD + " pairs";

    /** A token (RFC 9110, section 5.6.2) of letters, as all registered methods are. */
    private static final Pattern METHOD = Pattern.compile("[A-Z]{1,32}");
    /** Visible characters only, as anything else could end the line of the request, and no fragment. */
    private static final Pattern PATH = Pattern.compile("/[!-~&&[^#]]{0,2047}");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._\\[\\]:-]{1,260}");
    private static final Pattern STATUS_CODES =
            Pattern.compile("[1-5][0-9]{2}(-[1-5][0-9]{2})?(,[1-5][0-9]{2}(-[1-5][0-9]{2})?)*");
    private static final Pattern HEXADECIMAL = Pattern.compile("([0-9A-Fa-f]{2})*");

    /**
     * Returns how it is probed.
     *
     * @return TCP unless said otherwise
     */
    @Value.Default
    public ProbeType type() {
        return ProbeType.TCP;
    }

    /**
     * Returns the time from the beginning of a probe to that of the next.
     * Too short wears members out, too long finds failures late.
     *
     * @return milliseconds, {@link #SHORTEST_INTERVAL} to {@link #LONGEST_INTERVAL}; 1000 unless said otherwise
     */
    @Value.Default
    public int interval() {
        return 1_000;
    }

    /**
     * Returns the time from the beginning of a probe to that of the next while the last result is not what the verdict
     * says. Short ones make up one's mind soon, and cost nothing while all is well. Peers that do not know of this keep
     * to the interval.
     *
     * @return milliseconds, {@link #SHORTEST_RETRY_INTERVAL} to the interval, or empty for the interval
     */
    public abstract Optional<Integer> retryInterval();

    /**
     * Returns how long an answer may take. Too short takes slow members for dead ones.
     *
     * @return milliseconds, 10 to the interval; half of the interval unless said otherwise
     */
    @Value.Default
    public int timeout() {
        return interval() / 2;
    }

    /**
     * Returns by how much an interval may be longer or shorter by chance, so that probes do not come in bursts.
     *
     * @return percent, 0 to 50; 10 unless said otherwise
     */
    @Value.Default
    public int jitter() {
        return 10;
    }

    /**
     * Returns how many good results in a row make a member that is not up one that is.
     *
     * @return 1 to 100; 2 unless said otherwise
     */
    @Value.Default
    public int rise() {
        return 2;
    }

    /**
     * Returns how many bad results in a row make a member that is not down one that is.
     *
     * @return 1 to 100; 3 unless said otherwise
     */
    @Value.Default
    public int fall() {
        return 3;
    }

    /**
     * Returns to which port probes go, if not to that of the member.
     *
     * @return 1 to 65535, or empty for the port of the member
     */
    public abstract Optional<Integer> port();

    /**
     * Returns the method of the HTTP request.
     *
     * @return GET unless said otherwise
     */
    @Value.Default
    public String method() {
        return "GET";
    }

    /**
     * Returns the target of the HTTP request.
     *
     * @return an absolute path with its query (RFC 9112, section 3.2.1); / unless said otherwise
     */
    @Value.Default
    public String path() {
        return "/";
    }

    /**
     * Returns the field Host of the HTTP request, and the name that TLS asks for.
     *
     * @return a host, or empty for the address of the service
     */
    public abstract Optional<String> host();

    /**
     * Returns whether a member must prove by its certificate that it is the host, to whom the agent trusts (RFC 9110,
     * section 4.3.4). Peers that do not know of this do not verify.
     *
     * @return false unless said otherwise
     */
    @Value.Default
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    public boolean verifyCertificate() {
        return false;
    }

    /**
     * Returns which status codes of an HTTP response are good.
     *
     * @return codes and ranges, such as 200,204,300-399; 200-399 unless said otherwise
     */
    @Value.Default
    public String expectedStatus() {
        return GOOD_STATUS;
    }

    /**
     * Returns what the body of an HTTP response must contain, in its first 64 KiB.
     *
     * @return a text, or empty if any will do
     */
    public abstract Optional<String> expectedBody();

    /**
     * Returns what a UDP probe carries.
     *
     * @return hexadecimal digits; none unless said otherwise
     */
    @Value.Default
    public String payload() {
        return "";
    }

    /**
     * Returns how a response to a UDP probe must begin.
     *
     * @return hexadecimal digits, or empty if any will do
     */
    public abstract Optional<String> expectedResponse();

    /**
     * Refuses what can't be probed with.
     *
     * @throws InvalidRequestException naming the fields that are wrong
     */
    @Value.Check
    protected void check() {
        Validation validation = new Validation()
                .require(interval() >= SHORTEST_INTERVAL && interval() <= LONGEST_INTERVAL, "interval", "must be "
                        + SHORTEST_INTERVAL + " to " + LONGEST_INTERVAL + " milliseconds")
                .require(retryInterval().stream().allMatch(retry -> retry >= SHORTEST_RETRY_INTERVAL
                        && retry <= interval()), "retry-interval", "must be " + SHORTEST_RETRY_INTERVAL
                        + " milliseconds to the interval, " + interval())
                .require(timeout() >= 10 && timeout() <= interval(), "timeout", "must be 10 milliseconds to the"
                        + " interval, " + interval())
                .require(jitter() >= 0 && jitter() <= 50, "jitter", "must be 0 to 50 percent")
                .require(rise() >= 1 && rise() <= 100, "rise", "must be 1 to 100")
                .require(fall() >= 1 && fall() <= 100, "fall", "must be 1 to 100")
                .require(port().filter(port -> port < 1 || port > 65_535).isEmpty(), "port", "must be 1 to 65535")
                .require(port().isEmpty() || type() != ProbeType.ICMP, "port", "must be left out: ICMP has no ports");
        checkHttp(validation);
        checkUdp(validation);
        validation.throwIfInvalid();
    }

    private void checkHttp(Validation validation) {
        boolean http = type() == ProbeType.HTTP || type() == ProbeType.HTTPS;
        check(validation, http || method().equals("GET"), METHOD.matcher(method()).matches()
                && !method().equals("CONNECT"), "method", "must be a method of HTTP, such as GET, and not CONNECT");
        check(validation, http || path().equals("/"), PATH.matcher(path()).matches(), "path", "must begin with / and"
                + " have no spaces, such as /health?deep=1: write other characters than those of ASCII as %XX");
        check(validation, http || host().isEmpty(), host().filter(host -> !HOST.matcher(host).matches()).isEmpty(),
              "host", "must be a host, with a port if need be, such as www.example.org");
        check(validation, type() == ProbeType.HTTPS || !verifyCertificate(), true, "verify-certificate", "");
        check(validation, http || expectedStatus().equals(GOOD_STATUS), areStatusCodes(expectedStatus()),
              "expected-status", "must be codes and ranges of 100 to 599, such as 200,204,300-399, of at most "
                      + LONGEST_STATUS + " characters");
        check(validation, http || expectedBody().isEmpty(),
              expectedBody().filter(body -> body.isEmpty() || body.length() > LONGEST_BODY).isEmpty(),
              "expected-body", "must be 1 to " + LONGEST_BODY + " characters");
    }

    private void checkUdp(Validation validation) {
        boolean udp = type() == ProbeType.UDP;
        check(validation, udp || payload().isEmpty(), areOctets(payload()), "payload", OCTETS);
        check(validation, udp || expectedResponse().isEmpty(),
              expectedResponse().filter(octets -> octets.isEmpty() || !areOctets(octets)).isEmpty(),
              "expected-response", OCTETS + ", and at least one");
    }

    /** A field says what is wrong with it, or else that it is of no use. */
    private void check(Validation validation, boolean useful, boolean right, String field, String detail) {
        validation.require(right, field, detail)
                .require(useful || !right, field, "must be left out: a probe of type " + type() + " has none");
    }

    private static boolean areStatusCodes(String text) {
        return text.length() <= LONGEST_STATUS && STATUS_CODES.matcher(text).matches()
                && Arrays.stream(text.split(",")).map(range -> range.split("-"))
                .allMatch(range -> range[0].compareTo(range[range.length - 1]) <= 0);
    }

    private static boolean areOctets(String text) {
        return text.length() <= 2 * GREATEST_PAYLOAD && HEXADECIMAL.matcher(text).matches();
    }

    /**
     * Returns a builder.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Builds these values. */
    public static final class Builder extends ImmutableProbeSettings.Builder {
    }
}
