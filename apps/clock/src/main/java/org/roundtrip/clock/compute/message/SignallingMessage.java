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

import org.immutables.value.Value;
import org.roundtrip.base.ValueType;

import java.util.Arrays;
import java.util.List;

/**
 * A signalling message (IEEE 1588-2019, section 13.12).
 */
@Value.Immutable
@ValueType
public interface SignallingMessage {

    /**
     * Returns what it begins with.
     *
     * @return the header
     */
    PtpHeader header();

    /**
     * Returns which port is meant.
     *
     * @return a port, or {@link PortIdentity#ALL} as clients write that don't know their server yet
     */
    PortIdentity target();

    /**
     * Returns what it says.
     *
     * @return at most {@link SignallingCodec#MOST_TLVS}, in the order of the wire
     */
    List<Tlv> tlvs();

    /**
     * Returns this message with something else to say.
     *
     * @param tlvs what it says
     * @return the message
     */
    default SignallingMessage withTlvs(List<? extends Tlv> tlvs) {
        return ImmutableSignallingMessage.builder().from(this).tlvs(tlvs).build();
    }

    /**
     * Returns a message.
     *
     * @param header what it begins with
     * @param target which port is meant
     * @param tlvs   what it says
     * @return the message
     */
    static SignallingMessage of(PtpHeader header, PortIdentity target, Tlv... tlvs) {
        return of(header, target, Arrays.asList(tlvs));
    }

    /**
     * Returns a message.
     *
     * @param header what it begins with
     * @param target which port is meant
     * @param tlvs   what it says
     * @return the message
     */
    static SignallingMessage of(PtpHeader header, PortIdentity target, List<? extends Tlv> tlvs) {
        return ImmutableSignallingMessage.builder().header(header).target(target).tlvs(tlvs).build();
    }
}
