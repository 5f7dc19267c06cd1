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
package org.roundtrip.tepath.compute;

import org.onlab.packet.EthType;
import org.onlab.packet.MplsLabel;
import org.onosproject.core.ApplicationId;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.DefaultTrafficSelector;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.TrafficSelector;
import org.onosproject.net.flow.TrafficTreatment;
import org.roundtrip.base.flow.SwitchRules;
import org.roundtrip.tepath.Hop;
import org.roundtrip.tepath.Payload;
import org.roundtrip.tepath.TePathRequest;
import org.roundtrip.tepath.TrafficMatch;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Compiles a path into the flow rules that make it.
 * <p>
 * A path is a pipe (RFC 3443, section 3.1): what comes out is what went in, whatever lies between. In particular no
 * switch on the way decrements a TTL, since PTP multicast has an IP TTL of 1 (IEEE 1588-2019, annex C), which pushing a
 * label copies; and a path can't loop, because a label at a port leads to one port only.
 * <p>
 * Immutable and thread-safe.
 */
public final class RuleCompiler {

    private static final EthType LABELLED = EthType.EtherType.MPLS_UNICAST.ethType();

    private final ApplicationId application;

    /**
     * Creates a compiler.
     *
     * @param application whose rules they are
     */
    public RuleCompiler(ApplicationId application) {
        this.application = application;
    }

    /**
     * Compiles the rules that take labelled packets through the network and unlabel them at its end, both ways.
     *
     * @param request   what was asked for
     * @param placement the way and its labels
     * @return the rules; none if both ends are at one switch
     */
    public List<FlowRule> transit(TePathRequest request, Placement placement) {
        return placement.hops().stream().filter(hop -> hop.labelIn().isPresent())
                .map(hop -> transit(hop, request.payload().ethType())).collect(Collectors.toUnmodifiableList());
    }

    /**
     * Compiles the rules at both ends that send the traffic of a path into it.
     *
     * @param request   what was asked for
     * @param placement the way and its labels
     * @return the rules, no two of which match the same
     */
    public List<FlowRule> admission(TePathRequest request, Placement placement) {
        return edges(request, match -> entry(placement.forward().get(0), match, request.payload().ethType()),
                     match -> entry(placement.reverse().get(0), match, request.payload().ethType()));
    }

    /**
     * Compiles the rules at both ends that drop the traffic of a path. They match exactly what {@link #admission}
     * matches, so the ones take the place of the others.
     *
     * @param request what was asked for
     * @return the rules, no two of which match the same
     */
    public List<FlowRule> blocking(TePathRequest request) {
        TrafficTreatment drop = DefaultTrafficTreatment.builder().drop().build();
        return edges(request, match -> drop, match -> drop);
    }

    /**
     * Compiles the rules at both ends of a path that takes nothing in.
     *
     * @param request what was asked for
     * @return the rules that drop the traffic if only the path may carry it; none if it is left to other forwarding
     */
    public List<FlowRule> aside(TePathRequest request) {
        return request.exclusive() ? blocking(request) : List.of();
    }

    private FlowRule transit(Hop hop, EthType payload) {
        TrafficSelector selector = DefaultTrafficSelector.builder()
                .matchInPort(hop.inPort())
                .matchEthType(LABELLED.toShort())
                .matchMplsLabel(MplsLabel.mplsLabel(hop.labelIn().orElseThrow()))
                .matchMplsBos(true)
                .build();
        TrafficTreatment.Builder treatment = DefaultTrafficTreatment.builder();
        hop.labelOut().ifPresentOrElse(label -> treatment.setMpls(MplsLabel.mplsLabel(label)),
                                       () -> treatment.popMpls(payload));
        return rule(hop.device(), Pipeline.LABEL_PRIORITY, selector, treatment.setOutput(hop.outPort()).build());
    }

    /**
     * A packet with a tunnel id is handed on to the next path that takes in a copy of it, and what one lookup has
     * changed is what the next one finds: so it is left as it was.
     */
    private static TrafficTreatment entry(Hop hop, TrafficMatch match, EthType payload) {
        TrafficTreatment.Builder treatment = DefaultTrafficTreatment.builder();
        hop.labelOut().ifPresent(label -> treatment.pushMpls().setMpls(MplsLabel.mplsLabel(label)));
        treatment.setOutput(hop.outPort());
        match.tunnelId().flatMap(id -> hop.labelOut()).ifPresent(label -> treatment.popMpls(payload));
        return treatment.build();
    }

    private List<FlowRule> edges(TePathRequest request, Function<TrafficMatch, TrafficTreatment> forward,
                                 Function<TrafficMatch, TrafficTreatment> reverse) {
        // Matches that are written differently can mean the same, such as no prefix and one of length 0.
        return Stream.concat(edge(request.source(), request.payload(), request.forwardTraffic(), forward),
                             edge(request.destination(), request.payload(), request.reverseTraffic(), reverse))
                .distinct().collect(Collectors.toUnmodifiableList());
    }

    private Stream<FlowRule> edge(ConnectPoint port, Payload payload, List<TrafficMatch> traffic,
                                  Function<TrafficMatch, TrafficTreatment> treatment) {
        return traffic.stream().map(match -> rule(
                port.deviceId(), Pipeline.ADMISSION_PRIORITY,
                match.selector(payload).matchInPort(port.port()).build(), treatment.apply(match)));
    }

    private FlowRule rule(DeviceId device, int priority, TrafficSelector selector, TrafficTreatment treatment) {
        return new SwitchRules(application, device).rule(Pipeline.TABLE, priority, selector, treatment);
    }
}
