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

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DeviceId;
import org.roundtrip.base.InvalidRequestException;
import org.roundtrip.base.Validation;
import org.roundtrip.base.ValueType;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.NavigableSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What each way of a path must keep to, beside having its bandwidth, labels and capabilities. The bounds, affinities
 * and exclusions hold for the active and the standby way; {@link #include} for the active way only, since the standby
 * way must go elsewhere.
 */
@Value.Immutable
@ValueType
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonSerialize(as = ImmutablePathConstraints.class)
@JsonDeserialize(as = ImmutablePathConstraints.class)
public abstract class PathConstraints {

    /** No constraints. */
    public static final PathConstraints NONE = builder().build();

    private static final int GREATEST_AFFINITY = 31;

    /**
     * Returns how many links a way may have.
     *
     * @return 1 or more, or empty for any number
     */
    public abstract Optional<Integer> maxHops();

    /**
     * Returns how long the links may delay packets in each direction, together.
     *
     * @return nanoseconds, 0 or more, or empty for any delay
     */
    public abstract Optional<Long> maxDelay();

    /**
     * Returns how far the mean of the delays of the two directions may be from the delay of one: half of their
     * difference, which is the time error of a clock (IEEE 1588-2019, section 7.4.2).
     *
     * @return nanoseconds, 0 or more, or empty for any
     */
    public abstract Optional<Long> maxDelayAsymmetry();

    /**
     * Returns what the active way must go through, in this order.
     *
     * @return switches and links, each with its index; none for any way
     */
    public abstract List<RouteHop> include();

    /**
     * Returns the switches that no way may go through.
     *
     * @return the switches
     */
    public abstract Set<DeviceId> excludeDevices();

    /**
     * Returns the links that no way may go through.
     *
     * @return the port at either end of each link
     */
    public abstract Set<ConnectPoint> excludeLinks();

    /**
     * Returns the affinities of which each link must have at least one (include-any, RFC 3209, section 4.7.4).
     *
     * @return 0 to 31 each; none for any link
     */
    @Value.NaturalOrder
    public abstract NavigableSet<Integer> affinitiesIncludeAny();

    /**
     * Returns the affinities that each link must have (include-all, RFC 3209, section 4.7.4).
     *
     * @return 0 to 31 each
     */
    @Value.NaturalOrder
    public abstract NavigableSet<Integer> affinitiesIncludeAll();

    /**
     * Returns the affinities that no link may have (exclude-any, RFC 3209, section 4.7.4).
     *
     * @return 0 to 31 each
     */
    @Value.NaturalOrder
    public abstract NavigableSet<Integer> affinitiesExcludeAny();

    /**
     * Refuses values out of range and constraints that contradict each other.
     *
     * @return these constraints with an index in each hop
     * @throws InvalidRequestException naming the fields that are wrong
     */
    @Value.Check
    protected PathConstraints check() {
        Validation validation = new Validation()
                .require(maxHops().filter(hops -> hops < 1).isEmpty(), "max-hops", "must be 1 or more links")
                .require(maxDelay().filter(delay -> delay < 0).isEmpty(), "max-delay", "must be 0 or more nanoseconds")
                .require(maxDelayAsymmetry().filter(delay -> delay < 0).isEmpty(), "max-delay-asymmetry",
                         "must be 0 or more nanoseconds");
        requireAffinities(validation, "affinities-include-any", affinitiesIncludeAny());
        requireAffinities(validation, "affinities-include-all", affinitiesIncludeAll());
        requireAffinities(validation, "affinities-exclude-any", affinitiesExcludeAny());
        requireNoneOf(validation, "affinities-include-all", affinitiesIncludeAll());
        validation.require(affinitiesIncludeAny().isEmpty()
                                   || !affinitiesExcludeAny().containsAll(affinitiesIncludeAny()),
                           "affinities-include-any", "each of them is in affinities-exclude-any too");
        requireHops(validation);
        validation.throwIfInvalid();
        return include().stream().allMatch(hop -> hop.index().isPresent()) ? this
                : builder().from(this).include(indexed(include())).build();
    }

    private void requireAffinities(Validation validation, String field, Collection<Integer> affinities) {
        affinities.stream().filter(bit -> bit < 0 || bit > GREATEST_AFFINITY).forEach(bit -> validation.require(
                false, field, bit + " is no affinity: they are 0 to " + GREATEST_AFFINITY));
    }

    private void requireNoneOf(Validation validation, String field, Collection<Integer> affinities) {
        affinities.stream().filter(affinitiesExcludeAny()::contains).forEach(bit -> validation.require(
                false, field, bit + " is in affinities-exclude-any too"));
    }

    private void requireHops(Validation validation) {
        Set<Object> seen = new HashSet<>();
        for (int i = 0; i < include().size(); i++) {
            int position = i;
            RouteHop hop = include().get(i);
            String field = "include[" + i + "]";
            validation.require(hop.index().filter(index -> index != position).isEmpty(), field + ".index",
                               "must be " + i + ", its position in the list, or left out");
            hop.device().ifPresent(device -> validation
                    .require(!excludeDevices().contains(device), field + ".device",
                             device + " is in exclude-devices too")
                    .require(seen.add(device), field + ".device", device + " is named twice: a way goes through a"
                            + " switch once"));
            hop.link().ifPresent(link -> validation
                    .require(!excludeLinks().contains(link), field + ".link", link + " is in exclude-links too")
                    .require(!excludeDevices().contains(link.deviceId()), field + ".link",
                             "the switch " + link.deviceId() + " is in exclude-devices")
                    .require(seen.add(link), field + ".link", link + " is named twice: a way takes a link once"));
        }
    }

    private static List<RouteHop> indexed(List<RouteHop> hops) {
        return IntStream.range(0, hops.size())
                .mapToObj(i -> RouteHop.builder().from(hops.get(i)).index(i).build())
                .collect(Collectors.toUnmodifiableList());
    }

    /**
     * Returns a builder.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Builds constraints. */
    public static final class Builder extends ImmutablePathConstraints.Builder {
    }
}
