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

/**
 * What an organization says beside the standard (ORGANIZATION_EXTENSION; IEEE 1588-2019, section 14.3). Clocks that
 * don't know it ignore it.
 */
@Value.Immutable
@ValueType
public abstract class OrganizationExtension implements Tlv {

    /** The type of this TLV. */
    public static final int TYPE = 0x0003;

    @Override
    public final int type() {
        return TYPE;
    }

    /**
     * Returns who says it, and which of the things that it says this is.
     *
     * @return the organization and its number of the kind of data
     */
    @Value.Parameter
    public abstract OrganizationSubType subType();

    /**
     * Returns what it says.
     *
     * @return an even number of octets
     */
    @Value.Parameter
    public abstract Octets data();

    /** Refuses what the wire has no room for. */
    @Value.Check
    protected void check() {
        if (data().length() % 2 != 0) {
            throw new IllegalArgumentException("a TLV has an even number of octets, not " + data().length());
        }
    }

    @Override
    public <R> R accept(TlvVisitor<R> visitor) {
        return visitor.organizationExtension(this);
    }

    /**
     * Returns an extension.
     *
     * @param subType who says it, and which kind of data it is
     * @param data    an even number of octets
     * @return the extension
     */
    public static OrganizationExtension of(OrganizationSubType subType, Octets data) {
        return ImmutableOrganizationExtension.of(subType, data);
    }
}
