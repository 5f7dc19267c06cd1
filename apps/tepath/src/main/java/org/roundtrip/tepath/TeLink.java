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
package org.roundtrip.tepath;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;
import org.onosproject.net.ConnectPoint;
import org.roundtrip.base.ValueType;

import java.util.SortedSet;

/**
 * A link that can be taken both ways, as paths see it now: what is configured of it and what is reserved.
 */
@Value.Immutable
@ValueType
@JsonPropertyOrder({"source", "destination", "teMetric", "affinities", "srlgs", "maintenance", "unsteady", "forward",
    "reverse"})
@JsonSerialize(as = ImmutableTeLink.class)
public interface TeLink {

    /**
     * Returns the port at one end.
     *
     * @return of both ports the one that comes first in order of switches and port numbers
     */
    ConnectPoint source();

    /**
     * Returns the port at the other end.
     *
     * @return the port
     */
    ConnectPoint destination();

    /**
     * Returns the TE metric (RFC 3630, section 2.5.5).
     *
     * @return 0 or more
     */
    int teMetric();

    /**
     * Returns the affinities (administrative groups, RFC 3630, section 2.5.9).
     *
     * @return 0 to 31 each
     */
    @Value.NaturalOrder
    SortedSet<Integer> affinities();

    /**
     * Returns the shared risk link groups (RFC 4202, section 2.3).
     *
     * @return their numbers
     */
    @Value.NaturalOrder
    SortedSet<Integer> srlgs();

    /**
     * Returns whether paths leave the link.
     *
     * @return true if it is under maintenance
     */
    boolean maintenance();

    /**
     * Returns whether the link has failed so often lately that no further path takes it.
     *
     * @return true if it is unsteady
     */
    boolean unsteady();

    /**
     * Returns the direction from the source to the destination.
     *
     * @return the direction
     */
    TeLinkDirection forward();

    /**
     * Returns the direction from the destination to the source.
     *
     * @return the direction
     */
    TeLinkDirection reverse();

    /**
     * Returns a builder.
     *
     * @return a builder
     */
    static Builder builder() {
        return new Builder();
    }

    /** Builds links. */
    final class Builder extends ImmutableTeLink.Builder {
    }
}
