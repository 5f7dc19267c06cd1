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

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.onosproject.core.CoreService;
import org.onosproject.net.ConnectPoint;
import org.roundtrip.base.ConflictException;
import org.roundtrip.base.cli.RoundtripCommand;
import org.roundtrip.tepath.Payload;
import org.roundtrip.tepath.TePath;
import org.roundtrip.tepath.TePathRequest;
import org.roundtrip.tepath.TePathService;
import org.roundtrip.tepath.TrafficMatch;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Adds a path.
 */
@Service
@Command(scope = "onos", name = "te-path-add",
        description = "Asks for a path whose two directions use the same links")
public class TePathAddCommand extends RoundtripCommand {

    /** Whose the paths are that are asked for here and over REST. */
    static final String OWNER = "org.roundtrip.tepath";

    @Argument(index = 0, name = "name", description = "What to call the path", required = true)
    private String name = "";

    @Argument(index = 1, name = "source", description = "The edge port at one end, DEVICE/PORT", required = true)
    @Completion(EdgePortCompleter.class)
    private String source = "";

    @Argument(index = 2, name = "destination", description = "The edge port at the other end, DEVICE/PORT",
            required = true)
    @Completion(EdgePortCompleter.class)
    private String destination = "";

    @Option(name = "--bandwidth", description = "What to reserve in each direction, in bit/s; k, M and G may follow")
    private String bandwidth = "0";

    @Option(name = "--payload", description = "What the path carries: ipv4, ipv6 or ptp")
    @Completion(value = StringsCompleter.class, values = {"ipv4", "ipv6", "ptp"})
    private String payload = "ipv4";

    @Option(name = "--forward-traffic", multiValued = true, description = "Packets from the source that take the path,"
            + " such as ip-protocol=17,destination-port=319, or any; may be repeated")
    private List<String> forwardTraffic = new ArrayList<>();

    @Option(name = "--reverse-traffic", multiValued = true, description = "Packets from the destination that take the"
            + " path; may be repeated")
    private List<String> reverseTraffic = new ArrayList<>();

    @Option(name = "--exclusive", description = "Drop the traffic of the path while the path is not up")
    private boolean exclusive = false;

    @Override
    protected void run() {
        TePathService service = get(TePathService.class);
        TePathRequest request = TePathRequest.builder()
                .name(name)
                .source(parse("source", source, ConnectPoint.class))
                .destination(parse("destination", destination, ConnectPoint.class))
                .bandwidth(BitRate.parse("bandwidth", bandwidth))
                .payload(parse("payload", payload, Payload.class))
                .forwardTraffic(traffic("forward-traffic", forwardTraffic))
                .reverseTraffic(traffic("reverse-traffic", reverseTraffic))
                .exclusive(exclusive)
                .build();
        if (service.path(name).isPresent()) {
            throw new ConflictException("name", "there is a path '" + name
                    + "' already: choose another name, or remove that path first");
        }
        TePath path = service.request(get(CoreService.class).registerApplication(OWNER), request);
        if (outputJson()) {
            printJson(path);
        } else {
            PathText.of(List.of(path)).forEach(this::printLine);
        }
    }

    private static List<TrafficMatch> traffic(String field, List<String> texts) {
        return IntStream.range(0, texts.size())
                .mapToObj(i -> MatchText.parse(field + "[" + i + "]", texts.get(i)))
                .collect(Collectors.toList());
    }
}
