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
package org.roundtrip.detection.cli;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.roundtrip.base.RequestException;
import org.roundtrip.base.cli.RequestDraft;
import org.roundtrip.base.cli.TimeText;
import org.roundtrip.detection.DetectionProfile;

import java.util.concurrent.TimeUnit;

/**
 * Adds a profile. The shell leaves options null that are not given.
 */
@Service
@Command(scope = "onos", name = "detection-profile-add",
        description = "Adds a way to probe members, or puts it in the place of the one of that name")
public class ProfileAddCommand extends ProfileCommand {

    @Option(name = "--type", description = "How members are probed: tcp, a connection is opened (unless said"
            + " otherwise), http or https, a request is answered as it should, udp, a datagram is answered, or icmp, an"
            + " echo request is answered")
    @Completion(value = StringsCompleter.class, values = {"tcp", "http", "https", "udp", "icmp"})
    private String type;

    @Option(name = "--interval", description = "From the beginning of a probe to that of the next, such as 500ms: 100ms"
            + " to 1h; 1s unless said otherwise. Too short wears members out, too long finds failures late")
    private String interval;

    @Option(name = "--retry-interval", description = "The same while answers are other than the state, so that it is"
            + " soon clear: 10ms to the interval; the interval unless said otherwise")
    private String retryInterval;

    @Option(name = "--timeout", description = "How long an answer may take: 10ms to the interval; half of it unless"
            + " said otherwise. Too short takes slow members for dead ones")
    private String timeout;

    @Option(name = "--jitter", description = "By how many percent an interval may be longer or shorter by chance: 0 to"
            + " 50; 10 unless said otherwise")
    private String jitter;

    @Option(name = "--rise", description = "How many good answers in a row make a member up: 1 to 100; 2 unless said"
            + " otherwise")
    private String rise;

    @Option(name = "--fall", description = "How many bad ones in a row make it down: 1 to 100; 3 unless said otherwise")
    private String fall;

    @Option(name = "--port", description = "To which port probes go; to that of the member unless said otherwise")
    private String port;

    @Option(name = "--method", description = "The method of the HTTP request; GET unless said otherwise")
    @Completion(value = StringsCompleter.class, values = {"GET", "HEAD", "OPTIONS"})
    private String method;

    @Option(name = "--path", description = "The path of the HTTP request, with its query; / unless said otherwise")
    private String path;

    @Option(name = "--host", description = "The host that the HTTP request and TLS name; the address of the service"
            + " unless said otherwise")
    private String host;

    @Option(name = "--verify-certificate", description = "Members that are probed by https must have a certificate for"
            + " the host, from somebody whom their agents trust; any will do unless said otherwise")
    private Boolean verifyCertificate;

    @Option(name = "--expected-status", description = "Which status codes are good, such as 200,204,300-399; 200-399"
            + " unless said otherwise")
    private String expectedStatus;

    @Option(name = "--expected-body", description = "What the body must contain, in its first 64 KiB; anything unless"
            + " said otherwise")
    private String expectedBody;

    @Option(name = "--payload", description = "What the datagram carries, in hexadecimal digits; nothing unless said"
            + " otherwise")
    private String payload;

    @Option(name = "--expected-response", description = "How the answer to the datagram must begin, in hexadecimal"
            + " digits; any will do unless said otherwise")
    private String expectedResponse;

    @Argument(index = 0, name = "name", description = "What to call the profile", required = true)
    @Completion(ProfileNameCompleter.class)
    private String name = "";

    @Override
    protected void run() {
        DetectionProfile profile = profile();
        service().putProfile(profile);
        printProfile(profile);
    }

    /**
     * Returns what the options say.
     *
     * @throws RequestException if an option is wrong; names the field and what would be right
     */
    private DetectionProfile profile() {
        return RequestDraft.empty().set("name", name)
                .take("type", type, text -> text)
                .take("interval", interval, text -> milliseconds("interval", text))
                .take("retry-interval", retryInterval, text -> milliseconds("retry-interval", text))
                .take("timeout", timeout, text -> milliseconds("timeout", text))
                .take("jitter", jitter, RequestDraft::number)
                .take("rise", rise, RequestDraft::number)
                .take("fall", fall, RequestDraft::number)
                .take("port", port, RequestDraft::number)
                .take("method", method, text -> text)
                .take("path", path, text -> text)
                .take("host", host, text -> text)
                .take("verify-certificate", verifyCertificate)
                .take("expected-status", expectedStatus, text -> text)
                .take("expected-body", expectedBody, text -> text)
                .take("payload", payload, text -> text)
                .take("expected-response", expectedResponse, text -> text)
                .request(DetectionProfile.class);
    }

    /** What is more than 32 bits is text: JSON refuses it with the name of the field. */
    private static Object milliseconds(String field, String text) {
        return RequestDraft.number(String.valueOf(TimeText.parse(field, text, TimeUnit.MILLISECONDS)));
    }
}
