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
import org.roundtrip.base.cli.RoundtripCommand;
import org.roundtrip.tepath.TePathRequest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A command with all that can be said of a path. The shell leaves options null that are not given; they stay as they
 * are in the request that the command begins with. The word {@code none} takes away what was said before.
 */
abstract class PathRequestCommand extends RoundtripCommand {

    /** Takes away what was said before. */
    static final String NONE = "none";

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
     * Returns a request with what the options say.
     *
     * @param draft the request without them
     * @return the request
     * @throws RequestException if an option is wrong; names the field and what would be right
     */
    protected TePathRequest complete(RequestDraft draft) {
        take(draft, "bandwidth", bandwidth, text -> BitRate.parse("bandwidth", text));
        take(draft, "reverse-bandwidth", reverseBandwidth, text -> BitRate.parse("reverse-bandwidth", text));
        take(draft, "objective", objective, text -> text);
        takeConstraints(draft);
        take(draft, "setup-priority", setupPriority, MatchText::value);
        take(draft, "holding-priority", holdingPriority, MatchText::value);
        takeProtection(draft);
        take(draft, "quiesce", quiesce);
        take(draft, "quiesce-time", quiesceTime, text -> MatchText.value(
                String.valueOf(TimeText.parse("quiesce-time", text, TimeUnit.MILLISECONDS))));
        take(draft, "payload", payload, text -> text);
        take(draft, "forward-traffic", forwardTraffic, MatchText::parse);
        take(draft, "reverse-traffic", reverseTraffic, MatchText::parse);
        take(draft, "exclusive", exclusive);
        take(draft, "suspended", suspended);
        return draft.request();
    }

    private void takeConstraints(RequestDraft draft) {
        take(draft, "constraints.max-hops", maxHops, MatchText::value);
        take(draft, "constraints.max-delay", maxDelay,
             text -> TimeText.parse("constraints.max-delay", text, TimeUnit.NANOSECONDS));
        take(draft, "constraints.max-delay-asymmetry", maxDelayAsymmetry,
             text -> TimeText.parse("constraints.max-delay-asymmetry", text, TimeUnit.NANOSECONDS));
        take(draft, "constraints.include", include, (field, text) -> routeHop(text));
        Optional.ofNullable(exclude).map(PathRequestCommand::elements).ifPresent(elements -> draft
                .set("constraints.exclude-devices", elements.stream().filter(text -> !isLink(text)).distinct()
                        .collect(Collectors.toList()))
                .set("constraints.exclude-links", elements.stream().filter(PathRequestCommand::isLink).distinct()
                        .collect(Collectors.toList())));
        take(draft, "constraints.affinities-include-any", affinitiesIncludeAny, PathRequestCommand::numbers);
        take(draft, "constraints.affinities-include-all", affinitiesIncludeAll, PathRequestCommand::numbers);
        take(draft, "constraints.affinities-exclude-any", affinitiesExcludeAny, PathRequestCommand::numbers);
    }

    private void takeProtection(RequestDraft draft) {
        if (NONE.equals(protect)) {
            draft.remove("protection");
        } else {
            take(draft, "protection.disjoint", protect, text -> text);
        }
        if (Stream.of(bestEffort, holdOff, waitToRestore).allMatch(option -> option == null)) {
            return;
        }
        if (!draft.has("protection")) {
            throw new InvalidRequestException("protection", "--best-effort, --hold-off and --wait-to-restore need"
                    + " --protect link, node or srlg");
        }
        take(draft, "protection.best-effort", bestEffort);
        take(draft, "protection.hold-off", holdOff, text -> MatchText.value(
                String.valueOf(TimeText.parse("protection.hold-off", text, TimeUnit.MILLISECONDS))));
        take(draft, "protection.wait-to-restore", waitToRestore, text -> MatchText.value(
                String.valueOf(TimeText.parse("protection.wait-to-restore", text, TimeUnit.SECONDS))));
    }

    private static void take(RequestDraft draft, String path, String option, Function<String, Object> reader) {
        if (NONE.equals(option)) {
            draft.remove(path);
        } else if (option != null) {
            draft.set(path, reader.apply(option));
        }
    }

    private static void take(RequestDraft draft, String path, Boolean option) {
        if (option != null) {
            draft.set(path, option);
        }
    }

    /** Reads one of several texts. */
    private interface ElementReader {
        Object read(String field, String text);
    }

    private static void take(RequestDraft draft, String path, List<String> option, ElementReader reader) {
        if (option != null) {
            List<String> texts = elements(option);
            draft.set(path, IntStream.range(0, texts.size())
                    .mapToObj(i -> reader.read(path + "[" + i + "]", texts.get(i))).collect(Collectors.toList()));
        }
    }

    private static List<String> elements(List<String> option) {
        return option.equals(List.of(NONE)) ? List.of() : option;
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
            numbers.add(MatchText.value(number));
        }
        return numbers;
    }
}
