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

import org.roundtrip.base.cli.Table;
import org.roundtrip.base.cli.TimeText;
import org.roundtrip.base.json.Json;
import org.roundtrip.detection.DetectionProfile;
import org.roundtrip.detection.protocol.ProbeSettings;
import org.roundtrip.detection.protocol.ProbeType;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Profiles as text for people, in the words of the options of the commands.
 */
final class ProfileText {

    private ProfileText() {
    }

    /**
     * Returns profiles.
     *
     * @param profiles the profiles
     * @return lines of text
     */
    static List<String> list(List<DetectionProfile> profiles) {
        Table table = new Table("NAME", "TYPE", "INTERVAL", "RETRY", "TIMEOUT", "JITTER", "RISE", "FALL", "PORT");
        for (DetectionProfile profile : profiles) {
            ProbeSettings settings = profile.settings();
            table.row(profile.name(), Json.name(settings.type()),
                      TimeText.of(settings.interval(), TimeUnit.MILLISECONDS),
                      TimeText.of(settings.retryInterval().orElse(settings.interval()), TimeUnit.MILLISECONDS),
                      TimeText.of(settings.timeout(), TimeUnit.MILLISECONDS), settings.jitter() + "%",
                      settings.rise(), settings.fall(), settings.port().map(Object::toString).orElse("the member's"));
        }
        return table.lines(row -> ofType(profiles.get(row).settings()));
    }

    private static List<String> ofType(ProbeSettings settings) {
        List<String> words = new ArrayList<>();
        if (settings.type() == ProbeType.HTTP || settings.type() == ProbeType.HTTPS) {
            words.add("method " + settings.method());
            words.add("path " + settings.path());
            settings.host().ifPresent(host -> words.add("host " + host));
            if (settings.verifyCertificate()) {
                words.add("verify-certificate");
            }
            words.add("expected-status " + settings.expectedStatus());
            settings.expectedBody().ifPresent(body -> words.add("expected-body " + body));
        } else if (settings.type() == ProbeType.UDP) {
            words.add("payload " + (settings.payload().isEmpty() ? "empty" : settings.payload()));
            settings.expectedResponse().ifPresent(response -> words.add("expected-response " + response));
        }
        return words.isEmpty() ? List.of() : List.of(String.join(", ", words));
    }
}
