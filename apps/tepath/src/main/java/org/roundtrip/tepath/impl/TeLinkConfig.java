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
package org.roundtrip.tepath.impl;

import com.fasterxml.jackson.databind.JsonNode;
import org.onosproject.net.LinkKey;
import org.onosproject.net.config.Config;
import org.onosproject.net.config.InvalidFieldException;
import org.roundtrip.tepath.compute.LinkAttributes;
import org.roundtrip.tepath.compute.LinkSettings;

import java.util.HashSet;
import java.util.Set;

/**
 * What traffic engineering should know of one direction of a link, in the network configuration,
 * {@code links/DEVICE/PORT-DEVICE/PORT/teLink}:
 * <pre>
 * {"bandwidth": 10000000000, "delay": 120000, "teMetric": 10, "affinities": [3], "srlgs": [7], "maintenance": false}
 * </pre>
 * All of it may be left out. {@link LinkSettings#attributes} says how the configurations of both directions make the
 * attributes of the link.
 */
public final class TeLinkConfig extends Config<LinkKey> {

    /** The key of this configuration. */
    public static final String KEY = "teLink";

    private static final String BANDWIDTH = "bandwidth";
    private static final String DELAY = "delay";
    private static final String TE_METRIC = "teMetric";
    private static final String AFFINITIES = "affinities";
    private static final String SRLGS = "srlgs";
    private static final String MAINTENANCE = "maintenance";
    private static final int GREATEST_AFFINITY = Integer.SIZE - 1;

    @Override
    public boolean isValid() {
        return hasOnlyFields(BANDWIDTH, DELAY, TE_METRIC, AFFINITIES, SRLGS, MAINTENANCE)
                && isWhole(BANDWIDTH, Long.MAX_VALUE, "bit/s")
                && isWhole(DELAY, LinkAttributes.LONGEST_DELAY, "nanoseconds")
                && isWhole(TE_METRIC, LinkAttributes.GREATEST_METRIC, "as a number")
                && areNumbers(AFFINITIES, GREATEST_AFFINITY)
                && areNumbers(SRLGS, Integer.MAX_VALUE)
                && isBoolean(MAINTENANCE, FieldPresence.OPTIONAL);
    }

    private boolean isWhole(String field, long greatest, String unit) {
        if (hasField(field) && !isBetween(object.get(field), greatest)) {
            throw new InvalidFieldException(field, "must be 0 to " + greatest + " " + unit + ", whole, not "
                    + object.get(field));
        }
        return true;
    }

    private boolean areNumbers(String field, int greatest) {
        if (!hasField(field)) {
            return true;
        }
        if (!object.get(field).isArray()) {
            throw new InvalidFieldException(field, "must be an array of numbers, not " + object.get(field));
        }
        Set<Integer> seen = new HashSet<>();
        for (int i = 0; i < object.get(field).size(); i++) {
            JsonNode number = object.get(field).get(i);
            if (!isBetween(number, greatest)) {
                throw new InvalidFieldException(field + "[" + i + "]", "must be 0 to " + greatest + ", whole, not "
                        + number);
            }
            if (!seen.add(number.asInt())) {
                throw new InvalidFieldException(field + "[" + i + "]", number + " is there twice");
            }
        }
        return true;
    }

    private static boolean isBetween(JsonNode number, long greatest) {
        return number.isIntegralNumber() && number.canConvertToLong() && number.asLong() >= 0
                && number.asLong() <= greatest;
    }

    /**
     * Returns what is said of this direction.
     *
     * @return the settings
     */
    public LinkSettings settings() {
        LinkSettings.Builder settings = LinkSettings.builder().maintenance(get(MAINTENANCE, false));
        if (hasField(BANDWIDTH)) {
            settings.bandwidth(object.get(BANDWIDTH).asLong());
        }
        if (hasField(DELAY)) {
            settings.delay(object.get(DELAY).asLong());
        }
        if (hasField(TE_METRIC)) {
            settings.teMetric(object.get(TE_METRIC).asInt());
        }
        int affinities = 0;
        for (JsonNode affinity : object.path(AFFINITIES)) {
            affinities |= 1 << affinity.asInt();
        }
        for (JsonNode group : object.path(SRLGS)) {
            settings.addSharedRisks(group.asInt());
        }
        return settings.affinities(affinities).build();
    }
}
