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
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;
import org.onlab.packet.IpPrefix;
import org.onosproject.net.ConnectPoint;
import org.roundtrip.base.InvalidRequestException;
import org.roundtrip.base.Validation;
import org.roundtrip.base.ValueType;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a user wants of a path. The forward direction runs from the source to the destination, the reverse direction
 * back.
 */
@Value.Immutable
@ValueType
@JsonPropertyOrder({"name", "source", "destination", "bandwidth", "reverseBandwidth", "objective", "constraints",
    "setupPriority", "holdingPriority", "protection", "quiesce", "quiesceTime", "payload"})
@JsonSerialize(as = ImmutableTePathRequest.class)
@JsonDeserialize(as = ImmutableTePathRequest.class)
public abstract class TePathRequest {

    /** The priority that goes last (RFC 3209, section 4.7.1). */
    public static final int LEAST_PRIORITY = 7;

    /** The longest {@link #quiesceTime}: a minute. */
    public static final int LONGEST_QUIESCE_TIME = 60_000;

    /**
     * Returns the name, which no other path has.
     *
     * @return the name
     */
    public abstract String name();

    /**
     * Returns the edge port where the forward direction enters and the reverse direction leaves.
     *
     * @return a port of a switch
     */
    public abstract ConnectPoint source();

    /**
     * Returns the edge port where the reverse direction enters and the forward direction leaves.
     *
     * @return another port, of the same or another switch
     */
    public abstract ConnectPoint destination();

    /**
     * Returns the bandwidth to reserve in the forward direction, and in the reverse direction unless
     * {@link #reverseBandwidth} says otherwise.
     *
     * @return bit/s; 0 reserves none
     */
    @Value.Default
    public long bandwidth() {
        return 0;
    }

    /**
     * Returns the bandwidth to reserve in the reverse direction.
     *
     * @return bit/s, or empty if it is {@link #bandwidth}
     */
    public abstract Optional<Long> reverseBandwidth();

    /**
     * Returns what the way makes as small as possible.
     *
     * @return the number of links unless said otherwise
     */
    @Value.Default
    public Objective objective() {
        return Objective.HOPS;
    }

    /**
     * Returns what each way must keep to.
     *
     * @return the constraints, none unless said otherwise
     */
    @Value.Default
    public PathConstraints constraints() {
        return PathConstraints.NONE;
    }

    /**
     * Returns the priority with which the path takes bandwidth from others: from those whose holding priority is a
     * larger number (RFC 3209, section 4.7.1).
     *
     * @return 0, which goes first, to 7, which is taken unless said otherwise
     */
    @Value.Default
    public int setupPriority() {
        return LEAST_PRIORITY;
    }

    /**
     * Returns the priority with which the path keeps its bandwidth: only a setup priority of a smaller number takes it
     * away.
     *
     * @return 0, which nothing takes away, to {@link #setupPriority}; the setup priority unless said otherwise
     */
    @Value.Default
    public int holdingPriority() {
        return setupPriority();
    }

    /**
     * Returns whether the path has a standby way, and which.
     *
     * @return the protection, or empty for none
     */
    public abstract Optional<Protection> protection();

    /**
     * Returns whether both ends stop admitting while the path goes over to another way, so that no packet of one
     * direction takes the new way while one of the other direction still takes the old one. What arrives meanwhile is
     * dropped.
     *
     * @return true if so; false unless said otherwise
     */
    @Value.Default
    public boolean quiesce() {
        return false;
    }

    /**
     * Returns how long at least both ends admit nothing when the path goes over to another way, counted from when both
     * have stopped; never less than it takes to point both at the new way. So whoever uses the path can notice that it
     * has moved before anything arrives over the new way. A controller that restarts meanwhile goes on waiting.
     *
     * @return milliseconds, 0 to {@link #LONGEST_QUIESCE_TIME}; 0 unless said otherwise; more than 0 needs
     *         {@link #quiesce}
     */
    @Value.Default
    public int quiesceTime() {
        return 0;
    }

    /**
     * Returns what the path carries.
     *
     * @return the kind of payload, IPv4 unless said otherwise
     */
    @Value.Default
    public Payload payload() {
        return Payload.IPV4;
    }

    /**
     * Returns which packets that enter at the source go through the path.
     *
     * @return any of these, each with its index; none if empty
     */
    public abstract List<TrafficMatch> forwardTraffic();

    /**
     * Returns which packets that enter at the destination go through the path.
     *
     * @return any of these, each with its index; none if empty
     */
    public abstract List<TrafficMatch> reverseTraffic();

    /**
     * Returns whether the traffic may go through this path only: while the path is not up, its traffic is dropped at
     * the edge rather than left to other forwarding, whose two directions might use different links.
     *
     * @return true if so; false unless said otherwise
     */
    @Value.Default
    public boolean exclusive() {
        return false;
    }

    /**
     * Returns whether the path stands, with all that it holds and its standby way, but takes nothing in: both ends keep
     * its traffic out, which is dropped if the path is {@link #exclusive} and left to other forwarding if not. Taking
     * that back costs no more than the rules at both ends. A path that is {@link TePathState#UP} is what this says: the
     * switches at both ends have confirmed it.
     *
     * @return true if so; false unless said otherwise
     */
    @Value.Default
    public boolean suspended() {
        return false;
    }

    /**
     * Refuses what can't be a path in any network.
     *
     * @return this request with an index in each match
     * @throws InvalidRequestException naming the fields that are wrong
     */
    @Value.Check
    protected TePathRequest check() {
        Validation validation = new Validation()
                .requireName(name(), "name")
                .require(!source().equals(destination()), "destination", "must be another port than the source")
                .require(bandwidth() >= 0, "bandwidth", "must be 0 or more bit/s")
                .require(reverseBandwidth().filter(amount -> amount < 0).isEmpty(), "reverse-bandwidth",
                         "must be 0 or more bit/s")
                .require(isPriority(setupPriority()), "setup-priority", "must be 0 to " + LEAST_PRIORITY)
                .require(isPriority(holdingPriority()), "holding-priority", "must be 0 to " + LEAST_PRIORITY)
                .require(!isPriority(setupPriority()) || holdingPriority() <= setupPriority(), "holding-priority",
                         "must not be a larger number than the setup priority, " + setupPriority()
                                 + ": the path could be thrown out by one like itself")
                .require(quiesceTime() >= 0 && quiesceTime() <= LONGEST_QUIESCE_TIME, "quiesce-time",
                         "must be 0 to " + LONGEST_QUIESCE_TIME + " milliseconds")
                .require(quiesce() || quiesceTime() == 0, "quiesce-time",
                         "must be 0 or left out: without quiesce, both ends go on admitting");
        checkTraffic(validation, "forward-traffic", forwardTraffic());
        checkTraffic(validation, "reverse-traffic", reverseTraffic());
        validation.throwIfInvalid();
        if (isIndexed(forwardTraffic()) && isIndexed(reverseTraffic())) {
            return this;
        }
        return builder().from(this)
                .forwardTraffic(indexed(forwardTraffic())).reverseTraffic(indexed(reverseTraffic())).build();
    }

    private static boolean isPriority(int priority) {
        return priority >= 0 && priority <= LEAST_PRIORITY;
    }

    /**
     * Returns the bandwidth to reserve from the destination to the source.
     *
     * @return bit/s; 0 reserves none
     */
    public long backwardBandwidth() {
        return reverseBandwidth().orElse(bandwidth());
    }

    private void checkTraffic(Validation validation, String field, List<TrafficMatch> traffic) {
        for (int i = 0; i < traffic.size(); i++) {
            int position = i;
            TrafficMatch match = traffic.get(i);
            String path = field + "[" + i + "]";
            validation.require(match.index().filter(index -> index != position).isEmpty(), path + ".index",
                               "must be " + i + ", its position in the list, or left out");
            validation.require(traffic.indexOf(match) == i, path,
                               "is the same as " + field + "[" + traffic.indexOf(match) + "]");
            requireIpVersion(validation, path + ".ip-source", match.ipSource());
            requireIpVersion(validation, path + ".ip-destination", match.ipDestination());
            validation.require(payload() != Payload.PTP || match.ipProtocol().isEmpty(), path + ".ip-protocol",
                               "must be left out: the payload ptp has no IP header");
        }
    }

    private void requireIpVersion(Validation validation, String field, Optional<IpPrefix> prefix) {
        boolean fits = prefix.isEmpty() || (prefix.get().isIp4() ? Payload.IPV4 : Payload.IPV6) == payload();
        validation.require(fits, field, payload() == Payload.PTP ? "must be left out: the payload ptp has no IP header"
                : "must be of the IP version of the payload " + (payload() == Payload.IPV4 ? "ipv4" : "ipv6"));
    }

    private static boolean isIndexed(List<TrafficMatch> traffic) {
        return traffic.stream().allMatch(match -> match.index().isPresent());
    }

    private static List<TrafficMatch> indexed(List<TrafficMatch> traffic) {
        return IntStream.range(0, traffic.size())
                .mapToObj(i -> TrafficMatch.builder().from(traffic.get(i)).index(i).build())
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

    /** Builds requests. */
    public static final class Builder extends ImmutableTePathRequest.Builder {
    }
}
