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

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.onosproject.net.DeviceId;
import org.onosproject.net.config.Config;
import org.onosproject.net.config.InvalidFieldException;
import org.roundtrip.tepath.compute.LabelRange;

/**
 * The capabilities of a switch in the network configuration, {@code devices/DEVICE/mplsTe}:
 * <pre>
 * {"mpls": true, "te": true, "labelRange": {"min": 100000, "max": 199999}, "maintenance": false}
 * </pre>
 * What is left out is false, and the label range {@link LabelRange#STANDARD}. A switch without this configuration has
 * no capability.
 */
public final class MplsTeConfig extends Config<DeviceId> {

    /** The key of this configuration. */
    public static final String KEY = "mplsTe";

    private static final String MPLS = "mpls";
    private static final String TE = "te";
    private static final String LABEL_RANGE = "labelRange";
    private static final String MIN = "min";
    private static final String MAX = "max";
    private static final String MAINTENANCE = "maintenance";

    @Override
    public boolean isValid() {
        return hasOnlyFields(MPLS, TE, LABEL_RANGE, MAINTENANCE)
                && isBoolean(MPLS, FieldPresence.OPTIONAL)
                && isBoolean(TE, FieldPresence.OPTIONAL)
                && isBoolean(MAINTENANCE, FieldPresence.OPTIONAL)
                && (!hasField(LABEL_RANGE) || isLabelRange());
    }

    private boolean isLabelRange() {
        if (!object.get(LABEL_RANGE).isObject()) {
            throw new InvalidFieldException(LABEL_RANGE, "must be an object with min and max");
        }
        ObjectNode range = (ObjectNode) object.get(LABEL_RANGE);
        boolean valid = hasOnlyFields(range, MIN, MAX)
                && isIntegralNumber(range, MIN, FieldPresence.MANDATORY, LabelRange.LEAST, LabelRange.GREATEST)
                && isIntegralNumber(range, MAX, FieldPresence.MANDATORY, LabelRange.LEAST, LabelRange.GREATEST);
        if (valid && range.get(MIN).asInt() > range.get(MAX).asInt()) {
            throw new InvalidFieldException(LABEL_RANGE, "min must not be more than max");
        }
        return valid;
    }

    /**
     * Returns whether the switch may push, swap and pop labels.
     *
     * @return true if so
     */
    public boolean mpls() {
        return get(MPLS, false);
    }

    /**
     * Returns whether the switch may take part in traffic engineering.
     *
     * @return true if so
     */
    public boolean te() {
        return get(TE, false);
    }

    /**
     * Returns whether the switch is to be left by all paths that do not end at it.
     *
     * @return true if it is under maintenance
     */
    public boolean maintenance() {
        return get(MAINTENANCE, false);
    }

    /**
     * Returns the labels that the switch may give out.
     *
     * @return the range
     */
    public LabelRange labelRange() {
        return hasField(LABEL_RANGE)
                ? LabelRange.of(object.path(LABEL_RANGE).path(MIN).asInt(), object.path(LABEL_RANGE).path(MAX).asInt())
                : LabelRange.STANDARD;
    }
}
