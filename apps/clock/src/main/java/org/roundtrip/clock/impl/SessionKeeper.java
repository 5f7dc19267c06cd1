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

import org.onosproject.core.ApplicationId;
import org.roundtrip.base.ConflictException;
import org.roundtrip.base.FieldError;
import org.roundtrip.base.InvalidRequestException;
import org.roundtrip.base.NotFoundException;
import org.roundtrip.base.RequestException;
import org.roundtrip.base.store.DurableMap;
import org.roundtrip.clock.ClockEndpoint;
import org.roundtrip.clock.ClockSessionRequest;
import org.roundtrip.clock.ClockReference;
import org.roundtrip.clock.PtpTransport;
import org.roundtrip.clock.compute.ClockSessionRecord;
import org.roundtrip.clock.compute.PathRefusals;
import org.roundtrip.clock.compute.SessionConflicts;
import org.roundtrip.clock.compute.SessionPaths;
import org.roundtrip.tepath.TePath;
import org.roundtrip.tepath.TePathRequest;
import org.roundtrip.tepath.TePathService;
import org.roundtrip.tepath.TePathState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps what is stored of the sessions and the te-paths that they have in step. On one node of the cluster only, and on
 * one thread.
 * <p>
 * A te-path is asked for before its session is stored, so that a refusal leaves nothing behind, and is gone before its
 * session is forgotten. Whatever remains when the controller dies in between is put right by {@link #keep}: a te-path
 * without a session is removed, a session without a te-path asks for it.
 */
final class SessionKeeper {

    private static final Logger log = LoggerFactory.getLogger(SessionKeeper.class);

    private final ApplicationId owner;
    private final DurableMap<ClockSessionRecord> records;
    private final TePathService paths;
    private final HostLookup hosts;
    private final Map<String, String> refusals = new HashMap<>();

    SessionKeeper(ApplicationId owner, DurableMap<ClockSessionRecord> records, TePathService paths, HostLookup hosts) {
        this.owner = owner;
        this.records = records;
        this.paths = paths;
        this.hosts = hosts;
    }

    /**
     * Adds a session.
     *
     * @param request what is asked for
     * @throws RequestException if it is refused: nothing is changed
     */
    void add(ClockSessionRequest request) {
        records.get(request.name()).ifPresent(SessionKeeper::refuseName);
        ClockSessionRecord session = located(request);
        SessionConflicts.requireTwoEnds(session);
        SessionConflicts.requireOwnTraffic(session, records.all().values());
        try {
            paths.request(owner, SessionPaths.of(session));
        } catch (RequestException refusal) {
            throw PathRefusals.ofSession(refusal);
        }
        records.put(request.name(), session);
    }

    /**
     * Adds a session unless it was asked for in exactly this way before.
     *
     * @param request what is asked for
     * @throws RequestException if it is refused: nothing is changed
     */
    void put(ClockSessionRequest request) {
        Optional<ClockSessionRecord> same = records.get(request.name())
                .filter(record -> record.request().equals(request) && !record.removing());
        if (same.isEmpty()) {
            add(request);
        }
    }

    private static void refuseName(ClockSessionRecord session) {
        throw new ConflictException("name", "there is a session '" + session.request().name() + "'"
                + (session.removing() ? ", which is being removed: try again soon"
                                      : " already: choose another name, or remove it first"));
    }

    private ClockSessionRecord located(ClockSessionRequest request) {
        List<FieldError> errors = new ArrayList<>();
        Optional<ClockEndpoint> server = endpoint("server", request.server(), request.transport(), errors);
        Optional<ClockEndpoint> client = endpoint("client", request.client(), request.transport(), errors);
        if (!errors.isEmpty()) {
            throw new InvalidRequestException(errors);
        }
        return ClockSessionRecord.of(request, server.orElseThrow(), client.orElseThrow());
    }

    private Optional<ClockEndpoint> endpoint(String field, ClockReference reference, PtpTransport transport,
                                             List<FieldError> errors) {
        try {
            return Optional.of(hosts.endpoint(field, reference, transport));
        } catch (RequestException refusal) {
            errors.addAll(refusal.errors());
            return Optional.empty();
        }
    }

    /**
     * Marks a session as one that is to go; {@link #keep} does the rest.
     *
     * @param name the name of the session
     * @throws NotFoundException if there is no such session
     */
    void remove(String name) {
        ClockSessionRecord session = records.get(name).orElseThrow(
                () -> new NotFoundException("name", "there is no clock session '" + name + "'"));
        records.put(name, session.toBeRemoved());
    }

    /**
     * Takes every session one step nearer to what it should be.
     */
    void keep() {
        Map<String, ClockSessionRecord> sessions = records.all();
        refusals.keySet().retainAll(sessions.keySet());
        sessions.forEach(this::keep);
        paths.paths().stream()
                .filter(this::isOurs)
                .filter(path -> sessions.keySet().stream().map(SessionPaths::name)
                        .noneMatch(path.request().name()::equals))
                .forEach(this::remove);
    }

    /** One session that fails must not keep the others from being kept. */
    private void keep(String name, ClockSessionRecord session) {
        try {
            if (session.removing()) {
                finishRemoval(session);
            } else {
                ensurePath(moved(session));
            }
            refusals.remove(name);
        } catch (RequestException refusal) {
            refusals.put(name, PathRefusals.ofSession(refusal).getMessage());
        } catch (RuntimeException failure) {
            if (refusals.put(name, failure.toString()) == null) {
                log.error("Clock session {} can't be kept and will be tried again", name, failure);
            }
        }
    }

    private ClockSessionRecord moved(ClockSessionRecord session) {
        ClockSessionRecord moved = session.at(
                now("server", session.request().server(), session.request().transport(), session.server()),
                now("client", session.request().client(), session.request().transport(), session.client()));
        if (!moved.equals(session)) {
            records.put(session.request().name(), moved);
        }
        return moved;
    }

    /** A host that is not known at present, as all are after a start, is taken to be where it was. */
    private ClockEndpoint now(String field, ClockReference reference, PtpTransport transport, ClockEndpoint last) {
        try {
            return hosts.endpoint(field, reference, transport);
        } catch (RequestException unknown) {
            return last;
        }
    }

    private void ensurePath(ClockSessionRecord session) {
        TePathRequest wanted = SessionPaths.of(session);
        Optional<TePath> present = paths.path(wanted.name()).filter(this::isOurs);
        if (present.isEmpty()) {
            paths.request(owner, wanted);
        } else if (!present.get().request().equals(wanted)) {
            remove(present.get());
        }
    }

    private void finishRemoval(ClockSessionRecord session) {
        Optional<TePath> path = paths.path(SessionPaths.name(session.request().name())).filter(this::isOurs);
        if (path.isPresent()) {
            remove(path.get());
        } else {
            records.remove(session.request().name());
        }
    }

    private void remove(TePath path) {
        if (path.status().state() != TePathState.REMOVING) {
            paths.remove(owner, path.request().name());
        }
    }

    private boolean isOurs(TePath path) {
        return path.owner().equals(owner.name());
    }

    /**
     * Returns why a session has no te-path.
     *
     * @param name the name of the session
     * @return the refusal in words, or empty if none was refused
     */
    Optional<String> refusal(String name) {
        return Optional.ofNullable(refusals.get(name));
    }

    /**
     * Returns whether a session waits for something that no event tells.
     *
     * @return true if {@link #keep} should be called again after a while
     */
    boolean isWaiting() {
        return !refusals.isEmpty();
    }
}
