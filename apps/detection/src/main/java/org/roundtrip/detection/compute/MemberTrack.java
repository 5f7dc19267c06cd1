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
package org.roundtrip.detection.compute;

import org.immutables.value.Value;
import org.roundtrip.base.Status;
import org.roundtrip.base.ValueType;
import org.roundtrip.detection.HealthState;
import org.roundtrip.detection.MemberHealth;
import org.roundtrip.detection.protocol.CheckResult;
import org.roundtrip.detection.protocol.Verdict;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is known of a member, and what its state follows from. A verdict holds until the next one, or until the lease
 * ends: that of the agent, or one of its own from the moment on at which the agent stopped giving verdicts, as it does
 * after a restart. Immutable and thread-safe.
 */
@Value.Immutable
@ValueType
public abstract class MemberTrack {

    /**
     * Returns the member.
     *
     * @return its key
     */
    public abstract MemberKey key();

    /**
     * Returns who probes it.
     *
     * @return the name of an agent, or empty if nobody does
     */
    public abstract Optional<String> agent();

    /**
     * Returns what the agent was asked for.
     *
     * @return the id of a check, or empty if nobody probes it
     */
    public abstract Optional<String> check();

    /**
     * Returns why nobody probes it.
     *
     * @return words that an operator understands; empty if somebody does
     */
    @Value.Default
    public String obstacle() {
        return "";
    }

    /**
     * Returns what the agent reported last.
     *
     * @return a result of the check, or empty if there is none
     */
    public abstract Optional<CheckResult> latest();

    /**
     * Returns the last result that says up or down.
     *
     * @return a result of the check, or empty if there is none
     */
    public abstract Optional<CheckResult> verdict();

    /**
     * Returns since when results say neither.
     *
     * @return a monotonic time, or empty if the latest one is a verdict
     */
    public abstract Optional<Duration> undecided();

    /**
     * Returns how often it has failed lately.
     *
     * @return the damping
     */
    @Value.Default
    public FlapDamping damping() {
        return FlapDamping.NONE;
    }

    /**
     * Returns what users see.
     *
     * @return the health
     */
    public abstract MemberHealth health();

    /**
     * Begins to track a member.
     *
     * @param key    the member
     * @param reason why nothing is known, in words
     * @param now    the time of the day
     * @return the track
     */
    public static MemberTrack begin(MemberKey key, String reason, Instant now) {
        return builder().key(key).obstacle(reason).health(
                MemberHealth.builder().service(key.service()).member(key.member())
                        .status(Status.of(HealthState.UNKNOWN, reason, now)).build()).build();
    }

    /**
     * Returns the track after the member was given to an agent. If it is what the agent was asked for before, nothing
     * changes; results of anything else say nothing about this.
     *
     * @param agent the name of the agent
     * @param check the id of the check
     * @return the track, of which the health is to be {@linkplain #judged judged}
     */
    public MemberTrack probedBy(String agent, String check) {
        return check().filter(check::equals).isPresent() ? this
                : builder().key(key()).agent(agent).check(check).damping(damping()).health(health()).build();
    }

    /**
     * Returns the track after the member was taken from its agent.
     *
     * @param reason why, in words
     * @return the track, of which the health is to be judged
     */
    public MemberTrack probedByNobody(String reason) {
        return builder().key(key()).obstacle(reason).damping(damping()).health(health()).build();
    }

    /**
     * Returns the track after a result of its check.
     *
     * @param result the result
     * @param now    a monotonic time
     * @return the track, of which the health is to be judged
     */
    public MemberTrack reported(CheckResult result, Duration now) {
        if (result.verdict() == Verdict.UNKNOWN) {
            return builder().from(this).latest(result).undecided(undecided().orElse(now)).build();
        }
        return builder().from(this).latest(result).verdict(result).undecided(Optional.empty())
                .damping(damped(result.verdict(), now)).build();
    }

    private FlapDamping damped(Verdict next, Duration now) {
        Verdict before = verdict().map(CheckResult::verdict).orElse(Verdict.UNKNOWN);
        if (next == Verdict.DOWN && before == Verdict.UP) {
            return damping().wentDown(now);
        }
        return next == Verdict.UP && before == Verdict.DOWN ? damping().cameUp(now) : damping();
    }

    /**
     * Returns the track with the health that follows from it.
     *
     * @param liveness how its agent is
     * @param now      a monotonic time
     * @param time     the same as time of the day
     * @return the track
     */
    public MemberTrack judged(Optional<AgentLiveness> liveness, Duration now, Instant time) {
        MemberHealth.Builder next = MemberHealth.builder().service(key().service()).member(key().member())
                .agent(agent()).status(status(liveness, now, time));
        latest().ifPresent(result -> next.lastProbe(result.lastProbe()).probes(result.probes())
                .failures(result.failures()).latency(result.latency()));
        damping().heldUntil().filter(until -> isHeld(now)).ifPresent(until -> next.heldUntil(
                health().heldUntil().orElseGet(() -> time.plus(until.minus(now)))));
        return builder().from(this).health(next.build()).build();
    }

    private Status<HealthState> status(Optional<AgentLiveness> liveness, Duration now, Instant time) {
        Optional<String> doubt = agent().isEmpty() ? Optional.of(obstacle())
                : liveness.map(agent -> agent.doubt(now)).orElseGet(() -> Optional.of("agent " + agent().get()
                + " has not connected yet"));
        if (doubt.isPresent()) {
            return health().status().next(HealthState.UNKNOWN, doubt.get(), time);
        }
        boolean holds = undecided().map(since -> since.plus(liveness.orElseThrow().lease()).compareTo(now) > 0)
                .orElse(true);
        if (verdict().isEmpty() || !holds) {
            return health().status().next(HealthState.UNKNOWN, latest().map(CheckResult::reason).orElseGet(
                    () -> "waiting for the first result of agent " + agent().orElseThrow()), time);
        }
        CheckResult result = verdict().get();
        if (isHeld(now)) {
            return health().status().next(HealthState.DOWN, "answers again, but is held down because it has failed too"
                    + " often: " + result.reason(), time);
        }
        return health().status().next(result.verdict() == Verdict.UP ? HealthState.UP : HealthState.DOWN,
                                      result.reason(), time);
    }

    private boolean isHeld(Duration now) {
        return verdict().filter(result -> result.verdict() == Verdict.UP).isPresent() && damping().isHeld(now);
    }

    /**
     * Returns when the health may become another one although nothing is reported, but for the end of the lease of the
     * agent.
     *
     * @param liveness how its agent is
     * @param now      a monotonic time
     * @return a later monotonic time, or empty if there is none
     */
    public Optional<Duration> due(Optional<AgentLiveness> liveness, Duration now) {
        return Stream.concat(damping().heldUntil().stream(), undecided().stream().flatMap(
                        since -> liveness.map(agent -> since.plus(agent.lease())).stream()))
                .filter(time -> time.compareTo(now) > 0).min(Duration::compareTo);
    }

    static Builder builder() {
        return new Builder();
    }

    /** Builds these values. */
    static final class Builder extends ImmutableMemberTrack.Builder {
    }
}
