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
package org.roundtrip.openflow.link.compute;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.assertj.core.data.Offset;
import org.onlab.packet.ChassisId;
import org.onlab.packet.Ethernet;
import org.onlab.packet.MacAddress;
import org.onlab.packet.ONOSLLDP;
import org.onosproject.net.ConnectPoint;
import org.roundtrip.openflow.packet.compute.Frames;

import java.time.Duration;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

class ProbeCodecTest {

    private static final MacAddress FINGERPRINT = MacAddress.valueOf("02:eb:01:02:03:04");
    private static final String SECRET = "between us";
    private static final Duration MAX_AGE = Duration.ofMinutes(1);
    private static final ChassisId CHASSIS = new ChassisId(7);

    private final ProbeCodec codec = new ProbeCodec(FINGERPRINT, SECRET, MAX_AGE);

    @Property(tries = 100)
    void probeComesBackFromTheWire(@ForAll @IntRange(min = 1, max = 65_279) int port) {
        ConnectPoint source = ConnectPoint.deviceConnectPoint("of:0000000000000007/" + port);
        Optional<Probe> probe = codec.decode(wire(codec.encode(source, CHASSIS)));
        assertThat(probe).isPresent();
        assertThat(probe.get().source()).isEqualTo(source);
        assertThat(probe.get().timestamp()).isCloseTo(System.currentTimeMillis(), Offset.offset(10_000L));
    }

    @Example
    void bridgesDoNotPassItOn() {
        assertThat(codec.encode(port(), CHASSIS).getDestinationMAC())
                .isEqualTo(MacAddress.valueOf("01:80:c2:00:00:0e"));
    }

    @Example
    void otherClusterIsIgnored() {
        ProbeCodec other = new ProbeCodec(MacAddress.valueOf("02:eb:ff:ff:ff:ff"), SECRET, MAX_AGE);
        assertThat(codec.decode(wire(other.encode(port(), CHASSIS)))).isEmpty();
    }

    @Example
    void otherSecretIsRefused() {
        ProbeCodec forger = new ProbeCodec(FINGERPRINT, "guessed", MAX_AGE);
        assertThat(codec.decode(wire(forger.encode(port(), CHASSIS)))).isEmpty();
    }

    @Example
    void unsignedProbeIsRefused() {
        Ethernet frame = codec.encode(port(), CHASSIS);
        frame.setPayload(ONOSLLDP.onosSecureLLDP("of:0000000000000007", CHASSIS, 3, null));
        assertThat(codec.decode(wire(frame))).isEmpty();
    }

    @Example
    void oldProbeIsRefused() {
        ProbeCodec impatient = new ProbeCodec(FINGERPRINT, SECRET, Duration.ZERO);
        assertThat(impatient.decode(wire(codec.encode(port(), CHASSIS)))).isEmpty();
    }

    @Example
    void lldpOfAnyoneElseIsIgnored() {
        Ethernet frame = new Ethernet();
        frame.setSourceMACAddress("00:11:22:33:44:55");
        frame.setDestinationMACAddress("01:80:c2:00:00:0e");
        frame.setEtherType(Ethernet.TYPE_LLDP);
        assertThat(codec.decode(frame)).isEmpty();
    }

    /** A probe with any byte changed on the way is refused or, where the byte has no meaning, read as it was. */
    @Property(tries = 500)
    void changedProbeMakesNoOtherLink(@ForAll @IntRange(min = 0, max = 200) int position, @ForAll byte mask) {
        byte[] frame = codec.encode(port(), CHASSIS).serialize();
        frame[position % frame.length] ^= mask;
        Optional<Probe> probe = Frames.parse(frame).flatMap(codec::decode);
        assertThat(probe.map(Probe::source)).isIn(Optional.empty(), Optional.of(port()));
    }

    @Property(tries = 500)
    void nonsenseDoesNoHarm(@ForAll @Size(max = 300) byte[] nonsense) {
        byte[] frame = new byte[14 + nonsense.length];
        System.arraycopy(MacAddress.valueOf("01:80:c2:00:00:0e").toBytes(), 0, frame, 0, 6);
        System.arraycopy(FINGERPRINT.toBytes(), 0, frame, 6, 6);
        frame[12] = (byte) 0x88;
        frame[13] = (byte) 0xcc;
        System.arraycopy(nonsense, 0, frame, 14, nonsense.length);
        assertThatCode(() -> assertThat(Frames.parse(frame).flatMap(codec::decode)).isEmpty())
                .doesNotThrowAnyException();
    }

    private static ConnectPoint port() {
        return ConnectPoint.deviceConnectPoint("of:0000000000000007/3");
    }

    private static Ethernet wire(Ethernet frame) {
        return Frames.parse(frame.serialize()).orElseThrow();
    }
}
