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
package org.roundtrip.clock.cli;

import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.roundtrip.base.RequestException;
import org.roundtrip.base.cli.BitRate;
import org.roundtrip.base.cli.RequestDraft;
import org.roundtrip.base.cli.RoundtripCommand;
import org.roundtrip.base.cli.TimeText;
import org.roundtrip.clock.TunnelSettings;

import java.util.concurrent.TimeUnit;

/**
 * A command with all that can be said of the tunnel of a session and of its alarms: of one session, or by a policy of
 * all that it allows. The shell leaves options null that are not given; they stay as they are in the request that the
 * command begins with.
 */
abstract class TunnelRequestCommand extends RoundtripCommand {

    @Option(name = "--priority", description = "Which of several servers serves a client: the one whose tunnel is up"
            + " and whose priority is the smallest number, 0 to 255; 128 unless said otherwise")
    private String priority;

    @Option(name = "--bandwidth", description = "Bandwidth to reserve in each direction, in bit/s, such as 500k; k, M"
            + " and G may follow; 1M unless said otherwise")
    private String bandwidth;

    @Option(name = "--objective", description = "What the way makes as small as possible: hops (unless said otherwise),"
            + " te-metric, delay or delay-asymmetry")
    @Completion(value = StringsCompleter.class, values = {"hops", "te-metric", "delay", "delay-asymmetry"})
    private String objective;

    @Option(name = "--max-delay-asymmetry", description = "How large the residual error of the way may be, half of the"
            + " difference between the delays of both directions, such as 50ns; none (unless said otherwise): any")
    @Completion(value = StringsCompleter.class, values = RequestDraft.NONE)
    private String maxDelayAsymmetry;

    @Option(name = "--setup-priority", description = "With which the tunnel takes bandwidth from others whose holding"
            + " priority is a larger number: 0, which goes first, to 7 (unless said otherwise)")
    @Completion(value = StringsCompleter.class, values = {"0", "1", "2", "3", "4", "5", "6", "7"})
    private String setupPriority;

    @Option(name = "--holding-priority", description = "With which the tunnel keeps its bandwidth: 0 to the setup"
            + " priority (unless said otherwise)")
    @Completion(value = StringsCompleter.class, values = {"0", "1", "2", "3", "4", "5", "6", "7"})
    private String holdingPriority;

    @Option(name = "--protect", description = "What the standby way does not share with the active one: link (unless"
            + " said otherwise), node or srlg")
    @Completion(value = StringsCompleter.class, values = {"link", "node", "srlg"})
    private String protect;

    @Option(name = "--best-effort", description = "Rather have a standby way that shares something than none, as is"
            + " done unless said otherwise; --best-effort=false: refuse a session that can't be protected")
    private Boolean bestEffort;

    @Option(name = "--hold-off", description = "How long a failure must last before the tunnel moves, such as 50ms: 0s"
            + " (unless said otherwise) to 10s")
    private String holdOff;

    @Option(name = "--wait-to-restore", description = "How long the network must be whole before the tunnel goes back"
            + " to its best way, such as 5min: 0s to 24h; none (unless said otherwise): it stays where it is")
    @Completion(value = StringsCompleter.class, values = RequestDraft.NONE)
    private String waitToRestore;

    @Option(name = "--resume-delay", description = "How long PTP stays held back once both directions are on another"
            + " way, so that the client forgets what it measured over the old one, such as 4s: 0s to 60s; 8s unless"
            + " said otherwise")
    private String resumeDelay;

    @Option(name = "--asymmetry-threshold", description = "From which predicted residual error on there is an alarm,"
            + " such as 250ns; 1us unless said otherwise")
    private String asymmetryThreshold;

    @Option(name = "--error-tolerance", description = "By how much what the client measures may differ from what is"
            + " predicted without an alarm, beside the spread, such as 250ns; 1us unless said otherwise")
    private String errorTolerance;

    /**
     * Begins with nothing.
     *
     * @return a draft with what is not the same in a session as where nothing is said of a path: its standby way
     */
    static RequestDraft draft() {
        return RequestDraft.empty().set("tunnel.protection.best-effort",
                                        TunnelSettings.DEFAULT.protection().bestEffort());
    }

    /**
     * Begins with what there is already.
     *
     * @param request a session or a policy
     * @param tunnel  its settings
     * @return a draft of the same
     */
    static RequestDraft draft(Object request, TunnelSettings tunnel) {
        RequestDraft draft = RequestDraft.of(request);
        // As it does where nothing is said: whoever changes one of them need not think of the other.
        return tunnel.holdingPriority() == tunnel.setupPriority() ? draft.remove("tunnel.holding-priority") : draft;
    }

    /**
     * Takes what the options say.
     *
     * @param draft the request without them
     * @return the draft with them
     * @throws RequestException if an option is wrong; names the field and what would be right
     */
    protected RequestDraft takeTunnel(RequestDraft draft) {
        return draft
                .take("priority", priority, RequestDraft::number)
                .take("tunnel.bandwidth", bandwidth, text -> BitRate.parse("tunnel.bandwidth", text))
                .take("tunnel.objective", objective, text -> text)
                .take("tunnel.max-delay-asymmetry", maxDelayAsymmetry,
                      text -> nanos("tunnel.max-delay-asymmetry", text))
                .take("tunnel.setup-priority", setupPriority, RequestDraft::number)
                .take("tunnel.holding-priority", holdingPriority, RequestDraft::number)
                .take("tunnel.protection.disjoint", protect, text -> text)
                .take("tunnel.protection.best-effort", bestEffort)
                .take("tunnel.protection.hold-off", holdOff,
                      text -> time("tunnel.protection.hold-off", text, TimeUnit.MILLISECONDS))
                .take("tunnel.protection.wait-to-restore", waitToRestore,
                      text -> time("tunnel.protection.wait-to-restore", text, TimeUnit.SECONDS))
                .take("tunnel.resume-delay", resumeDelay,
                      text -> time("tunnel.resume-delay", text, TimeUnit.MILLISECONDS))
                .take("monitoring.asymmetry-threshold", asymmetryThreshold,
                      text -> nanos("monitoring.asymmetry-threshold", text))
                .take("monitoring.error-tolerance", errorTolerance,
                      text -> nanos("monitoring.error-tolerance", text));
    }

    private static long nanos(String field, String text) {
        return TimeText.parse(field, text, TimeUnit.NANOSECONDS);
    }

    /** What is more than 32 bits is text: JSON refuses it with the name of the field. */
    protected static Object time(String field, String text, TimeUnit unit) {
        return RequestDraft.number(String.valueOf(TimeText.parse(field, text, unit)));
    }
}
