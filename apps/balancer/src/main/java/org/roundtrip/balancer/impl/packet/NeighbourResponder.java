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
import org.onlab.packet.IpAddress;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.CoreService;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.packet.DefaultOutboundPacket;
import org.onosproject.net.packet.PacketContext;
import org.onosproject.net.packet.PacketProcessor;
import org.onosproject.net.packet.PacketService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.roundtrip.balancer.compute.NeighbourMessage;
import org.roundtrip.balancer.impl.PublishedPlans;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.ByteBuffer;

/**
 * Answers who asks for the hardware address of a virtual IP address where a switch can't do it by itself: by neighbour
 * discovery, and by ARP as long as a switch does not have the rules. Nobody else gets to see such messages, and
 * nobody those that claim a virtual IP address: they would be sent to all members, which have the address.
 */
@Component(immediate = true, service = NeighbourResponder.class)
public class NeighbourResponder {

    private static final Logger log = LoggerFactory.getLogger(NeighbourResponder.class);

    private static final String APPLICATION = "org.roundtrip.balancer";
    private static final int CAPACITY = 1_000;
    /** The number of a rule's application is in the uppermost bits of its cookie. */
    private static final int APPLICATION_SHIFT = 48;

    @Reference
    CoreService coreService;
    @Reference
    PacketService packetService;
    @Reference
    PublishedPlans plans;

    private final PacketProcessor processor = this::receive;
    private ApplicationId application;
    private PacketWorker worker;

    @Activate
    void activate() {
        application = coreService.registerApplication(APPLICATION);
        worker = new PacketWorker("neighbours", CAPACITY);
        // After those who learn hosts, before those who resolve addresses.
        packetService.addProcessor(processor, PacketProcessor.director(0));
        log.info("Started");
    }

    @Deactivate
    void deactivate() {
        packetService.removeProcessor(processor);
        worker.close();
        log.info("Stopped");
    }

    private void receive(PacketContext context) {
        Ethernet frame = context.inPacket().parsed();
        if (context.isHandled() || frame == null) {
            return;
        }
        NeighbourMessage.of(frame).ifPresent(message -> {
            boolean isClaim = plans.vips().stream().anyMatch(vip -> message.claims(vip.vip()));
            boolean isQuestion = message.question().filter(this::isVip).isPresent();
            if (isClaim || isQuestion) {
                context.block();
            }
            if (isQuestion && !isClaim && !isAnswered(context, message)) {
                ConnectPoint asker = context.inPacket().receivedFrom();
                worker.offer(() -> send(asker, message.answer()));
            }
        });
    }

    private boolean isVip(IpAddress address) {
        return plans.vips().stream().anyMatch(vip -> vip.vip().equals(address));
    }

    /** A rule of ours has answered ARP, and sent the question on for others to learn who asked. */
    private boolean isAnswered(PacketContext context, NeighbourMessage message) {
        return message.question().filter(IpAddress::isIp4).isPresent()
                && context.inPacket().cookie().filter(cookie -> cookie >>> APPLICATION_SHIFT == application.id())
                .isPresent();
    }

    private void send(ConnectPoint asker, Ethernet answer) {
        packetService.emit(new DefaultOutboundPacket(
                asker.deviceId(), DefaultTrafficTreatment.builder().setOutput(asker.port()).build(),
                ByteBuffer.wrap(answer.serialize())));
    }
}
