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
package org.roundtrip.detection.agent.probe;

import io.netty.channel.EventLoop;
import org.roundtrip.detection.protocol.ProbeType;

import java.util.Map;
import java.util.Optional;

/**
 * Makes the probers of an event loop.
 */
public final class Probers {

    private Probers() {
    }

    /**
     * Returns one prober of each type.
     *
     * @param loop   the loop they belong to
     * @param source where their probes come from, or empty for whatever the kernel chooses
     * @return the probers
     */
    public static Map<ProbeType, Prober> on(EventLoop loop, Optional<ProbeSource> source) {
        ProbeChannels channels = new ProbeChannels(loop, source);
        return Map.of(
                ProbeType.TCP, new TcpProber(channels),
                ProbeType.HTTP, new HttpProber(channels, Optional.empty()),
                ProbeType.HTTPS, new HttpProber(channels, Optional.of(new MemberTls())),
                ProbeType.UDP, new UdpProber(channels, new DatagramErrors(loop, source)),
                ProbeType.ICMP, new IcmpProber(loop, source));
    }
}
