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
package org.roundtrip.openflow.compute;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.meter.Band;
import org.onosproject.net.meter.DefaultBand;
import org.onosproject.net.meter.DefaultMeter;
import org.onosproject.net.meter.Meter;
import org.onosproject.net.meter.MeterFailReason;
import org.onosproject.net.meter.MeterFeatures;
import org.onosproject.net.meter.MeterId;
import org.onosproject.net.meter.MeterOperation;
import org.onosproject.net.pi.model.PiMeterId;
import org.onosproject.net.pi.runtime.PiMeterCellId;
import org.projectfloodlight.openflow.protocol.OFFactories;
import org.projectfloodlight.openflow.protocol.OFFactory;
import org.projectfloodlight.openflow.protocol.OFMeterMod;
import org.projectfloodlight.openflow.protocol.OFMeterModCommand;
import org.projectfloodlight.openflow.protocol.OFMeterModFailedCode;
import org.projectfloodlight.openflow.protocol.OFVersion;
import org.projectfloodlight.openflow.types.U64;

import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MeterCodecTest {

    private static final OFFactory FACTORY = OFFactories.getFactory(OFVersion.OF_13);
    private static final DeviceId DEVICE = DeviceId.deviceId("of:0000000000000001");
    private static final MeterCodec CODEC = new MeterCodec(FACTORY, DEVICE);

    static Stream<Meter> meters() {
        Band drop = DefaultBand.builder().ofType(Band.Type.DROP).withRate(0xffff_ffffL).burstSize(7).build();
        Band remark = DefaultBand.builder().ofType(Band.Type.REMARK).withRate(5).burstSize(8)
                .dropPrecedence((short) 2).build();
        return Stream.of(
                meter(Meter.Unit.KB_PER_SEC, drop).burst().build(),
                meter(Meter.Unit.PKTS_PER_SEC, remark).burst().build(),
                meter(Meter.Unit.PKTS_PER_SEC, DefaultBand.builder().ofType(Band.Type.DROP).withRate(0).build())
                        .build());
    }

    @ParameterizedTest
    @MethodSource("meters")
    void metersComeBack(Meter meter) {
        OFMeterMod message = CODEC.encode(new MeterOperation(meter, MeterOperation.Type.ADD));

        Meter decoded = CODEC.decode(CODEC.config(message), FACTORY.buildMeterStats()
                .setMeterId(message.getMeterId()).setFlowCount(3).setDurationSec(4).setPacketInCount(U64.of(5))
                .setByteInCount(U64.of(6)).setBandStats(List.of(FACTORY.buildMeterBandStats()
                        .setPacketBandCount(U64.of(1)).setByteBandCount(U64.of(2)).build())).build(),
                new DefaultApplicationId(1, "test"));

        assertThat(message.getCommand()).isEqualTo(OFMeterModCommand.ADD);
        assertThat(decoded.meterCellId()).isEqualTo(meter.meterCellId());
        assertThat(decoded.unit()).isEqualTo(meter.unit());
        assertThat(decoded.isBurst()).isEqualTo(meter.isBurst());
        assertThat(decoded.bands()).usingRecursiveFieldByFieldElementComparatorIgnoringFields("packets", "bytes")
                .containsExactlyElementsOf(meter.bands());
        assertThat(decoded.bands()).extracting(Band::packets).containsExactly(1L);
        assertThat(decoded.referenceCount()).isEqualTo(3);
        assertThat(decoded.life()).isEqualTo(4);
        assertThat(decoded.packetsSeen()).isEqualTo(5);
        assertThat(decoded.bytesSeen()).isEqualTo(6);
    }

    static Stream<Meter> metersWithoutCounterpart() {
        Band band = DefaultBand.builder().ofType(Band.Type.DROP).withRate(5).build();
        return Stream.of(
                meter(Meter.Unit.BYTES_PER_SEC, band).build(),
                meter(Meter.Unit.KB_PER_SEC, DefaultBand.builder().ofType(Band.Type.MARK_RED).build()).build(),
                meter(Meter.Unit.KB_PER_SEC, DefaultBand.builder().ofType(Band.Type.DROP).withRate(-1).build()).build(),
                meter(Meter.Unit.KB_PER_SEC, DefaultBand.builder().ofType(Band.Type.DROP).withRate(1L << 32).build())
                        .build(),
                meter(Meter.Unit.KB_PER_SEC, DefaultBand.builder().ofType(Band.Type.DROP).burstSize(1L << 32).build())
                        .burst().build(),
                meter(Meter.Unit.KB_PER_SEC, band).withCellId(
                        PiMeterCellId.ofIndirect(PiMeterId.of("ingress.meter"), 1)).build());
    }

    @ParameterizedTest
    @MethodSource("metersWithoutCounterpart")
    void whatOpenFlowCantSayIsNamed(Meter meter) {
        assertThatThrownBy(() -> CODEC.encode(new MeterOperation(meter, MeterOperation.Type.ADD)))
                .isInstanceOf(RuleEncodingException.class);
    }

    @Test
    void removalNeedsNoBands() {
        Meter bytes = meter(Meter.Unit.BYTES_PER_SEC, DefaultBand.builder().ofType(Band.Type.DROP).build()).build();

        OFMeterMod message = CODEC.encode(new MeterOperation(bytes, MeterOperation.Type.REMOVE));

        assertThat(message.getCommand()).isEqualTo(OFMeterModCommand.DELETE);
        assertThat(message.getMeterId()).isEqualTo(7);
    }

    @Test
    void featuresSayWhatASwitchCanDo() {
        MeterFeatures features = CODEC.decode(FACTORY.buildMeterFeatures().setMaxMeter(100).setBandTypes(1 << 2)
                .setCapabilities(1 << 1 | 1 << 2).setMaxBands((short) 1).setMaxColor((short) 2).build());

        assertThat(features.startIndex()).isEqualTo(1);
        assertThat(features.endIndex()).isEqualTo(100);
        assertThat(features.bandTypes()).containsExactly(Band.Type.REMARK);
        assertThat(features.unitTypes()).containsExactly(Meter.Unit.PKTS_PER_SEC);
        assertThat(features.isBurstSupported()).isTrue();
        assertThat(features.isStatsSupported()).isFalse();
        assertThat(features.maxBands()).isEqualTo((short) 1);
    }

    @ParameterizedTest
    @CsvSource({"METER_EXISTS, EXISTING_METER", "UNKNOWN_METER, INVALID_METER", "OUT_OF_METERS, OUT_OF_METERS",
            "BAD_RATE, BAD_RATE", "BAD_FLAGS, UNKNOWN_FLAGS", "UNKNOWN, UNKNOWN"})
    void errorsHaveAReason(OFMeterModFailedCode code, MeterFailReason reason) {
        assertThat(MeterCodec.decode(FACTORY.errorMsgs().buildMeterModFailedErrorMsg().setCode(code).build()))
                .isEqualTo(reason);
    }

    private static Meter.Builder meter(Meter.Unit unit, Band band) {
        return DefaultMeter.builder().forDevice(DEVICE).withCellId(MeterId.meterId(7)).withUnit(unit)
                .fromApp(new DefaultApplicationId(1, "test")).withBands(List.of(band));
    }
}
