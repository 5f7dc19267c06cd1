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
package org.roundtrip.openflow.packet.compute;

import org.onlab.packet.DeserializationException;
import org.onlab.packet.Ethernet;

import java.util.Optional;

/**
 * Reads Ethernet frames.
 */
public final class Frames {

    private Frames() {
    }

    /**
     * Parses a frame.
     *
     * @param frame bytes of the frame, from the destination address on, without the frame check sequence
     * @return frame, or empty where the bytes are not a well-formed frame
     */
    public static Optional<Ethernet> parse(byte[] frame) {
        try {
            return Optional.of(Ethernet.deserializer().deserialize(frame, 0, frame.length));
        } catch (DeserializationException | RuntimeException malformed) {
            // Anyone on the network can send any bytes, and the deserializers of some payloads answer to malformed ones
            // with whatever unchecked exception they happen to run into.
            return Optional.empty();
        }
    }
}
