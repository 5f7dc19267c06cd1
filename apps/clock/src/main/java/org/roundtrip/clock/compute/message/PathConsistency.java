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

import com.google.common.hash.Hashing;
import org.immutables.value.Value;
import org.roundtrip.base.ValueType;
import org.roundtrip.clock.compute.message.MalformedMessageException.Reason;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/**
 * The bidirectional path consistency of a session: what the network tells the server about the way that its messages to
 * a client, and those back, take. It goes with requests of the client as an {@link OrganizationExtension}; the format
 * is in docs/clock.md. A server can decide by it whether it grants what is asked for.
 */
@Value.Immutable
@ValueType
public abstract class PathConsistency {

    /** The version that this is. Later versions only add octets at the end. */
    public static final int VERSION = 1;

    private static final int CO_ROUTED = 0x01;
    private static final int ASYMMETRY_KNOWN = 0x02;
    private static final int LENGTH = 18;
    private static final int FRACTION_BITS = 16;

    /**
     * Returns whether both directions use the same links and ports.
     *
     * @return true if they do
     */
    public abstract boolean coRouted();

    /**
     * Returns a number of the tunnel, the same in all messages of a session.
     *
     * @return see {@link #tunnelId(String)}
     */
    public abstract long tunnelId();

    /**
     * Returns by how much the way from the server is slower than the mean of both ways, as {@code delayAsymmetry} of
     * IEEE 1588-2019, section 7.4.2.
     *
     * @return nanoseconds, -2^47 to 2^47 - 1, or empty if not all delays of the links are known
     */
    public abstract OptionalLong delayAsymmetry();

    /** Refuses what the wire has no room for. */
    @Value.Check
    protected void check() {
        delayAsymmetry().ifPresent(nanoseconds -> {
            if (nanoseconds << FRACTION_BITS >> FRACTION_BITS != nanoseconds) {
                throw new IllegalArgumentException("an asymmetry of " + nanoseconds + " ns is no TimeInterval");
            }
        });
    }

    /**
     * Returns the number of a tunnel.
     *
     * @param name the name of its session
     * @return the first 8 octets of the SHA-256 of the name in UTF-8, the first one in the most significant place
     */
    public static long tunnelId(String name) {
        return ByteBuffer.wrap(Hashing.sha256().hashString(name, StandardCharsets.UTF_8).asBytes()).getLong();
    }

    /**
     * Returns this as a TLV.
     *
     * @param subType how receivers tell it from other extensions
     * @return the TLV
     */
    public OrganizationExtension toExtension(OrganizationSubType subType) {
        return OrganizationExtension.of(subType, Octets.of(
                ByteBuffer.allocate(LENGTH)
                        .put((byte) VERSION)
                        .put((byte) ((coRouted() ? CO_ROUTED : 0)
                                | (delayAsymmetry().isPresent() ? ASYMMETRY_KNOWN : 0)))
                        .putLong(tunnelId())
                        .putLong(delayAsymmetry().orElse(0) << FRACTION_BITS)
                        .array()));
    }

    /**
     * Reads what {@link #toExtension} has written, of this or a later version.
     *
     * @param extension a TLV with the subtype of this extension
     * @return what it says; fractions of nanoseconds are left out
     * @throws MalformedMessageException if it says something else
     */
    public static PathConsistency of(OrganizationExtension extension) throws MalformedMessageException {
        ByteBuffer in = ByteBuffer.wrap(extension.data().toByteArray());
        if (in.remaining() < LENGTH) {
            throw new MalformedMessageException(Reason.WRONG_TLV_LENGTH, 0,
                                                "path consistency with " + in.remaining() + " octets");
        }
        int version = Byte.toUnsignedInt(in.get());
        if (version == 0) {
            throw new MalformedMessageException(Reason.RESERVED, 0, "version 0 of path consistency");
        }
        int flags = in.get();
        Builder builder = builder().coRouted((flags & CO_ROUTED) != 0).tunnelId(in.getLong());
        if ((flags & ASYMMETRY_KNOWN) != 0) {
            builder.delayAsymmetry(in.getLong() >> FRACTION_BITS);
        }
        return builder.build();
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
    public static final class Builder extends ImmutablePathConsistency.Builder {
    }
}
