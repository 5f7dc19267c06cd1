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

import org.onosproject.net.flow.TrafficSelector;

import java.util.Objects;

/**
 * What makes a flow entry one of its kind within a switch: table, priority and match (OpenFlow 1.3, section 5.2).
 * <p>
 * Neither cookie nor instructions belong to it: an entry that is added with the same key takes the place of the former.
 */
public final class FlowKey {

    private final int table;
    private final int priority;
    private final TrafficSelector selector;
    private final int hash;

    private FlowKey(int table, int priority, TrafficSelector selector) {
        this.table = table;
        this.priority = priority;
        this.selector = selector;
        // Computed once: hashing a selector walks all its criteria, and keys are looked up often.
        this.hash = Objects.hash(table, priority, selector);
    }

    /**
     * Creates a key.
     *
     * @param table    number of the table, 0 to 254
     * @param priority 0 to 65535
     * @param selector the match, in the form in which {@link MatchCodec} decodes it
     * @return the key
     */
    public static FlowKey of(int table, int priority, TrafficSelector selector) {
        return new FlowKey(table, priority, selector);
    }

    @Override
    public boolean equals(Object other) {
        if (this == other) {
            return true;
        }
        if (!(other instanceof FlowKey)) {
            return false;
        }
        FlowKey that = (FlowKey) other;
        return hash == that.hash && table == that.table && priority == that.priority
                && selector.equals(that.selector);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return "table " + table + ", priority " + priority + ", " + selector.criteria();
    }
}
