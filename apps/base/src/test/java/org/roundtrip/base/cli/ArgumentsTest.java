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
package org.roundtrip.base.cli;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.roundtrip.base.RequestException;

import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class ArgumentsTest {

    @ParameterizedTest
    @CsvSource({"0, 0", "1234, 1234", "10k, 10000", "10M, 10000000", "9G, 9000000000"})
    void readsBitRates(String text, long expected) {
        assertThat(BitRate.parse("bandwidth", text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "M", "-1", "1.5M", "10m", "10 M", "99999999999G", "1T"})
    void refusesWhatIsNoBitRate(String text) {
        RequestException refusal = catchThrowableOfType(() -> BitRate.parse("bandwidth", text), RequestException.class);
        assertThat(refusal.errors().get(0).field()).isEqualTo("bandwidth");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1234, 1234", "10000, 10k", "10500000, 10500k", "10000000, 10M", "9000000000, 9G",
        "1000000000000, 1000G"})
    void writesBitRates(long rate, String text) {
        assertThat(BitRate.of(rate)).isEqualTo(text);
        assertThat(BitRate.parse("bandwidth", text)).isEqualTo(rate);
    }

    @ParameterizedTest
    @CsvSource({"50ns, 50", "120us, 120000", "120.2us, 120200", "5ms, 5000000", "1.5ms, 1500000", "2s, 2000000000",
        "0ms, 0", "1min, 60000000000"})
    void readsTimes(String text, long nanos) {
        assertThat(TimeText.parse("max-delay", text, TimeUnit.NANOSECONDS)).isEqualTo(nanos);
    }

    @ParameterizedTest
    @CsvSource({"0, 0s", "1, 1ns", "999, 999ns", "1000, 1us", "120200, 120.2us", "5000000, 5ms", "100000000000, 100s",
        "300000000000, 5min", "3600000000000, 1h", "-300, -300ns", "-1500, -1.5us"})
    void writesTimes(long nanos, String text) {
        assertThat(TimeText.of(nanos, TimeUnit.NANOSECONDS)).isEqualTo(text);
    }

    @Property
    void readsTheTimesThatItWrites(@ForAll @LongRange long nanos) {
        assertThat(TimeText.parse("max-delay", TimeText.of(nanos, TimeUnit.NANOSECONDS), TimeUnit.NANOSECONDS))
                .isEqualTo(nanos);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "5             | NANOSECONDS  | unit",
        "ms            | NANOSECONDS  | unit",
        "-5ms          | NANOSECONDS  | unit",
        "5 ms          | NANOSECONDS  | unit",
        "5MS           | NANOSECONDS  | unit",
        "1e3ms         | NANOSECONDS  | unit",
        "0.5ns         | NANOSECONDS  | nanoseconds",
        "50us          | MILLISECONDS | milliseconds",
        "1.5s          | SECONDS      | seconds",
        "10000000000s  | NANOSECONDS  | 64 bits",
    })
    void refusesWhatIsNoTime(String text, TimeUnit unit, String hint) {
        RequestException refusal = catchThrowableOfType(() -> TimeText.parse("hold-off", text, unit),
                                                        RequestException.class);
        assertThat(refusal).as("refusal of %s", text).isNotNull();
        assertThat(refusal.errors().get(0).field()).isEqualTo("hold-off");
        assertThat(refusal.errors().get(0).detail()).contains(hint);
    }
}
