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

import com.google.common.util.concurrent.RateLimiter;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.CoreService;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DeviceId;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.packet.DefaultOutboundPacket;
import org.onosproject.net.packet.PacketContext;
import org.onosproject.net.packet.PacketProcessor;
import org.onosproject.net.packet.PacketService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.roundtrip.balancer.compute.ErrorTranslation;
import org.roundtrip.balancer.compute.MarkMac;
import org.roundtrip.balancer.compute.QuotedPacket;
import org.roundtrip.balancer.impl.PublishedPlans;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.ByteBuffer;

/**
 * Translates the ports that ICMP errors quote, which switches can't, so that path MTU discovery works and clients learn
 * that nobody listens. Errors that nobody has translated reach nobody. They are few where all is well: more than
 * {@value #ERRORS_PER_SECOND} a second are dropped, as hosts and routers do that send them (RFC 1812, section 4.3.2.8).
 */
@Component(immediate = true, service = QuotedPortTranslator.class)
public class QuotedPortTranslator {

    private static final Logger log = LoggerFactory.getLogger(QuotedPortTranslator.class);

    private static final String APPLICATION = "org.roundtrip.balancer";
    private static final int ERRORS_PER_SECOND = 1_000;
    private static final int CAPACITY = 1_000;
    /** The number of a rule's application is in the uppermost bits of its cookie. */
    private static final int APPLICATION_SHIFT = 48;

    @Reference
    CoreService coreService;
    @Reference
    PacketService packetService;
    @Reference
    PublishedPlans plans;

    private final RateLimiter limiter;
    private final PacketProcessor processor = this::receive;
    private ApplicationId application;
    private PacketWorker worker;

    /**
     * Creates the translator for the controller.
     */
    public QuotedPortTranslator() {
        this(ERRORS_PER_SECOND);
    }

    QuotedPortTranslator(double errorsPerSecond) {
        this.limiter = RateLimiter.create(errorsPerSecond);
    }

    @Activate
    void activate() {
        application = coreService.registerApplication(APPLICATION);
        worker = new PacketWorker("quoted-ports", CAPACITY);
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
        ByteBuffer octets = context.inPacket().unparsed();
        ConnectPoint from = context.inPacket().receivedFrom();
        // What comes from the controller itself is a question about a connection, which somebody else has asked.
        boolean isOurs = !context.isHandled() && octets != null && !from.port().equals(PortNumber.CONTROLLER)
                && context.inPacket().cookie().filter(cookie -> cookie >>> APPLICATION_SHIFT == application.id())
                .isPresent();
        if (!isOurs) {
            return;
        }
        byte[] frame = new byte[octets.remaining()];
        octets.duplicate().get(frame);
        QuotedPacket.of(frame).ifPresent(error -> {
            context.block();
            if (limiter.tryAcquire()) {
                worker.offer(() -> translate(error, from));
            }
        });
    }

    private void translate(QuotedPacket error, ConnectPoint from) {
        if (MarkMac.isKnown(error.destinationMac())) {
            ErrorTranslation.toMember(error, plans.vips()).ifPresent(translated -> send(
                    translated.port().deviceId(), translated.port().port(), translated.error()));
        } else {
            // From the controller, the switch lets the virtual IP address pass and forwards as it always does.
            ErrorTranslation.toClient(error, from, plans.vips()).ifPresent(translated -> send(
                    from.deviceId(), PortNumber.TABLE, translated));
        }
    }

    private void send(DeviceId device, PortNumber port, QuotedPacket error) {
        packetService.emit(new DefaultOutboundPacket(
                device, DefaultTrafficTreatment.builder().setOutput(port).build(), ByteBuffer.wrap(error.frame())));
    }
}
