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
package org.roundtrip.clock.compute.message;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.roundtrip.clock.compute.message.MalformedMessageException.Reason;

import java.util.OptionalLong;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class PathConsistencyTest {

    private static final OrganizationSubType SUB_TYPE = OrganizationSubType.PATH_CONSISTENCY;

    @Test
    void isOnTheWireAsDocumented() {
        OrganizationExtension extension = PathConsistency.builder()
                .coRouted(true).tunnelId(0x0102030405060708L).delayAsymmetry(-250).build().toExtension(SUB_TYPE);
        assertThat(extension.subType()).isEqualTo(SUB_TYPE);
        assertThat(extension.data()).hasToString("01" + "03" + "0102030405060708" + "ffffffffff060000");
        assertThat(PathConsistency.builder().coRouted(false).tunnelId(0).build().toExtension(SUB_TYPE).data())
                .hasToString("01" + "00" + "0000000000000000" + "0000000000000000");
    }

    @Test
    void tunnelIsNumberedByHashOfItsName() {
        // printf cell-site-7 | sha256sum
        assertThat(PathConsistency.tunnelId("cell-site-7")).isEqualTo(0xeff94498aa1a8629L);
    }

    @Property
    void comesBackFromTheWire(@ForAll boolean coRouted, @ForAll long tunnelId,
                              @ForAll @LongRange(min = -1L << 47, max = (1L << 47) - 1) long asymmetry,
                              @ForAll boolean known) throws MalformedMessageException {
        PathConsistency consistency = PathConsistency.builder().coRouted(coRouted).tunnelId(tunnelId)
                .delayAsymmetry(known ? OptionalLong.of(asymmetry) : OptionalLong.empty()).build();
        assertThat(PathConsistency.of(consistency.toExtension(SUB_TYPE))).isEqualTo(consistency);
    }

    @Test
    void laterVersionsMayAddOctets() throws MalformedMessageException {
        assertThat(PathConsistency.of(extension("02" + "01" + "000000000000000a" + "0000000000000000" + "ffff")))
                .isEqualTo(PathConsistency.builder().coRouted(true).tunnelId(10).build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0101", "01030000000000000000000000000000"})
    void tooFewOctetsAreRefused(String data) {
        assertThat(refusal(data)).isEqualTo(Reason.WRONG_TLV_LENGTH);
    }

    @Test
    void versionZeroIsRefused() {
        assertThat(refusal("00".repeat(18))).isEqualTo(Reason.RESERVED);
    }

    @Test
    void asymmetryThatTheWireHasNoRoomForIsRefused() {
        assertThatThrownBy(() -> PathConsistency.builder().coRouted(true).tunnelId(1).delayAsymmetry(1L << 47).build())
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00-00-5E", "00-00-5E/00-53-1", "00005E/005301", "00-00-5G/00-53-01"})
    void wrongSubTypeIsRefused(String text) {
        assertThatThrownBy(() -> OrganizationSubType.valueOf(text)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("00-00-5E/00-53-01");
    }

    @Test
    void subTypeIsReadAsItIsWritten() {
        OrganizationSubType subType = OrganizationSubType.of(0xFEDCBA, 0x98_76_54);
        assertThat(subType).hasToString("FE-DC-BA/98-76-54");
        assertThat(OrganizationSubType.valueOf("fe-dc-ba/98-76-54")).isEqualTo(subType);
    }

    private static Reason refusal(String data) {
        return catchThrowableOfType(() -> PathConsistency.of(extension(data)),
                                    MalformedMessageException.class).reason();
    }

    private static OrganizationExtension extension(String data) {
        return OrganizationExtension.of(SUB_TYPE, Octets.valueOf(data));
    }
}
