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
package org.roundtrip.clock.compute.negotiation;

import org.onlab.packet.IpAddress;
import org.onosproject.net.ConnectPoint;
import org.roundtrip.clock.ClockPolicy;
import org.roundtrip.clock.ClockReference;
import org.roundtrip.clock.ClockSessionRequest;
import org.roundtrip.clock.PtpDelivery;
import org.roundtrip.clock.UnicastMessageType;
import org.roundtrip.clock.compute.message.AcknowledgeCancelUnicastTransmission;
import org.roundtrip.clock.compute.message.CancelUnicastTransmission;
import org.roundtrip.clock.compute.message.GrantUnicastTransmission;
import org.roundtrip.clock.compute.message.MessageTypes;
import org.roundtrip.clock.compute.message.OrganizationSubType;
import org.roundtrip.clock.compute.message.PathConsistency;
import org.roundtrip.clock.compute.message.PortIdentity;
import org.roundtrip.clock.compute.message.PtpHeader;
import org.roundtrip.clock.compute.message.RequestUnicastTransmission;
import org.roundtrip.clock.compute.message.SignallingCodec;
import org.roundtrip.clock.compute.message.SignallingMessage;
import org.roundtrip.clock.compute.message.Tlv;
import org.roundtrip.clock.compute.negotiation.Negotiation.AwaitedAnswer;
import org.roundtrip.clock.compute.negotiation.Negotiation.HeldRequest;
import org.roundtrip.clock.compute.negotiation.Negotiation.Phase;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Unicast negotiation between clients and the servers of policies, with the network between them (IEEE 1588-2019,
 * section 16.1). Each method takes in what has happened and returns what is to be done about it, in order; it does
 * nothing itself. Times are elapsed times since any moment, which never go back.
 * <p>
 * A session is asked for by the first request that the policy allows, and closed when nothing is granted or asked for
 * any more. There is one for each pair, whatever clients repeat. Clients that no policy names leave nothing behind, and
 * those that policies name leave as much as {@link ClockPolicy#maxClients} allows, so a flood can't fill the memory.
 * <p>
 * Not thread-safe: for one thread at a time. Messages take constant time but for the first one of a pair, which takes
 * time that is linear in the number of pairs, as {@link #tick} does.
 */
public final class UnicastNegotiation {

    /** How many sessions may be being opened for clients at one port, where addresses may be forged. */
    static final int MOST_OPENING_PER_PORT = 16;

    /** How many refusals of tunnels are remembered. */
    static final int MOST_REFUSALS = 1_024;

    private static final int MISSED_MESSAGES = 3;

    private final NegotiationTiming timing;
    private final OrganizationSubType consistencySubType;

    private final Map<ClockPair, Negotiation> negotiations = new LinkedHashMap<>();
    private final Map<IpAddress, PortIdentity> serverPorts = new HashMap<>();
    private final Map<ClockPair, Refusal> refusals = new LinkedHashMap<>();
    private Map<IpAddress, ClockPolicy> policies = Map.of();

    /**
     * Creates a negotiation without policies, which allows nothing.
     *
     * @param timing             how long to wait for what
     * @param consistencySubType how servers know the path consistency extension
     */
    public UnicastNegotiation(NegotiationTiming timing, OrganizationSubType consistencySubType) {
        this.timing = timing;
        this.consistencySubType = consistencySubType;
    }

    /**
     * Takes in all policies. What they do not allow ends. Grants that are in force are not shortened.
     *
     * @param all the policies, of which no two name the same server
     * @param now the elapsed time
     * @return what is to be done
     */
    public List<NegotiationAction> policies(Collection<ClockPolicy> all, Duration now) {
        Map<IpAddress, ClockPolicy> byServer = new HashMap<>();
        all.forEach(policy -> policy.servers().forEach(server -> byServer.put(server, policy)));
        policies = byServer;
        serverPorts.keySet().retainAll(byServer.keySet());
        refusals.clear();
        List<NegotiationAction> actions = new ArrayList<>();
        Map<IpAddress, Integer> clients = new HashMap<>();
        for (Negotiation negotiation : negotiations.values()) {
            Optional<String> reason = negotiation.phase == Phase.CLOSING
                    ? Optional.empty() : notAllowed(negotiation, clients);
            if (reason.isPresent()) {
                close(negotiation, reason.get(), actions, now);
            } else {
                denyHeld(negotiation, request -> notAllowed(negotiation, request).isPresent(),
                         "it is not allowed any more", actions);
                clients.merge(negotiation.pair.server(), 1, Integer::sum);
            }
        }
        return actions;
    }

    /** Why a session may not be any more. The first clients of a server are the last ones to go. */
    private Optional<String> notAllowed(Negotiation negotiation, Map<IpAddress, Integer> clients) {
        ClockPolicy policy = policies.get(negotiation.pair.server());
        if (policy == null) {
            return Optional.of("no policy names the server any more");
        }
        if (!RequestRules.allowsClient(policy, negotiation.pair.client())) {
            return Optional.of("policy " + policy.name() + " does not name the client");
        }
        if (clients.getOrDefault(negotiation.pair.server(), 0) >= policy.maxClients()) {
            return Optional.of("policy " + policy.name() + " allows " + policy.maxClients() + " clients");
        }
        return negotiation.grants.values().stream()
                .flatMap(grant -> RequestRules.refusal(policy, grant.key(), grant.logInterMessagePeriod(),
                                                        grant.duration()).stream())
                .findFirst().map(reason -> "policy " + policy.name() + ": " + reason);
    }

    private Optional<String> notAllowed(Negotiation negotiation, HeldRequest held) {
        ClockPolicy policy = policies.get(negotiation.pair.server());
        if (policy == null || !RequestRules.allowsClient(policy, negotiation.pair.client())) {
            return Optional.of("no policy allows it");
        }
        return RequestRules.refusal(policy, held.signal.message().header().domain(), held.request);
    }

    /**
     * Takes in a session that is there after a restart. To be called before anything else is taken in of its pair, and
     * followed by whether it is up.
     * <p>
     * A session without grants is kept for as long as one could have been granted, unless its clocks are silent: the
     * answer to its request may have been missed while nobody was there.
     *
     * @param pair   between which clocks
     * @param policy the name of the policy by which it was opened
     * @param grants what was recorded
     * @param now    the elapsed time
     * @return what is to be done
     */
    public List<NegotiationAction> restore(ClockPair pair, String policy, Collection<TrackedGrant> grants,
                                           Duration now) {
        Negotiation negotiation = new Negotiation(pair, policy, Optional.empty(), now);
        negotiation.phase = Phase.HELD;
        negotiations.put(pair, negotiation);
        grants.forEach(grant -> negotiation.grants.put(grant.key(), grant));
        List<NegotiationAction> actions = new ArrayList<>();
        Optional<String> reason = notAllowed(negotiation, Map.of());
        if (reason.isPresent()) {
            close(negotiation, reason.get(), actions, now);
        } else if (grants.isEmpty()) {
            negotiation.unconfirmedUntil = now.plusSeconds(policies.get(pair.server()).maxDuration());
        }
        return actions;
    }

    /**
     * Takes in a message of a client to a server.
     *
     * @param signal the message, and where it came from
     * @param now    the elapsed time
     * @return what is to be done
     */
    public List<NegotiationAction> fromClient(ClientSignal signal, Duration now) {
        ClockPolicy policy = policies.get(signal.pair().server());
        if (policy == null || !signal.pair().isPlausible()) {
            return List.of(ImmutableNegotiationAction.Drop.of(
                    signal, policy == null ? "no policy names the server" : "the addresses are forged"));
        }
        if (!RequestRules.allowsClient(policy, signal.pair().client())) {
            return refuse(signal, "policy " + policy.name() + " does not name the client");
        }
        ClientDemands demands = ClientDemands.of(signal.message(), policy, consistencySubType);
        Negotiation negotiation = negotiations.get(signal.pair());
        if (negotiation == null) {
            return fromNewClient(signal, policy, demands, now);
        }
        if (negotiation.phase != Phase.CLOSING && negotiation.port.filter(signal.port()::equals).isEmpty()
                && negotiation.port.isPresent()) {
            return fromOtherPort(signal, negotiation, demands, now);
        }
        return fromKnownClient(signal, negotiation, demands, now);
    }

    private List<NegotiationAction> refuse(ClientSignal signal, String reason) {
        ClientDemands demands = ClientDemands.refused(signal.message(), reason);
        return demands.refused().isEmpty()
                ? List.of(ImmutableNegotiationAction.Drop.of(signal, reason))
                : List.of(denial(signal, demands));
    }

    private List<NegotiationAction> fromNewClient(ClientSignal signal, ClockPolicy policy, ClientDemands demands,
                                                  Duration now) {
        List<NegotiationAction> actions = new ArrayList<>();
        if (!demands.requests().isEmpty()) {
            Optional<String> refusal = refusalOfNew(signal, policy, now);
            if (refusal.isPresent()) {
                refuseAll(demands, refusal.get());
            } else {
                Negotiation negotiation =
                        new Negotiation(signal.pair(), policy.name(), Optional.of(signal.port()), now);
                negotiations.put(signal.pair(), negotiation);
                hold(negotiation, signal, demands, now);
                actions.add(open(negotiation, policy));
            }
        } else if (demands.refused().isEmpty()) {
            actions.add(ImmutableNegotiationAction.Drop.of(signal, "there is no session"));
        }
        answerRefused(signal, demands, actions);
        return actions;
    }

    private Optional<String> refusalOfNew(ClientSignal signal, ClockPolicy policy, Duration now) {
        Refusal refusal = refusals.get(signal.pair());
        if (refusal != null && refusal.until.compareTo(now) > 0) {
            return Optional.of(refusal.reason);
        }
        long clients = negotiations.keySet().stream().filter(
                pair -> pair.server().equals(signal.pair().server())).count();
        if (clients >= policy.maxClients()) {
            return Optional.of("policy " + policy.name() + " allows " + policy.maxClients() + " clients");
        }
        long opening = negotiations.values().stream().filter(
                other -> other.phase == Phase.OPENING && other.port.equals(Optional.of(signal.port()))).count();
        return opening >= MOST_OPENING_PER_PORT
                ? Optional.of(opening + " sessions are being opened for clients at " + signal.port())
                : Optional.empty();
    }

    private static NegotiationAction open(Negotiation negotiation, ClockPolicy policy) {
        ClockPair pair = negotiation.pair;
        int domain = negotiation.held.keySet().iterator().next().domain();
        return ImmutableNegotiationAction.OpenSession.of(pair, ClockSessionRequest.builder()
                .name(pair.sessionName())
                .server(ClockReference.of(pair.server()))
                .client(ClockReference.of(pair.client()))
                .transport(pair.transport())
                .delivery(PtpDelivery.UNICAST)
                .domain(domain)
                .priority(policy.priority())
                .tunnel(policy.tunnel())
                .monitoring(policy.monitoring())
                .build(), policy.name());
    }

    /** The client may have moved, which only its session knows; or somebody else uses its address. */
    private List<NegotiationAction> fromOtherPort(ClientSignal signal, Negotiation negotiation, ClientDemands demands,
                                                  Duration now) {
        List<NegotiationAction> actions = new ArrayList<>();
        if (negotiation.phase == Phase.HELD && !demands.requests().isEmpty()) {
            hold(negotiation, signal, demands, now);
        } else {
            actions.add(ImmutableNegotiationAction.Drop.of(
                    signal, "the client is at " + negotiation.port.map(ConnectPoint::toString).orElse("another port")));
        }
        return actions;
    }

    private List<NegotiationAction> fromKnownClient(ClientSignal signal, Negotiation negotiation,
                                                    ClientDemands demands, Duration now) {
        List<NegotiationAction> actions = new ArrayList<>();
        negotiation.clientHeard = now;
        List.copyOf(demands.requests().keySet()).stream()
                .filter(key -> !negotiation.hasRoomFor(key))
                .forEach(key -> demands.refuse(key, "a client can negotiate about " + Negotiation.MOST_KEYS
                        + " things at a time"));
        if (negotiation.phase == Phase.UP) {
            pass(signal, negotiation, demands, actions, now);
        } else {
            hold(negotiation, signal, demands, now);
            if (!demands.others().isEmpty()) {
                actions.add(ImmutableNegotiationAction.Drop.of(signal, "the session is not up"));
            }
        }
        end(negotiation, demands.ended(), "the client has cancelled", actions);
        answerRefused(signal, demands, actions);
        settle(negotiation, actions, now);
        return actions;
    }

    private void hold(Negotiation negotiation, ClientSignal signal, ClientDemands demands, Duration now) {
        demands.requests().forEach((key, request) -> {
            if (negotiation.hasRoomFor(key)) {
                negotiation.held.put(key, new HeldRequest(signal, request, now.plus(timing.holdTime())));
            }
        });
        negotiation.idleSince = Optional.empty();
    }

    private void pass(ClientSignal signal, Negotiation negotiation, ClientDemands demands,
                      List<NegotiationAction> actions, Duration now) {
        List<Tlv> tlvs = new ArrayList<>(demands.requests().values());
        tlvs.addAll(demands.others());
        if (tlvs.isEmpty()) {
            return;
        }
        if (!demands.requests().isEmpty()) {
            negotiation.consistency.ifPresent(consistency -> tlvs.add(consistency.toExtension(consistencySubType)));
        }
        SignallingMessage message = signal.message().withTlvs(tlvs);
        if (!SignallingCodec.canEncode(message)) {
            actions.add(ImmutableNegotiationAction.Drop.of(signal, "there is no room for the path consistency"));
            return;
        }
        demands.requests().forEach((key, request) -> {
            negotiation.held.remove(key);
            negotiation.awaited.put(key, new AwaitedAnswer(message.header().source(), request, now,
                                                           now.plus(timing.answerTime())));
        });
        if (!demands.requests().isEmpty() && !negotiation.windowOpen) {
            negotiation.windowOpen = true;
            actions.add(ImmutableNegotiationAction.OpenWindow.of(negotiation.pair));
        }
        actions.add(ImmutableNegotiationAction.Forward.of(signal, message));
    }

    /**
     * Takes in a message of a server to a client.
     *
     * @param pair    between which clocks
     * @param message what the server says
     * @param now     the elapsed time
     * @return what is to be done
     */
    public List<NegotiationAction> fromServer(ClockPair pair, SignallingMessage message, Duration now) {
        Negotiation negotiation = negotiations.get(pair);
        ClockPolicy policy = policies.get(pair.server());
        if (negotiation == null || policy == null || negotiation.phase == Phase.CLOSING) {
            return List.of();
        }
        List<NegotiationAction> actions = new ArrayList<>();
        negotiation.serverHeard = now;
        int domain = message.header().domain();
        for (Tlv tlv : message.tlvs()) {
            if (tlv instanceof GrantUnicastTransmission) {
                GrantUnicastTransmission grant = (GrantUnicastTransmission) tlv;
                MessageTypes.unicast(grant.messageType()).ifPresent(
                        type -> answered(negotiation, policy, GrantKey.of(domain, type), message, grant, actions, now));
            } else if (tlv instanceof CancelUnicastTransmission && !((CancelUnicastTransmission) tlv).maintainGrant()) {
                endByServer(negotiation, domain, ((CancelUnicastTransmission) tlv).messageType(), actions);
            } else if (tlv instanceof AcknowledgeCancelUnicastTransmission
                    && !((AcknowledgeCancelUnicastTransmission) tlv).maintainRequest()) {
                endByServer(negotiation, domain, ((AcknowledgeCancelUnicastTransmission) tlv).messageType(), actions);
            }
        }
        settle(negotiation, actions, now);
        return actions;
    }

    private void endByServer(Negotiation negotiation, int domain, int messageType, List<NegotiationAction> actions) {
        Optional<UnicastMessageType> type = MessageTypes.unicast(messageType);
        type.ifPresent(known -> end(negotiation, Set.of(GrantKey.of(domain, known)), "the server has cancelled",
                                    actions));
    }

    /** A grant that nobody has asked for, is for somebody else, or is more than the policy allows, is none. */
    private void answered(Negotiation negotiation, ClockPolicy policy, GrantKey key, SignallingMessage message,
                          GrantUnicastTransmission grant, List<NegotiationAction> actions, Duration now) {
        AwaitedAnswer awaited = negotiation.awaited.get(key);
        if (awaited == null
                || !(message.target().equals(awaited.client) || message.target().equals(PortIdentity.ALL))) {
            return;
        }
        PortIdentity server = message.header().source();
        if (!server.equals(serverPorts.put(negotiation.pair.server(), server))) {
            actions.add(ImmutableNegotiationAction.RememberClock.of(negotiation.pair.server(), server.clock()));
        }
        negotiation.awaited.remove(key);
        long duration = Math.min(grant.duration(), awaited.request.duration());
        Optional<String> refusal = duration == 0 ? Optional.of("the server has refused")
                : RequestRules.refusal(policy, key, grant.logInterMessagePeriod(), duration).map(
                        reason -> "the server has granted what the policy does not allow: " + reason);
        if (refusal.isPresent()) {
            negotiation.lastEnd = refusal.get();
            return;
        }
        negotiation.grants.put(key, TrackedGrant.of(key, grant.logInterMessagePeriod(), duration,
                                                    now.plusSeconds(duration)));
        actions.add(ImmutableNegotiationAction.RecordGrants.of(negotiation.pair, negotiation.grants.values()));
    }

    /**
     * Takes in that a session carries messages; again whenever its client is at another port, or what is to be said of
     * its way has changed.
     *
     * @param pair        between which clocks
     * @param clientPort  where its client is
     * @param consistency what the server is told of its way
     * @param now         the elapsed time
     * @return what is to be done
     */
    public List<NegotiationAction> sessionUp(ClockPair pair, ConnectPoint clientPort, PathConsistency consistency,
                                             Duration now) {
        Negotiation negotiation = negotiations.get(pair);
        if (negotiation == null || negotiation.phase == Phase.CLOSING) {
            return List.of();
        }
        List<NegotiationAction> actions = new ArrayList<>();
        negotiation.port = Optional.of(clientPort);
        negotiation.consistency = Optional.of(consistency);
        if (negotiation.phase != Phase.UP) {
            negotiation.phase = Phase.UP;
            negotiation.clientHeard = now;
            negotiation.serverHeard = now;
        }
        release(negotiation, actions, now);
        settle(negotiation, actions, now);
        return actions;
    }

    /** What came in one message goes on in one message. */
    private void release(Negotiation negotiation, List<NegotiationAction> actions, Duration now) {
        Map<ClientSignal, List<RequestUnicastTransmission>> messages = new LinkedHashMap<>();
        negotiation.held.values().stream()
                .filter(held -> negotiation.port.equals(Optional.of(held.signal.port())))
                .forEach(held -> messages.computeIfAbsent(held.signal, signal -> new ArrayList<>()).add(held.request));
        negotiation.held.clear();
        ClockPolicy policy = policies.get(negotiation.pair.server());
        messages.forEach((signal, requests) -> pass(signal, negotiation, ClientDemands.of(
                signal.message().withTlvs(requests), policy, consistencySubType), actions, now));
    }

    /**
     * Takes in that a session is being set up. For as long as it has not been anything else, it counts among those that
     * are being opened for clients at a port.
     *
     * @param pair between which clocks
     * @param now  the elapsed time
     * @return what is to be done
     */
    public List<NegotiationAction> sessionInstalling(ClockPair pair, Duration now) {
        return Optional.ofNullable(negotiations.get(pair)).filter(known -> known.phase == Phase.UP).isPresent()
                ? sessionHeld(pair, now) : List.of();
    }

    /**
     * Takes in that a session carries no messages at present, for a reason that can pass: its path is down, or another
     * server is better.
     *
     * @param pair between which clocks
     * @param now  the elapsed time
     * @return what is to be done
     */
    public List<NegotiationAction> sessionHeld(ClockPair pair, Duration now) {
        Negotiation negotiation = negotiations.get(pair);
        if (negotiation == null || negotiation.phase == Phase.CLOSING) {
            return List.of();
        }
        negotiation.phase = Phase.HELD;
        List<NegotiationAction> actions = new ArrayList<>();
        settle(negotiation, actions, now);
        return actions;
    }

    /**
     * Takes in that there can't be a session. The client is told so, also when it asks again soon.
     *
     * @param pair   between which clocks
     * @param reason why, in words
     * @param now    the elapsed time
     * @return what is to be done
     */
    public List<NegotiationAction> sessionRefused(ClockPair pair, String reason, Duration now) {
        Negotiation negotiation = negotiations.get(pair);
        if (negotiation == null || negotiation.phase == Phase.CLOSING) {
            return List.of();
        }
        refusals.remove(pair);
        refusals.put(pair, new Refusal(reason, now.plus(timing.refusalTime())));
        if (refusals.size() > MOST_REFUSALS) {
            refusals.remove(refusals.keySet().iterator().next());
        }
        List<NegotiationAction> actions = new ArrayList<>();
        close(negotiation, reason, actions, now);
        return actions;
    }

    /**
     * Takes in that there is no session any more, whoever has closed it.
     *
     * @param pair between which clocks
     * @param now  the elapsed time
     * @return what is to be done
     */
    public List<NegotiationAction> sessionClosed(ClockPair pair, Duration now) {
        Negotiation negotiation = negotiations.remove(pair);
        if (negotiation == null) {
            return List.of();
        }
        List<NegotiationAction> actions = new ArrayList<>();
        closeWindow(negotiation, actions);
        if (negotiation.phase == Phase.CLOSING && !negotiation.held.isEmpty()) {
            openAgain(negotiation, actions, now);
        } else {
            denyHeld(negotiation, held -> true, "the session was closed", actions);
        }
        return actions;
    }

    /** The client has asked for something while its last session was on its way out. */
    private void openAgain(Negotiation last, List<NegotiationAction> actions, Duration now) {
        ClockPolicy policy = policies.get(last.pair.server());
        ClientSignal signal = last.held.values().iterator().next().signal;
        Optional<String> refusal = policy == null ? Optional.of("no policy names the server any more")
                : refusalOfNew(signal, policy, now);
        if (refusal.isPresent()) {
            denyHeld(last, held -> true, refusal.get(), actions);
            return;
        }
        Negotiation next = new Negotiation(last.pair, policy.name(), Optional.of(signal.port()), now);
        next.held.putAll(last.held);
        negotiations.put(last.pair, next);
        actions.add(open(next, policy));
    }

    /**
     * Takes in how many messages the tunnel of a session has carried, counted from any moment. Clocks that have sent
     * nothing for too long have no need of it.
     * <p>
     * A client that is granted Delay_Resp messages sends Delay_Req messages. All others need not send anything.
     *
     * @param pair       between which clocks
     * @param fromClient how many messages came from the client
     * @param fromServer how many messages came from the server
     * @param now        the elapsed time when they were counted
     * @return what is to be done
     */
    public List<NegotiationAction> counted(ClockPair pair, long fromClient, long fromServer, Duration now) {
        Negotiation negotiation = negotiations.get(pair);
        if (negotiation == null) {
            return List.of();
        }
        if (negotiation.clientPackets != fromClient) {
            negotiation.clientPackets = fromClient;
            negotiation.clientHeard = now;
        }
        if (negotiation.serverPackets != fromServer) {
            negotiation.serverPackets = fromServer;
            negotiation.serverHeard = now;
        }
        if (negotiation.phase != Phase.UP) {
            return List.of();
        }
        List<NegotiationAction> actions = new ArrayList<>();
        silence(negotiation, now).ifPresent(reason -> {
            negotiation.unconfirmedUntil = Duration.ZERO;
            end(negotiation, Set.copyOf(negotiation.grants.keySet()), reason, actions);
        });
        settle(negotiation, actions, now);
        return actions;
    }

    private Optional<String> silence(Negotiation negotiation, Duration now) {
        Duration server = now.minus(negotiation.serverHeard);
        if (server.compareTo(patience(negotiation, key -> true)) > 0) {
            return Optional.of("the server has been silent for " + server.toSeconds() + " s");
        }
        Predicate<GrantKey> delay = key -> key.messageType() == UnicastMessageType.DELAY_RESP;
        Duration client = now.minus(negotiation.clientHeard);
        return negotiation.grants.keySet().stream().anyMatch(delay)
                && client.compareTo(patience(negotiation, delay)) > 0
                ? Optional.of("the client has been silent for " + client.toSeconds() + " s") : Optional.empty();
    }

    private Duration patience(Negotiation negotiation, Predicate<GrantKey> counts) {
        int exponent = negotiation.grants.values().stream().filter(grant -> counts.test(grant.key()))
                .mapToInt(TrackedGrant::logInterMessagePeriod).max().orElse(0);
        Duration missed = Duration.ofSeconds(1L << Math.max(exponent, 0)).multipliedBy(MISSED_MESSAGES);
        return missed.compareTo(timing.silenceTime()) > 0 ? missed : timing.silenceTime();
    }

    /**
     * Takes in that time has gone on. To be called every second or so.
     *
     * @param now the elapsed time
     * @return what is to be done
     */
    public List<NegotiationAction> tick(Duration now) {
        List<NegotiationAction> actions = new ArrayList<>();
        refusals.values().removeIf(refusal -> refusal.until.compareTo(now) <= 0);
        for (Negotiation negotiation : negotiations.values()) {
            negotiation.held.values().removeIf(held -> held.until.compareTo(now) <= 0);
            if (negotiation.phase == Phase.CLOSING) {
                if (now.minus(negotiation.closeAsked).compareTo(timing.closeRetryTime()) >= 0) {
                    askToClose(negotiation, negotiation.lastEnd, actions, now);
                }
                continue;
            }
            lapse(negotiation, now);
            end(negotiation, negotiation.grants.values().stream()
                    .filter(grant -> grant.expires().compareTo(now) <= 0)
                    .map(TrackedGrant::key).collect(Collectors.toSet()), "what was granted has expired", actions);
            settle(negotiation, actions, now);
            if (negotiation.idleSince.filter(since -> now.minus(since).compareTo(timing.lingerTime()) >= 0)
                    .isPresent()) {
                close(negotiation, negotiation.lastEnd, actions, now);
            }
        }
        return actions;
    }

    /** If the server has been heard since, it may have granted what was asked for, and the answer was missed. */
    private static void lapse(Negotiation negotiation, Duration now) {
        negotiation.awaited.values().removeIf(awaited -> {
            if (awaited.until.compareTo(now) > 0) {
                return false;
            }
            Duration end = awaited.since.plusSeconds(awaited.request.duration());
            if (negotiation.serverHeard.compareTo(awaited.since) > 0
                    && end.compareTo(negotiation.unconfirmedUntil) > 0) {
                negotiation.unconfirmedUntil = end;
            } else {
                negotiation.lastEnd = "the server has not answered";
            }
            return true;
        });
    }

    /** Ends all that there is about these keys. */
    private static void end(Negotiation negotiation, Set<GrantKey> keys, String reason,
                            List<NegotiationAction> actions) {
        if (keys.isEmpty()) {
            return;
        }
        negotiation.held.keySet().removeAll(keys);
        negotiation.awaited.keySet().removeAll(keys);
        negotiation.lastEnd = reason;
        if (negotiation.grants.keySet().removeAll(keys)) {
            actions.add(ImmutableNegotiationAction.RecordGrants.of(negotiation.pair, negotiation.grants.values()));
        }
    }

    /** Closes the window when no answer is awaited, and starts the clock when there is nothing left. */
    private static void settle(Negotiation negotiation, List<NegotiationAction> actions, Duration now) {
        if (negotiation.awaited.isEmpty()) {
            closeWindow(negotiation, actions);
        }
        if (!negotiation.isIdle(now)) {
            negotiation.idleSince = Optional.empty();
        } else if (negotiation.idleSince.isEmpty()) {
            negotiation.idleSince = Optional.of(now);
        }
    }

    private static void closeWindow(Negotiation negotiation, List<NegotiationAction> actions) {
        if (negotiation.windowOpen) {
            negotiation.windowOpen = false;
            actions.add(ImmutableNegotiationAction.CloseWindow.of(negotiation.pair));
        }
    }

    private void close(Negotiation negotiation, String reason, List<NegotiationAction> actions, Duration now) {
        denyHeld(negotiation, held -> true, reason, actions);
        negotiation.awaited.clear();
        negotiation.grants.clear();
        negotiation.unconfirmedUntil = Duration.ZERO;
        negotiation.lastEnd = reason;
        negotiation.phase = Phase.CLOSING;
        closeWindow(negotiation, actions);
        askToClose(negotiation, reason, actions, now);
    }

    private static void askToClose(Negotiation negotiation, String reason, List<NegotiationAction> actions,
                                   Duration now) {
        negotiation.closeAsked = now;
        actions.add(ImmutableNegotiationAction.CloseSession.of(negotiation.pair, reason));
    }

    private void denyHeld(Negotiation negotiation, Predicate<HeldRequest> which, String reason,
                          List<NegotiationAction> actions) {
        Map<ClientSignal, List<RequestUnicastTransmission>> messages = new LinkedHashMap<>();
        negotiation.held.values().removeIf(held -> {
            if (!which.test(held)) {
                return false;
            }
            messages.computeIfAbsent(held.signal, signal -> new ArrayList<>()).add(held.request);
            return true;
        });
        messages.forEach((signal, requests) -> actions.add(denial(
                signal, ClientDemands.refused(signal.message().withTlvs(requests), reason))));
    }

    private static void refuseAll(ClientDemands demands, String reason) {
        List.copyOf(demands.requests().keySet()).forEach(key -> demands.refuse(key, reason));
    }

    private void answerRefused(ClientSignal signal, ClientDemands demands, List<NegotiationAction> actions) {
        if (!demands.refused().isEmpty()) {
            actions.add(denial(signal, demands));
        }
    }

    /** The answer is from the port that was asked, or as far as it is known from the one that has answered before. */
    private NegotiationAction denial(ClientSignal signal, ClientDemands demands) {
        PtpHeader asked = signal.message().header();
        PortIdentity target = signal.message().target();
        PortIdentity server = target.equals(PortIdentity.ALL)
                ? serverPorts.getOrDefault(signal.pair().server(), PortIdentity.NONE) : target;
        PtpHeader header = PtpHeader.builder()
                .majorSdoId(asked.majorSdoId())
                .minorSdoId(asked.minorSdoId())
                .minorVersion(asked.minorVersion())
                .domain(asked.domain())
                .source(server)
                .sequenceId(asked.sequenceId())
                .build();
        return ImmutableNegotiationAction.Deny.of(signal, SignallingMessage.of(
                header, asked.source(), demands.refused().stream().map(GrantUnicastTransmission::refusalOf)
                        .collect(Collectors.toList())), demands.reasons());
    }

    /**
     * Returns the pairs that have a session, or for which one is being opened or closed.
     *
     * @return the pairs, those with the oldest session first
     */
    public List<ClockPair> pairs() {
        return List.copyOf(negotiations.keySet());
    }

    /**
     * Returns what is granted to a client.
     *
     * @param pair the client and its server
     * @return what is in force, in no particular order
     */
    public List<TrackedGrant> grants(ClockPair pair) {
        return Optional.ofNullable(negotiations.get(pair)).map(
                negotiation -> List.copyOf(negotiation.grants.values())).orElse(List.of());
    }

    /** That a tunnel was refused. */
    private static final class Refusal {
        private final String reason;
        private final Duration until;

        Refusal(String reason, Duration until) {
            this.reason = reason;
            this.until = until;
        }
    }
}
