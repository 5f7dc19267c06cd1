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
package org.roundtrip.clock.impl;

import org.roundtrip.base.RequestException;
import org.roundtrip.base.Status;
import org.roundtrip.clock.ClockAlarm;
import org.roundtrip.clock.ClockAlarmType;
import org.roundtrip.clock.ClockEndpoint;
import org.roundtrip.clock.ClockReference;
import org.roundtrip.clock.ClockSession;
import org.roundtrip.clock.ClockSessionState;
import org.roundtrip.clock.compute.ClockSessionRecord;
import org.roundtrip.clock.compute.SessionAlarms;
import org.roundtrip.clock.compute.SessionHistory;
import org.roundtrip.clock.compute.SessionObservation;
import org.roundtrip.clock.compute.SessionPaths;
import org.roundtrip.clock.compute.SessionStatus;
import org.roundtrip.clock.compute.TunnelInterfaces;
import org.roundtrip.tepath.TePath;
import org.roundtrip.tepath.TePathService;
import org.roundtrip.tepath.TePathState;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Looks at sessions and says how they fare. Changes nothing. Only for the thread of the loop.
 */
final class SessionObserver {

    private final SessionKeeper keeper;
    private final TePathService paths;
    private final HostLookup hosts;
    private final SessionRules rules;
    private final SessionQuality quality;

    SessionObserver(SessionKeeper keeper, TePathService paths, HostLookup hosts, SessionRules rules,
                    SessionQuality quality) {
        this.keeper = keeper;
        this.paths = paths;
        this.hosts = hosts;
        this.rules = rules;
        this.quality = quality;
    }

    /**
     * Looks at the sessions among which there is a choice.
     *
     * @param group     their records
     * @param histories what has become of them so far
     * @return what is seen of each
     */
    List<SessionObservation> look(List<ClockSessionRecord> group, HistoryStore histories) {
        Map<String, String> heldBack = keeper.heldBack(group);
        List<String> serving = group.stream().filter(this::isServing).map(session -> session.request().name())
                .collect(Collectors.toList());
        return group.stream().map(session -> look(session, heldBack, serving, histories))
                .collect(Collectors.toUnmodifiableList());
    }

    private boolean isServing(ClockSessionRecord session) {
        return !session.removing() && keeper.path(session).filter(path -> SessionPaths.carries(path, session)
                && path.status().state() == TePathState.UP && !path.request().suspended()).isPresent();
    }

    private SessionObservation look(ClockSessionRecord session, Map<String, String> heldBack, List<String> serving,
                                    HistoryStore histories) {
        String name = session.request().name();
        return SessionObservation.builder()
                .session(session)
                .path(keeper.path(session))
                .refusal(keeper.refusal(name))
                .heldBack(Optional.ofNullable(heldBack.get(name)))
                .servedBy(serving.stream().filter(other -> !other.equals(name)).findFirst())
                .serverCapability(paths.capability(session.server().connectPoint().deviceId()))
                .clientCapability(paths.capability(session.client().connectPoint().deviceId()))
                .remarks(remarks(session))
                .measuredWrong(quality.alarms(name))
                .previous(histories.get(name).state())
                .served(histories.get(name).served())
                .build();
    }

    private List<String> remarks(ClockSessionRecord session) {
        List<String> remarks = new ArrayList<>();
        if (!session.removing()) {
            unseen("server", session.request().server(), session, session.server()).ifPresent(remarks::add);
            unseen("client", session.request().client(), session, session.client()).ifPresent(remarks::add);
            rules.defect(session.request().name()).ifPresent(remarks::add);
        }
        return remarks;
    }

    private Optional<String> unseen(String field, ClockReference reference, ClockSessionRecord session,
                                    ClockEndpoint last) {
        try {
            hosts.endpoint(field, reference, session.request().transport());
            return Optional.empty();
        } catch (RequestException unknown) {
            return Optional.of(unknown.getMessage() + "; it is taken to be at " + last.connectPoint());
        }
    }

    /**
     * Returns what has become of a session.
     *
     * @param seen    what is seen of it
     * @param history what had become of it before
     * @param now     the time
     * @return the history with what has changed
     */
    SessionHistory follow(SessionObservation seen, SessionHistory history, Instant now) {
        ClockSessionState state = SessionStatus.state(seen);
        String reason = SessionStatus.reason(seen, state);
        return history.next(state, reason, SessionAlarms.of(seen, state, reason), now);
    }

    /**
     * Returns a session as users see it, without what its client measures.
     *
     * @param seen     what is seen of it
     * @param history  what has become of it
     * @param previous how it was seen before, or empty
     * @param now      the time
     * @return the session
     */
    ClockSession view(SessionObservation seen, SessionHistory history, Optional<ClockSession> previous, Instant now) {
        ClockSessionRecord session = seen.session();
        ClockSessionState state = SessionStatus.state(seen);
        String reason = SessionStatus.reason(seen, state);
        return ClockSession.builder()
                .request(session.request())
                .origin(session.origin())
                .policy(session.policy())
                .serverEndpoint(session.server())
                .clientEndpoint(session.client())
                .serverTunnelInterface(TunnelInterfaces.atServer(
                        seen, state, reason, previous.flatMap(ClockSession::serverTunnelInterface), now))
                .clientTunnelInterface(TunnelInterfaces.atClient(
                        seen, state, reason, previous.flatMap(ClockSession::clientTunnelInterface), now))
                .tePath(SessionPaths.name(session.request().name()))
                .tePathState(seen.path().map(path -> path.status().state()))
                .asymmetry(SessionAlarms.asymmetry(seen))
                .grants(session.grants())
                .alarms(alarms(history, SessionAlarms.of(seen, state, reason)))
                .status(status(seen, Status.of(state, reason, history.since().orElse(now)), previous))
                .build();
    }

    /** Since when is in the history, why may have changed since. */
    private static List<ClockAlarm> alarms(SessionHistory history, Map<ClockAlarmType, String> reasons) {
        Map<ClockAlarmType, ClockAlarm> alarms = new TreeMap<>();
        history.alarms().forEach(alarm -> alarms.put(alarm.type(), ClockAlarm.builder().from(alarm)
                .reason(reasons.getOrDefault(alarm.type(), alarm.reason())).build()));
        return List.copyOf(alarms.values());
    }

    private static Status<ClockSessionState> status(SessionObservation seen, Status<ClockSessionState> status,
                                                    Optional<ClockSession> previous) {
        return seen.refusal().or(() -> seen.path().map(TePath::status).flatMap(Status::lastError))
                .or(() -> previous.flatMap(session -> session.status().lastError()))
                .map(status::withError).orElse(status);
    }
}
