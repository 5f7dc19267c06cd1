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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.roundtrip.detection.agent.compute.EchoMessage.Version;

import java.nio.ByteBuffer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

class UnreachableDatagramTest {

    private static final int SOURCE_PORT = 54_321;
    private static final int DESTINATION_PORT = 53;
    private static final int UDP = 17;
    private static final int TCP = 6;

    /** Returns an error that quotes as little as it must: the header of IP and eight octets (RFC 792). */
    private static ByteBuffer error(Version version, int type, int code, int protocol, int optionWords) {
        ByteBuffer error = ByteBuffer.allocate(200);
        if (version == Version.V4) {
            error.put((byte) 0x45).position(20);
        }
        error.put((byte) type).put((byte) code).position(error.position() + 6);
        int quoted = error.position();
        if (version == Version.V4) {
            error.put((byte) (0x45 + optionWords)).put(quoted + 9, (byte) protocol);
            error.position(quoted + 20 + 4 * optionWords);
        } else {
            error.put((byte) 0x60).put(quoted + 6, (byte) protocol).position(quoted + 40);
        }
        return error.putShort((short) SOURCE_PORT).putShort((short) DESTINATION_PORT).putInt(0).flip();
    }

    private static ByteBuffer error(Version version, int code) {
        return error(version, version.unreachable(), code, UDP, 0);
    }

    @ParameterizedTest
    @CsvSource({"V4, 3, connection refused", "V6, 4, connection refused", "V4, 13, administratively prohibited",
        "V6, 1, administratively prohibited", "V4, 1, host unreachable (ICMP code 1)",
        "V6, 3, host unreachable (ICMP code 3)"})
    void saysWhyADatagramDidNotArrive(Version version, int code, String reason) {
        assertThat(UnreachableDatagram.read(version, error(version, code))).contains(
                new UnreachableDatagram(SOURCE_PORT, DESTINATION_PORT, Outcome.bad(reason)));
    }

    @Test
    void skipsOptionsOfWhatIsQuoted() {
        assertThat(UnreachableDatagram.read(Version.V4, error(Version.V4, 3, 3, UDP, 5)))
                .map(UnreachableDatagram::sourcePort).contains(SOURCE_PORT);
    }

    @ParameterizedTest
    @EnumSource
    void ignoresWhatIsNotAboutDatagrams(Version version) {
        assertThat(UnreachableDatagram.read(version, error(version, version.unreachable(), 3, TCP, 0))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"V4, 0", "V4, 11", "V6, 2", "V6, 3", "V6, 129"})
    void ignoresOtherMessages(Version version, int type) {
        assertThat(UnreachableDatagram.read(version, error(version, type, 3, UDP, 0))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void ignoresWhatIsCutOffBeforeThePorts(Version version) {
        ByteBuffer whole = error(version, 3);
        // Four octets follow the ports.
        for (int length = 0; length < whole.limit() - 4; length++) {
            assertThat(UnreachableDatagram.read(version, whole.slice(0, length)))
                    .as("%d of %d bytes", length, whole.limit()).isEmpty();
        }
    }

    @Property
    void survivesAnyBytes(@ForAll byte[] bytes, @ForAll Version version) {
        assertThatCode(() -> UnreachableDatagram.read(version, ByteBuffer.wrap(bytes))).doesNotThrowAnyException();
    }
}
