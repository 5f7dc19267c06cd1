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
package org.roundtrip.balancer.compute;

import org.immutables.value.Value;
import org.roundtrip.base.ValueType;

import java.time.Instant;
import java.util.Optional;

/**
 * What the network says of a member's interface at a moment.
 */
@Value.Immutable
@ValueType
public interface MemberSighting {

    /** What is seen of a member that is not there. */
    MemberSighting NOTHING = builder().build();

    /**
     * Returns where it is.
     *
     * @return the place, or empty if that is not known
     */
    Optional<HostPlace> place();

    /**
     * Returns whether the port is up where it is attached.
     *
     * @return true unless said otherwise
     */
    @Value.Default
    default boolean isPortUp() {
        return true;
    }

    /**
     * Returns whether the controller reaches the switch where it is attached.
     *
     * @return false if it did and has lost it
     */
    @Value.Default
    default boolean isSwitchReachable() {
        return true;
    }

    /**
     * Returns what detection has found.
     *
     * @return the verdict; not probed unless said otherwise
     */
    @Value.Default
    default Verdict verdict() {
        return Verdict.NOT_PROBED;
    }

    /**
     * Returns why detection has found that.
     *
     * @return words of detection, or empty if it is not probed
     */
    Optional<String> finding();

    /**
     * Returns until when it counts as down although it answers, because it has changed too often.
     *
     * @return a moment, or empty if it does not
     */
    Optional<Instant> heldUntil();

    /**
     * Returns what a user should know.
     *
     * @return a remark in words, or empty
     */
    Optional<String> remark();

    /**
     * Returns a builder.
     *
     * @return a builder
     */
    static Builder builder() {
        return new Builder();
    }

    /** Builds sightings. */
    final class Builder extends ImmutableMemberSighting.Builder {
    }
}
