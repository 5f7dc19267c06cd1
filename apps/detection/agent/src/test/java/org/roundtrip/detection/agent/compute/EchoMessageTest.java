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
package org.roundtrip.detection.agent.compute;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.roundtrip.detection.agent.compute.EchoMessage.Answer;
import org.roundtrip.detection.agent.compute.EchoMessage.Version;

import java.nio.ByteBuffer;

import static org.assertj.core.api.Assertions.assertThat;

class EchoMessageTest {

    private static final long KEY = 0x1122334455667788L;

    private static byte[] ipv4(byte[] message) {
        return ByteBuffer.allocate(20 + message.length).put((byte) 0x45).position(20).put(message).array();
    }

    private static ByteBuffer received(Version version, byte[] message) {
        return ByteBuffer.wrap(version == Version.V4 ? ipv4(message) : message);
    }

    private static byte[] reply(Version version, long key, long probe) {
        byte[] reply = EchoMessage.request(version, key, probe);
        reply[0] = (byte) (version == Version.V4 ? 0 : 129);
        return reply;
    }

    private static byte[] error(Version version, int type, int code, byte[] quoted) {
        byte[] packet = version == Version.V4 ? ipv4(quoted)
                : ByteBuffer.allocate(40 + quoted.length).position(40).put(quoted).array();
        return ByteBuffer.allocate(8 + packet.length).put((byte) type).put((byte) code).position(8).put(packet).array();
    }

    @Test
    void hasTheChecksumOfTheRfc() {
        ByteBuffer request = ByteBuffer.wrap(EchoMessage.request(Version.V4, KEY, 99));
        int sum = 0;
        while (request.hasRemaining()) {
            sum += request.getShort() & 0xffff;
        }
        assertThat((sum & 0xffff) + (sum >>> 16)).as("RFC 1071: all ones").isEqualTo(0xffff);
    }

    @ParameterizedTest
    @EnumSource
    void knowsItsReply(Version version) {
        assertThat(EchoMessage.read(version, KEY, received(version, reply(version, KEY, 42))))
                .contains(new Answer(42, Outcome.good("echo reply")));
    }

    @ParameterizedTest
    @EnumSource
    void ignoresTheRepliesOfOthers(Version version) {
        assertThat(EchoMessage.read(version, KEY, received(version, reply(version, KEY + 1, 42)))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void ignoresRequests(Version version) {
        assertThat(EchoMessage.read(version, KEY, received(version, EchoMessage.request(version, KEY, 1)))).isEmpty();
    }

    @Test
    void readsErrorsThatQuoteARequest() {
        byte[] v4 = error(Version.V4, 3, 1, EchoMessage.request(Version.V4, KEY, 7));
        byte[] v6 = error(Version.V6, 1, 3, EchoMessage.request(Version.V6, KEY, 7));
        byte[] exceeded = error(Version.V4, 11, 0, EchoMessage.request(Version.V4, KEY, 7));

        assertThat(EchoMessage.read(Version.V4, KEY, received(Version.V4, v4)))
                .contains(new Answer(7, Outcome.bad("host unreachable (ICMP code 1)")));
        assertThat(EchoMessage.read(Version.V6, KEY, received(Version.V6, v6)))
                .contains(new Answer(7, Outcome.bad("host unreachable (ICMP code 3)")));
        assertThat(EchoMessage.read(Version.V4, KEY, received(Version.V4, exceeded)))
                .contains(new Answer(7, Outcome.bad("time exceeded")));
    }

    @ParameterizedTest
    @EnumSource
    void ignoresWhatIsCutOff(Version version) {
        byte[] whole = received(version, error(version, version == Version.V4 ? 3 : 1, 1,
                EchoMessage.request(version, KEY, 7))).array();
        for (int length = 0; length < whole.length; length++) {
            assertThat(EchoMessage.read(version, KEY, ByteBuffer.wrap(whole, 0, length).slice()))
                    .as("%d of %d bytes", length, whole.length).isEmpty();
        }
    }

    @Property
    void survivesAnyBytes(@ForAll byte[] bytes, @ForAll Version version) {
        assertThat(EchoMessage.read(version, KEY, ByteBuffer.wrap(bytes))).isEmpty();
    }
}
