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
package org.roundtrip.balancer.impl.packet;

import org.onlab.packet.Ethernet;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.packet.DefaultInboundPacket;
import org.onosproject.net.packet.DefaultPacketContext;
import org.onosproject.net.packet.OutboundPacket;
import org.onosproject.net.packet.PacketContext;
import org.onosproject.net.packet.PacketProcessor;
import org.onosproject.net.packet.PacketServiceAdapter;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Hands packets to processors as ONOS does, and remembers what they send. */
final class PacketsInMemory extends PacketServiceAdapter {

    final List<OutboundPacket> sent = new CopyOnWriteArrayList<>();
    final List<PacketProcessor> processors = new CopyOnWriteArrayList<>();

    /** Hands a packet to all processors, and returns whether one of them has taken it. */
    boolean receive(ConnectPoint port, byte[] frame, Optional<Long> cookie) {
        PacketContext context = new DefaultPacketContext(0, new DefaultInboundPacket(
                port, parsed(frame), ByteBuffer.wrap(frame), cookie), null, false) {
            @Override
            public void send() {
                throw new UnsupportedOperationException();
            }
        };
        processors.forEach(processor -> processor.process(context));
        return context.isHandled();
    }

    private static Ethernet parsed(byte[] frame) {
        try {
            return Ethernet.deserializer().deserialize(frame, 0, frame.length);
        } catch (Exception e) {
            return null;
        }
    }

    @Override
    public void addProcessor(PacketProcessor processor, int priority) {
        processors.add(processor);
    }

    @Override
    public void removeProcessor(PacketProcessor processor) {
        processors.remove(processor);
    }

    @Override
    public void emit(OutboundPacket packet) {
        sent.add(packet);
    }
}
