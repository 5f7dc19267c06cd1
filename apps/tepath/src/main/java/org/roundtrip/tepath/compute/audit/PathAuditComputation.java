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
package org.roundtrip.tepath.compute.audit;

import org.onosproject.core.ApplicationId;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DeviceId;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.criteria.Criterion;
import org.onosproject.net.flow.criteria.PortCriterion;
import org.roundtrip.tepath.Hop;
import org.roundtrip.tepath.PathAudit;
import org.roundtrip.tepath.compute.Placement;
import org.roundtrip.tepath.compute.TeTopology;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Holds a path against what the switches report, in two ways that do not rely on each other. Rule by rule: what should
 * be there is there, does what it should, nothing takes packets away from it, and nothing is too many. And hop by hop:
 * packets of each kind that the path takes in are followed by the rules that are there, whoever made them, to see where
 * they come out and whether both directions pass the same ports.
 * <p>
 * Immutable and thread-safe if its tables are. An audit takes time proportional to the number of rules of the switches
 * on the way, times the number of rules of the path in each.
 */
public final class PathAuditComputation {

    private static final Comparator<DeviceId> DEVICE_ORDER = Comparator.comparing(DeviceId::toString);

    private final ApplicationId application;
    private final TeTopology topology;
    private final SwitchTables tables;
    private final Predicate<FlowRule> others;

    /**
     * Creates a computation.
     *
     * @param application whose rules make paths
     * @param topology    which port leads where
     * @param tables      what the switches report
     * @param others      whether a rule of the application belongs to some other path, see {@link OtherPaths}
     */
    public PathAuditComputation(ApplicationId application, TeTopology topology, SwitchTables tables,
                                Predicate<FlowRule> others) {
        this.application = application;
        this.topology = topology;
        this.tables = tables;
        this.others = others;
    }

    /**
     * Holds a path against the tables.
     *
     * @param path the path as it should be
     * @param time when the tables were read
     * @return what was found
     */
    public AuditFindings audit(AuditSubject path, Instant time) {
        Comparison comparison = new Comparison(path);
        PathAudit.Builder audit = PathAudit.builder().time(time).mismatches(comparison.words);
        boolean followed = path.active().map(active -> follow(path, active, audit)).orElse(true);
        return comparison.findings.audit(audit.correct(followed && comparison.words.isEmpty()).build()).build();
    }

    /** Follows packets both ways, and returns whether they do what they should. */
    private boolean follow(AuditSubject path, Placement active, PathAudit.Builder audit) {
        List<Walk> forward = walks(path, active.forward());
        List<Walk> reverse = walks(path, active.reverse());
        ConnectPoint destination = path.request().destination();
        ConnectPoint source = path.request().source();
        boolean complete = arrives(forward, destination) && arrives(reverse, source);
        Optional<String> parting = complete
                ? forward.stream().flatMap(there -> reverse.stream().map(back -> parting(there, back)))
                .flatMap(Optional::stream).findFirst() : Optional.empty();
        Optional<String> difference = difference(forward, active.forward())
                .or(() -> difference(reverse, active.reverse())).or(() -> parting);
        audit.forward(shown(forward, active.forward()).hops()).reverse(shown(reverse, active.reverse()).hops())
                .difference(difference).coRouted(complete ? Optional.of(parting.isEmpty()) : Optional.empty());
        return difference.isEmpty() && complete;
    }

    private static boolean arrives(List<Walk> walks, ConnectPoint end) {
        return walks.stream().allMatch(walk -> walk.exit().filter(end::equals).isPresent());
    }

    /** Follows every kind of packets that enters where a direction does. */
    private List<Walk> walks(AuditSubject path, List<Hop> direction) {
        PacketWalk walk = new PacketWalk(topology, tables);
        Hop ingress = direction.get(0);
        if (path.request().suspended()) {
            return List.of(unentered(walk, path, direction));
        }
        List<Walk> walks = path.edges().stream().filter(rule -> rule.deviceId().equals(ingress.device()))
                .map(rule -> Packet.matching(rule.selector()))
                .filter(packet -> packet.port().equals(ingress.inPort()))
                .map(packet -> walk.follow(ingress.device(), packet)).collect(Collectors.toList());
        return walks.isEmpty() ? List.of(unentered(walk, path, direction)) : walks;
    }

    /** Follows a direction that takes nothing in yet from where a packet would come out of its first switch. */
    private static Walk unentered(PacketWalk walk, AuditSubject path, List<Hop> direction) {
        Hop ingress = direction.get(0);
        if (direction.size() == 1) {
            return ImmutableWalk.of(direction, Optional.of(new ConnectPoint(ingress.device(), ingress.outPort())),
                                    Optional.empty(), Integer.MAX_VALUE);
        }
        Hop second = direction.get(1);
        Walk rest = walk.follow(second.device(),
                                Packet.labelled(second.inPort(), second.labelIn().orElseThrow()));
        List<Hop> hops = Stream.concat(Stream.of(ingress), rest.hops().stream()).collect(Collectors.toList());
        return ImmutableWalk.of(hops, rest.exit(), rest.oddity(),
                                rest.oddity().isPresent() ? rest.oddityAfter() + 1 : Integer.MAX_VALUE);
    }

    /** Returns the walk to show: the first that differs from what it should be, or else the first. */
    private static Walk shown(List<Walk> walks, List<Hop> intended) {
        return walks.stream().filter(walk -> difference(walk, intended).isPresent()).findFirst().orElse(walks.get(0));
    }

    private static Optional<String> difference(List<Walk> walks, List<Hop> intended) {
        return walks.stream().flatMap(walk -> difference(walk, intended).stream()).findFirst();
    }

    private static Optional<String> difference(Walk walk, List<Hop> intended) {
        for (int i = 0; i < walk.hops().size() && i < walk.oddityAfter(); i++) {
            if (i >= intended.size() || !walk.hops().get(i).equals(intended.get(i))) {
                return Optional.of(i >= intended.size() ? sentence(walk.hops().get(i)) + " instead of leaving the"
                        + " network before" : sentence(walk.hops().get(i)) + " instead of "
                        + destination(intended.get(i)));
            }
        }
        return walk.oddity();
    }

    private static String sentence(Hop hop) {
        return hop.device() + ": a packet with " + label(hop.labelIn()) + " at port " + hop.inPort() + " is sent to "
                + destination(hop);
    }

    private static String destination(Hop hop) {
        return "port " + hop.outPort() + " with " + label(hop.labelOut());
    }

    private static String label(Optional<Integer> label) {
        return label.map(number -> "label " + number).orElse("no label");
    }

    /** Returns where two directions that both arrive part. */
    private static Optional<String> parting(Walk there, Walk back) {
        List<ConnectPoint> forward = there.ports();
        List<ConnectPoint> reverse = new ArrayList<>(back.ports());
        Collections.reverse(reverse);
        for (int i = 0; i < Math.min(forward.size(), reverse.size()); i++) {
            if (!forward.get(i).equals(reverse.get(i))) {
                return Optional.of("the two directions part: the forward one passes " + forward.get(i)
                                           + ", where the reverse one passes " + reverse.get(i));
            }
        }
        return forward.size() == reverse.size() ? Optional.empty()
                : Optional.of("the two directions part: one is longer than the other");
    }

    /** Compares rules with rules. */
    private final class Comparison {

        private final AuditFindings.Builder findings = AuditFindings.builder();
        private final List<String> words = new ArrayList<>();

        Comparison(AuditSubject path) {
            Map<DeviceId, List<FlowRule>> intended = path.intended().stream()
                    .collect(Collectors.groupingBy(FlowRule::deviceId));
            Map<DeviceId, List<FlowRule>> tolerated = path.tolerated().stream()
                    .collect(Collectors.groupingBy(FlowRule::deviceId));
            path.devices().stream().sorted(DEVICE_ORDER).forEach(device -> {
                Optional<Collection<FlowRule>> present = tables.rules(device);
                if (present.isEmpty()) {
                    findings.addUnread(device);
                    words.add(device + ": its rules are not known, because the switch can't be asked");
                } else {
                    compare(device, intended.getOrDefault(device, List.of()),
                            tolerated.getOrDefault(device, List.of()), present.get());
                }
            });
        }

        private void compare(DeviceId device, List<FlowRule> intended, List<FlowRule> tolerated,
                             Collection<FlowRule> present) {
            Map<FlowRule, FlowRule> byMatch = new HashMap<>();
            present.forEach(rule -> byMatch.put(rule, rule));
            Map<FlowRule, Packet> packets = new HashMap<>();
            for (FlowRule rule : intended) {
                compare(rule, Optional.ofNullable(byMatch.get(rule)));
                packets.put(rule, Packet.matching(rule.selector()));
            }
            Set<FlowRule> own = Stream.concat(intended.stream(), tolerated.stream()).collect(Collectors.toSet());
            Set<PortNumber> ports = own.stream().map(rule -> Packet.matching(rule.selector()).port())
                    .collect(Collectors.toSet());
            present.stream().filter(rule -> PacketWalk.isInEffect(rule) && !own.contains(rule))
                    .sorted(Comparator.comparing(RuleWords::rank))
                    .forEach(rule -> judge(device, rule, ports, packets));
        }

        private void compare(FlowRule rule, Optional<FlowRule> present) {
            String name = rule.deviceId() + ": " + RuleWords.name(rule);
            if (present.isEmpty()) {
                findings.addMissing(rule);
                words.add(name + " is missing");
            } else if (!PacketWalk.isInEffect(present.get())) {
                findings.addMissing(rule);
                words.add(name + " is not confirmed by the switch (" + ((FlowEntry) present.get()).state() + ")");
            } else if (!RuleWords.isSame(rule.treatment(), present.get().treatment())) {
                findings.addWrong(rule);
                words.add(name + " does \"" + RuleWords.effect(present.get().treatment()) + "\" instead of \""
                                  + RuleWords.effect(rule.treatment()) + "\"");
            }
        }

        private void judge(DeviceId device, FlowRule rule, Set<PortNumber> ports, Map<FlowRule, Packet> intended) {
            Optional<FlowRule> shadowed = intended.entrySet().stream()
                    .filter(entry -> rule.tableId() == entry.getKey().tableId()
                            && rule.priority() >= entry.getKey().priority()
                            && entry.getValue().coverage(rule.selector()) != Coverage.NONE)
                    .map(Map.Entry::getKey).min(Comparator.comparing(RuleWords::name));
            String taken = shadowed.map(victim -> " and takes packets from " + RuleWords.name(victim)).orElse("");
            if (rule.appId() == application.id() && isAt(rule, ports) && !others.test(rule)) {
                findings.addStrays(rule);
                words.add(device + ": " + RuleWords.rank(rule) + " belongs to no path" + taken);
            } else if (shadowed.isPresent()) {
                findings.addShadowing(rule);
                words.add(device + ": " + RuleWords.rank(rule) + " is not of this path" + taken);
            }
        }

        private boolean isAt(FlowRule rule, Set<PortNumber> ports) {
            PortCriterion port = (PortCriterion) rule.selector().getCriterion(Criterion.Type.IN_PORT);
            return port != null && ports.contains(port.port());
        }
    }
}
