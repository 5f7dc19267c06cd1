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
package org.roundtrip.tepath.cli;

import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.roundtrip.base.InvalidRequestException;
import org.roundtrip.base.RequestException;
import org.roundtrip.base.cli.BitRate;
import org.roundtrip.base.cli.RequestDraft;
import org.roundtrip.base.cli.RoundtripCommand;
import org.roundtrip.base.cli.TimeText;
import org.roundtrip.tepath.TePathRequest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A command with all that can be said of a path. The shell leaves options null that are not given; they stay as they
 * are in the request that the command begins with. The word {@code none} takes away what was said before.
 */
abstract class PathRequestCommand extends RoundtripCommand {

    /** Takes away what was said before. */
    static final String NONE = RequestDraft.NONE;

    /** Precedes a hop before which nothing may lie. */
    static final String STRICT = "strict:";

    @Option(name = "--bandwidth", description = "Bandwidth to reserve in each direction, in bit/s, such as 10M; k, M"
            + " and G may follow")
    private String bandwidth;

    @Option(name = "--reverse-bandwidth", description = "Bandwidth to reserve from the destination to the source, if"
            + " it is another; none: the same again")
    @Completion(value = StringsCompleter.class, values = NONE)
    private String reverseBandwidth;

    @Option(name = "--objective", description = "What the way makes as small as possible: hops, te-metric, delay or"
            + " delay-asymmetry")
    @Completion(value = StringsCompleter.class, values = {"hops", "te-metric", "delay", "delay-asymmetry"})
    private String objective;

    @Option(name = "--max-hops", description = "How many links a way may have, or none for any number")
    @Completion(value = StringsCompleter.class, values = NONE)
    private String maxHops;

    @Option(name = "--max-delay", description = "How long the links of a way may delay packets in each direction,"
            + " together, such as 5ms, or none for any delay; ns, us, ms and s may follow")
    @Completion(value = StringsCompleter.class, values = NONE)
    private String maxDelay;

    @Option(name = "--max-delay-asymmetry", description = "How large half of the difference between the delays of both"
            + " directions may be, such as 50ns, or none for any")
    @Completion(value = StringsCompleter.class, values = NONE)
    private String maxDelayAsymmetry;

    @Option(name = "--include", multiValued = true, description = "A switch or a link, DEVICE or DEVICE/PORT, that the"
            + " active way must go through; strict:DEVICE if nothing may lie before it. May be repeated, in the order"
            + " of the way; none: no such")
    @Completion(RouteHopCompleter.class)
    private List<String> include;

    @Option(name = "--exclude", multiValued = true, description = "A switch or a link, DEVICE or DEVICE/PORT, that no"
            + " way may go through. May be repeated; none: no such")
    @Completion(ElementCompleter.class)
    private List<String> exclude;

    @Option(name = "--affinities-include-any", description = "Affinities, 0 to 31, such as 3,5: each link must have"
            + " one of them at least; or none")
    @Completion(value = StringsCompleter.class, values = NONE)
    private String affinitiesIncludeAny;

    @Option(name = "--affinities-include-all", description = "Affinities that each link must have all of; or none")
    @Completion(value = StringsCompleter.class, values = NONE)
    private String affinitiesIncludeAll;

    @Option(name = "--affinities-exclude-any", description = "Affinities that no link may have any of; or none")
    @Completion(value = StringsCompleter.class, values = NONE)
    private String affinitiesExcludeAny;

    @Option(name = "--setup-priority", description = "With which the path takes bandwidth from paths whose holding"
            + " priority is a larger number: 0, which goes first, to 7")
    @Completion(value = StringsCompleter.class, values = {"0", "1", "2", "3", "4", "5", "6", "7"})
    private String setupPriority;

    @Option(name = "--holding-priority", description = "With which the path keeps its bandwidth: 0 to the setup"
            + " priority")
    @Completion(value = StringsCompleter.class, values = {"0", "1", "2", "3", "4", "5", "6", "7"})
    private String holdingPriority;

    @Option(name = "--protect", description = "Keep a standby way that shares no link, node or srlg with the active"
            + " way; or none")
    @Completion(value = StringsCompleter.class, values = {"link", "node", "srlg", NONE})
    private String protect;

    @Option(name = "--best-effort", description = "Rather have a standby way that shares something than none;"
            + " --best-effort=false for rather none")
    private Boolean bestEffort;

    @Option(name = "--hold-off", description = "How long a failure must last before the path moves, such as 50ms: 0s to"
            + " 10s")
    private String holdOff;

    @Option(name = "--wait-to-restore", description = "How long the network must be whole before the path goes back to"
            + " its best way, such as 5min: 0s to 24h; none: it stays where it is")
    @Completion(value = StringsCompleter.class, values = NONE)
    private String waitToRestore;

    @Option(name = "--quiesce", description = "Admit nothing at both ends while the path goes over to another way;"
            + " --quiesce=false to go on")
    private Boolean quiesce;

    @Option(name = "--quiesce-time", description = "How long at least both ends admit nothing when the path goes over"
            + " to another way, such as 8s: 0s to 60s; needs --quiesce")
    private String quiesceTime;

    @Option(name = "--payload", description = "What the path carries: ipv4, ipv6 or ptp")
    @Completion(value = StringsCompleter.class, values = {"ipv4", "ipv6", "ptp"})
    private String payload;

    @Option(name = "--forward-traffic", multiValued = true, description = "Packets from the source that take the path,"
            + " such as ip-protocol=17,destination-port=319, or any; may be repeated; none: no such")
    @Completion(value = StringsCompleter.class, values = {"any", NONE})
    private List<String> forwardTraffic;

    @Option(name = "--reverse-traffic", multiValued = true, description = "Packets from the destination that take the"
            + " path; may be repeated; none: no such")
    @Completion(value = StringsCompleter.class, values = {"any", NONE})
    private List<String> reverseTraffic;

    @Option(name = "--exclusive", description = "Drop the traffic of the path while the path is not up;"
            + " --exclusive=false to leave it to other forwarding")
    private Boolean exclusive;

    @Option(name = "--suspended", description = "Let the path stand but keep its traffic out at both ends;"
            + " --suspended=false to take it in")
    private Boolean suspended;

    /**
     * Begins with a request.
     *
     * @param request what there is already
     * @return a draft of the same request
     */
    static RequestDraft draft(TePathRequest request) {
        RequestDraft draft = RequestDraft.of(request);
        // As it does where nothing is said: whoever changes one of them need not think of the other.
        return request.holdingPriority() == request.setupPriority() ? draft.remove("holding-priority") : draft;
    }

    /**
     * Returns a request with what the options say.
     *
     * @param draft the request without them
     * @return the request
     * @throws RequestException if an option is wrong; names the field and what would be right
     */
    protected TePathRequest complete(RequestDraft draft) {
        draft.take("bandwidth", bandwidth, text -> BitRate.parse("bandwidth", text));
        draft.take("reverse-bandwidth", reverseBandwidth, text -> BitRate.parse("reverse-bandwidth", text));
        draft.take("objective", objective, text -> text);
        takeConstraints(draft);
        draft.take("setup-priority", setupPriority, RequestDraft::number);
        draft.take("holding-priority", holdingPriority, RequestDraft::number);
        takeProtection(draft);
        draft.take("quiesce", quiesce);
        draft.take("quiesce-time", quiesceTime, text -> RequestDraft.number(
                String.valueOf(TimeText.parse("quiesce-time", text, TimeUnit.MILLISECONDS))));
        draft.take("payload", payload, text -> text);
        draft.take("forward-traffic", forwardTraffic, MatchText::parse);
        draft.take("reverse-traffic", reverseTraffic, MatchText::parse);
        draft.take("exclusive", exclusive);
        draft.take("suspended", suspended);
        return draft.request(TePathRequest.class);
    }

    private void takeConstraints(RequestDraft draft) {
        draft.take("constraints.max-hops", maxHops, RequestDraft::number);
        draft.take("constraints.max-delay", maxDelay,
             text -> TimeText.parse("constraints.max-delay", text, TimeUnit.NANOSECONDS));
        draft.take("constraints.max-delay-asymmetry", maxDelayAsymmetry,
             text -> TimeText.parse("constraints.max-delay-asymmetry", text, TimeUnit.NANOSECONDS));
        draft.take("constraints.include", include, (field, text) -> routeHop(text));
        Optional.ofNullable(exclude).map(RequestDraft::elements).ifPresent(elements -> draft
                .set("constraints.exclude-devices", elements.stream().filter(text -> !isLink(text)).distinct()
                        .collect(Collectors.toList()))
                .set("constraints.exclude-links", elements.stream().filter(PathRequestCommand::isLink).distinct()
                        .collect(Collectors.toList())));
        draft.take("constraints.affinities-include-any", affinitiesIncludeAny, PathRequestCommand::numbers);
        draft.take("constraints.affinities-include-all", affinitiesIncludeAll, PathRequestCommand::numbers);
        draft.take("constraints.affinities-exclude-any", affinitiesExcludeAny, PathRequestCommand::numbers);
    }

    private void takeProtection(RequestDraft draft) {
        if (NONE.equals(protect)) {
            draft.remove("protection");
        } else {
            draft.take("protection.disjoint", protect, text -> text);
        }
        if (Stream.of(bestEffort, holdOff, waitToRestore).allMatch(option -> option == null)) {
            return;
        }
        if (!draft.has("protection")) {
            throw new InvalidRequestException("protection", "--best-effort, --hold-off and --wait-to-restore need"
                    + " --protect link, node or srlg");
        }
        draft.take("protection.best-effort", bestEffort);
        draft.take("protection.hold-off", holdOff, text -> RequestDraft.number(
                String.valueOf(TimeText.parse("protection.hold-off", text, TimeUnit.MILLISECONDS))));
        draft.take("protection.wait-to-restore", waitToRestore, text -> RequestDraft.number(
                String.valueOf(TimeText.parse("protection.wait-to-restore", text, TimeUnit.SECONDS))));
    }

    private static Map<String, Object> routeHop(String text) {
        boolean strict = text.startsWith(STRICT);
        String element = strict ? text.substring(STRICT.length()) : text;
        Map<String, Object> hop = new LinkedHashMap<>();
        hop.put(isLink(element) ? "link" : "device", element);
        hop.put("strict", strict);
        return hop;
    }

    private static boolean isLink(String element) {
        return element.contains("/");
    }

    private static List<Object> numbers(String text) {
        List<Object> numbers = new ArrayList<>();
        for (String number : text.split(",", -1)) {
            numbers.add(RequestDraft.number(number));
        }
        return numbers;
    }
}
