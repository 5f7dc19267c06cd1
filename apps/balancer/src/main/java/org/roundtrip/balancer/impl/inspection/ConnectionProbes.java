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
package org.roundtrip.balancer.impl.inspection;

import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DeviceId;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.packet.DefaultOutboundPacket;
import org.onosproject.net.packet.PacketContext;
import org.onosproject.net.packet.PacketProcessor;
import org.onosproject.net.packet.PacketService;
import org.roundtrip.balancer.compute.MemberPlace;
import org.roundtrip.balancer.compute.ProbePackets;
import org.roundtrip.balancer.compute.ServedConnection;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongFunction;

/**
 * Asks switches what they know of a connection, by packets that they give back. Thread-safe; no method waits.
 */
final class ConnectionProbes implements PacketProcessor {

    private static final int LEAST_LENGTH = 60;

    private final PacketService packets;
    private final Duration patience;
    private final AtomicLong tokens = new AtomicLong(new SecureRandom().nextLong());
    private final Map<Long, Question> questions = new ConcurrentHashMap<>();

    /**
     * Creates a prober. It has to be among the packet processors.
     *
     * @param packets  sends packets
     * @param patience how long a switch may take to answer
     */
    ConnectionProbes(PacketService packets, Duration patience) {
        this.packets = packets;
        this.patience = patience;
    }

    /**
     * Asks the switch of a member for the mark of a connection.
     *
     * @param place      the member
     * @param connection the connection
     * @return completes with the mark, 0 if the switch does not know the connection; with nothing if it does not answer
     */
    CompletableFuture<Optional<Long>> mark(MemberPlace place, ServedConnection connection) {
        return ask(place.port().deviceId(), token -> ProbePackets.forMark(connection, place, token),
                   ProbePackets::mark);
    }

    private <T> CompletableFuture<Optional<T>> ask(DeviceId device, LongFunction<ByteBuffer> probe,
                                                   Function<ByteBuffer, T> answer) {
        long token = tokens.getAndIncrement();
        Question question = new Question(device);
        questions.put(token, question);
        packets.emit(new DefaultOutboundPacket(
                device, DefaultTrafficTreatment.builder().setOutput(PortNumber.TABLE).build(), probe.apply(token)));
        return question.answer.thenApply(answer.andThen(Optional::of))
                .completeOnTimeout(Optional.empty(), patience.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((result, failure) -> questions.remove(token));
    }

    /** Answers come from where no station is, and are nobody else's. */
    @Override
    public void process(PacketContext context) {
        ConnectPoint from = context.inPacket().receivedFrom();
        if (!from.port().equals(PortNumber.CONTROLLER)) {
            return;
        }
        ByteBuffer frame = context.inPacket().unparsed();
        if (frame.limit() < LEAST_LENGTH) {
            return;
        }
        Question question = questions.get(ProbePackets.token(frame));
        if (question != null && question.device.equals(from.deviceId())) {
            context.block();
            question.answer.complete(frame);
        }
    }

    /** What a switch has been asked. */
    private static final class Question {

        private final DeviceId device;
        private final CompletableFuture<ByteBuffer> answer = new CompletableFuture<>();

        Question(DeviceId device) {
            this.device = device;
        }
    }
}
