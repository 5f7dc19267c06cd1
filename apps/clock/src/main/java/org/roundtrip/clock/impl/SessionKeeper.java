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
import org.roundtrip.clock.ClockEndpoint;
import org.roundtrip.clock.ClockReference;
import org.roundtrip.clock.ClockSessionRequest;
import org.roundtrip.clock.PtpTransport;
import org.roundtrip.clock.SessionOrigin;
import org.roundtrip.clock.UnicastGrant;
import org.roundtrip.clock.compute.ClockSessionRecord;
import org.roundtrip.clock.compute.MulticastCopies;
import org.roundtrip.clock.compute.PathRefusals;
import org.roundtrip.clock.compute.ServerCandidate;
import org.roundtrip.clock.compute.ServerSelection;
import org.roundtrip.clock.compute.SessionChanges;
import org.roundtrip.clock.compute.SessionConflicts;
import org.roundtrip.clock.compute.SessionPaths;
import org.roundtrip.clock.compute.TunnelInterfaces;
import org.roundtrip.tepath.TePath;
import org.roundtrip.tepath.TePathRequest;
import org.roundtrip.tepath.TePathService;
import org.roundtrip.tepath.TePathState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Keeps what is recorded of the sessions and the te-paths that they have in step. On one node of the cluster only, and
 * on one thread.
 * <p>
 * A te-path is asked for before its session is recorded, so that a refusal leaves nothing behind, and is gone before
 * its session is forgotten. Whatever remains when the controller dies in between is put right by {@link #keep} and
 * {@link #removeOrphan}: a te-path without a session is removed, a session without a te-path, or with one that was
 * asked for differently, asks for it.
 */
final class SessionKeeper {

    private static final Logger log = LoggerFactory.getLogger(SessionKeeper.class);

    private final ApplicationId owner;
    private final SessionLedger ledger;
    private final TePathService paths;
    private final HostLookup hosts;
    private final SessionRules rules;
    private final Map<String, String> refusals = new HashMap<>();

    SessionKeeper(ApplicationId owner, SessionLedger ledger, TePathService paths, HostLookup hosts,
                  SessionRules rules) {
        this.owner = owner;
        this.ledger = ledger;
        this.paths = paths;
        this.hosts = hosts;
        this.rules = rules;
    }

    /**
     * Adds a session.
     *
     * @param request what is asked for
     * @throws RequestException if it is refused: nothing is changed
     */
    void add(ClockSessionRequest request) {
        ledger.get(request.name()).ifPresent(SessionKeeper::refuseName);
        accept(located(request));
    }

    /**
     * Adds a session, or changes the one of that name.
     *
     * @param request what is asked for
     * @throws RequestException if it is refused: nothing is changed
     */
    void put(ClockSessionRequest request) {
        put(request, Optional.empty(), Function.identity());
    }

    /**
     * Adds a session that its client asks for, or changes the one of that name.
     *
     * @param request what is asked for
     * @param policy  the name of the policy that allows it
     * @param grants  what the server has granted, if the session is new
     * @throws RequestException if it is refused: nothing is changed
     */
    void open(ClockSessionRequest request, String policy, List<UnicastGrant> grants) {
        put(request, Optional.of(policy), session -> session.negotiated(
                policy, session.origin() == SessionOrigin.NEGOTIATED ? session.grants() : grants));
    }

    private void put(ClockSessionRequest request, Optional<String> policy,
                     Function<ClockSessionRecord, ClockSessionRecord> origin) {
        Optional<ClockSessionRecord> present = ledger.get(request.name());
        if (present.isEmpty()) {
            accept(origin.apply(located(request)));
            return;
        }
        ClockSessionRecord session = present.get();
        if (session.removing() || session.policy().isPresent() != policy.isPresent()) {
            refuseName(session);
        }
        ClockSessionRecord changed = origin.apply(session.asking(request));
        if (!changed.equals(session)) {
            SessionChanges.requireSameTraffic(session.request(), request);
            requestPath(changed);
            ledger.put(changed);
        }
    }

    private static void refuseName(ClockSessionRecord session) {
        throw new ConflictException("name", "there is a session '" + session.request().name() + "'"
                + (session.removing() ? ", which is being removed: try again soon"
                : session.policy().map(policy -> ", which its client has negotiated by the policy '" + policy + "'")
                        .orElse(" already") + ": choose another name, or remove it first"));
    }

    private void accept(ClockSessionRecord session) {
        SessionConflicts.requireTwoEnds(session);
        SessionConflicts.requireOwnTraffic(session, ledger.atPortsOf(session));
        requestPath(session);
        ledger.put(session);
    }

    private ClockSessionRecord located(ClockSessionRequest request) {
        List<FieldError> errors = new ArrayList<>();
        Optional<ClockEndpoint> server = endpoint("server", request.server(), request.transport(), errors);
        Optional<ClockEndpoint> client = endpoint("client", request.client(), request.transport(), errors);
        if (!errors.isEmpty()) {
            throw new InvalidRequestException(errors);
        }
        return withCopies(ClockSessionRecord.of(request, server.orElseThrow(), client.orElseThrow()));
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
     * Puts grants in the place of those before.
     *
     * @param name   the name of the session
     * @param grants all that are in force
     * @throws NotFoundException if there is no such session that its client has asked for
     */
    void grants(String name, List<UnicastGrant> grants) {
        ClockSessionRecord session = negotiated(name).orElseThrow(() -> new NotFoundException(
                "name", "there is no clock session '" + name + "' that a client has negotiated"));
        if (!session.grants().equals(grants)) {
            ledger.put(session.negotiated(session.policy().orElseThrow(), grants));
        }
    }

    /**
     * Marks a session that its client has asked for as one that is to go, if there is one.
     *
     * @param name   the name of the session
     * @param reason why, in words
     */
    void close(String name, String reason) {
        negotiated(name).ifPresent(session -> ledger.put(session.toBeRemoved(reason)));
    }

    private Optional<ClockSessionRecord> negotiated(String name) {
        return ledger.get(name).filter(session -> session.origin() == SessionOrigin.NEGOTIATED && !session.removing());
    }

    /**
     * Marks a session as one that is to go; {@link #keep} does the rest.
     *
     * @param name the name of the session
     * @throws NotFoundException if there is no such session
     */
    void remove(String name) {
        ClockSessionRecord session = ledger.get(name).orElseThrow(
                () -> new NotFoundException("name", "there is no clock session '" + name + "'"));
        if (!session.removing()) {
            ledger.put(session.toBeRemoved());
        }
    }

    /**
     * Records where the clocks of a session are now. A clock that is not known at present, as all are after a start, is
     * taken to be where it was.
     *
     * @param session a session
     */
    void follow(ClockSessionRecord session) {
        ClockSessionRecord moved = session.removing() ? session : session.at(
                now("server", session.request().server(), session.request().transport(), session.server()),
                now("client", session.request().client(), session.request().transport(), session.client()));
        if (!moved.equals(session)) {
            ledger.put(withCopies(moved));
        }
    }

    private ClockSessionRecord withCopies(ClockSessionRecord session) {
        return MulticastCopies.assign(session, ledger.atPortsOf(session), rules::canCopy);
    }

    private ClockEndpoint now(String field, ClockReference reference, PtpTransport transport, ClockEndpoint last) {
        try {
            return hosts.endpoint(field, reference, transport);
        } catch (RequestException unknown) {
            return last;
        }
    }

    /**
     * Takes the sessions among which there is a choice one step nearer to what they should be: those first that are to
     * be held back.
     *
     * @param group their records
     */
    void keep(List<ClockSessionRecord> group) {
        Map<String, String> heldBack = heldBack(group);
        group.stream().sorted(Comparator.comparing(session -> !heldBack.containsKey(session.request().name())))
                .forEach(session -> keep(session, heldBack.keySet()));
    }

    /**
     * Returns which sessions of a group are to be held back now.
     *
     * @param group the records of the sessions of a client
     * @return the reasons by the names of the sessions
     */
    Map<String, String> heldBack(List<ClockSessionRecord> group) {
        return ServerSelection.heldBack(group.stream()
                .map(session -> ServerCandidate.of(session, path(session)))
                .collect(Collectors.toUnmodifiableList()));
    }

    /** One session that fails must not keep the others from being kept. */
    private void keep(ClockSessionRecord session, Set<String> heldBack) {
        String name = session.request().name();
        try {
            if (session.removing()) {
                finishRemoval(session);
            } else {
                ensurePath(session, heldBack);
            }
            refusals.remove(name);
        } catch (RequestException refusal) {
            refusals.put(name, refusal.getMessage());
        } catch (RuntimeException failure) {
            if (refusals.put(name, failure.toString()) == null) {
                log.error("Clock session {} can't be kept and will be tried again", name, failure);
            }
        }
    }

    private void ensurePath(ClockSessionRecord session, Set<String> heldBack) {
        TePathRequest wanted = wanted(session, heldBack);
        Optional<TePath> present = path(session);
        if (present.isEmpty()) {
            requireCapable(session);
            request(wanted);
        } else if (!SessionPaths.joins(present.get(), session)) {
            remove(present.get());
        } else if (present.get().status().state() != TePathState.REMOVING
                && !present.get().request().equals(wanted)) {
            request(wanted);
        }
    }

    /** Asks for the te-path of a session that is not recorded in this way yet. */
    private void requestPath(ClockSessionRecord session) {
        String name = session.request().name();
        requireCapable(session);
        List<ClockSessionRecord> group = Stream.concat(
                ledger.group(session).stream().filter(other -> !other.request().name().equals(name)),
                Stream.of(session)).collect(Collectors.toUnmodifiableList());
        request(wanted(session, heldBack(group).keySet()));
    }

    private void request(TePathRequest wanted) {
        try {
            paths.request(owner, wanted);
        } catch (RequestException refusal) {
            throw PathRefusals.ofSession(refusal);
        }
    }

    private static TePathRequest wanted(ClockSessionRecord session, Set<String> heldBack) {
        return heldBack.contains(session.request().name())
                ? SessionPaths.suspended(session) : SessionPaths.of(session);
    }

    private void requireCapable(ClockSessionRecord session) {
        TunnelInterfaces.requireCapable(session, paths.capability(session.server().connectPoint().deviceId()),
                                        paths.capability(session.client().connectPoint().deviceId()));
    }

    private void finishRemoval(ClockSessionRecord session) {
        path(session).ifPresentOrElse(this::remove, () -> ledger.remove(session.request().name()));
    }

    /**
     * Removes the te-path of a session that is not there.
     *
     * @param name the name that the session would have
     */
    void removeOrphan(String name) {
        refusals.remove(name);
        paths.path(SessionPaths.name(name)).filter(this::isOurs).ifPresent(this::remove);
    }

    private void remove(TePath path) {
        if (path.status().state() != TePathState.REMOVING) {
            paths.remove(owner, path.request().name());
        }
    }

    /**
     * Returns the te-path of a session.
     *
     * @param session a session
     * @return the te-path of its name that is ours, which may have been asked for differently, or empty
     */
    Optional<TePath> path(ClockSessionRecord session) {
        return paths.path(SessionPaths.name(session.request().name())).filter(this::isOurs);
    }

    private boolean isOurs(TePath path) {
        return path.owner().equals(owner.name());
    }

    /**
     * Returns why a session has no te-path, or not the one that it wants.
     *
     * @param name the name of the session
     * @return the refusal in words, or empty if none was refused
     */
    Optional<String> refusal(String name) {
        return Optional.ofNullable(refusals.get(name));
    }

    /**
     * Returns the sessions that wait for something that no event tells.
     *
     * @return the names of those that should be kept again after a while
     */
    Set<String> refused() {
        return Set.copyOf(refusals.keySet());
    }
}
