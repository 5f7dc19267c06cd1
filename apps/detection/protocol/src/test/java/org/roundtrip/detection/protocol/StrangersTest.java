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
package org.roundtrip.detection.protocol;

import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.net.UnknownHostException;

import static org.assertj.core.api.Assertions.assertThat;

/** Who may wait at the door. */
class StrangersTest {

    @Test
    void strangersAreCountedByAddressAndTogether() throws UnknownHostException {
        InetAddress one = InetAddress.getByName("192.0.2.1");
        InetAddress two = InetAddress.getByName("192.0.2.2");
        InetAddress three = InetAddress.getByName("2001:db8::3");
        Strangers strangers = new Strangers(2, 3);

        assertThat(strangers.enter(one)).isTrue();
        assertThat(strangers.enter(one)).isTrue();
        assertThat(strangers.enter(one)).as("a third of one address").isFalse();
        assertThat(strangers.enter(two)).isTrue();
        assertThat(strangers.enter(three)).as("a fourth of all").isFalse();
        strangers.leave(one);
        assertThat(strangers.enter(three)).isTrue();
        strangers.leave(one);
        strangers.leave(two);
        strangers.leave(three);
        assertThat(strangers.enter(one)).isTrue();
        assertThat(strangers.enter(one)).isTrue();
    }
}
