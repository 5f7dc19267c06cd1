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

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An organization and its number of a kind of data (IEEE 1588-2019, section 14.3.2).
 */
@Value.Immutable
@ValueType
public abstract class OrganizationSubType {

    /**
     * The path consistency extension unless configured otherwise: the OUI of IANA with a number from the range that is
     * for documentation (RFC 7042, section 2.1), because this project owns no OUI.
     */
    public static final OrganizationSubType PATH_CONSISTENCY = of(0x00_00_5E, 0x00_53_01);

    private static final Pattern TEXT = Pattern.compile("(\\p{XDigit}{2}-\\p{XDigit}{2}-\\p{XDigit}{2})/"
                                                                + "(\\p{XDigit}{2}-\\p{XDigit}{2}-\\p{XDigit}{2})");

    /**
     * Returns the organization.
     *
     * @return its OUI or CID, 0 to 2^24 - 1
     */
    @Value.Parameter
    public abstract int organizationId();

    /**
     * Returns the number of the kind of data.
     *
     * @return 0 to 2^24 - 1, given by the organization
     */
    @Value.Parameter
    public abstract int number();

    /** Refuses what the wire has no room for. */
    @Value.Check
    protected void check() {
        Ranges.requireUnsigned(organizationId(), 24, "organizationId");
        Ranges.requireUnsigned(number(), 24, "organizationSubType");
    }

    /**
     * Returns one.
     *
     * @param organizationId the organization, 0 to 2^24 - 1
     * @param number         its number of the kind of data, 0 to 2^24 - 1
     * @return the value
     */
    public static OrganizationSubType of(int organizationId, int number) {
        return ImmutableOrganizationSubType.of(organizationId, number);
    }

    /**
     * Reads one.
     *
     * @param text such as 00-00-5E/00-53-01
     * @return the value
     * @throws IllegalArgumentException if the text is something else
     */
    public static OrganizationSubType valueOf(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not an organization id and a subtype such as "
                                                       + PATH_CONSISTENCY);
        }
        return of(number(matcher.group(1)), number(matcher.group(2)));
    }

    private static int number(String group) {
        return Integer.parseInt(group.replace("-", ""), 16);
    }

    private static String text(int number) {
        return String.format("%02X-%02X-%02X", number >> 16, number >> 8 & 0xFF, number & 0xFF);
    }

    /**
     * Returns it as {@link #valueOf} reads it.
     *
     * @return such as 00-00-5E/00-53-01
     */
    @Override
    public String toString() {
        return text(organizationId()) + "/" + text(number());
    }
}
