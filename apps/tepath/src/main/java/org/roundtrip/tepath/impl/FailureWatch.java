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
package org.roundtrip.tepath.impl;

import org.onosproject.net.ConnectPoint;
import org.onosproject.net.Link;
import org.onosproject.net.device.DeviceEvent;
import org.onosproject.net.device.DeviceListener;
import org.onosproject.net.device.DeviceService;
import org.onosproject.net.link.LinkEvent;
import org.onosproject.net.link.LinkListener;
import org.onosproject.net.link.LinkService;

/**
 * Brings failures of ports and links to the switchovers by the shortest way, past the loop that looks at the network as
 * a whole.
 */
final class FailureWatch implements AutoCloseable {

    private final DeviceService devices;
    private final LinkService links;
    private final SwitchoverTable switchovers;
    private final DeviceListener deviceListener = new OwnDeviceListener();
    private final LinkListener linkListener = new OwnLinkListener();

    /**
     * Begins to watch.
     *
     * @param devices     tells of ports
     * @param links       tells of links
     * @param switchovers what is set off
     */
    FailureWatch(DeviceService devices, LinkService links, SwitchoverTable switchovers) {
        this.devices = devices;
        this.links = links;
        this.switchovers = switchovers;
        devices.addListener(deviceListener);
        links.addListener(linkListener);
    }

    @Override
    public void close() {
        links.removeListener(linkListener);
        devices.removeListener(deviceListener);
    }

    private final class OwnDeviceListener implements DeviceListener {

        @Override
        public boolean isRelevant(DeviceEvent event) {
            return event.type() == DeviceEvent.Type.PORT_ADDED || event.type() == DeviceEvent.Type.PORT_UPDATED
                    || event.type() == DeviceEvent.Type.PORT_REMOVED;
        }

        @Override
        public void event(DeviceEvent event) {
            ConnectPoint port = new ConnectPoint(event.subject().id(), event.port().number());
            if (event.type() != DeviceEvent.Type.PORT_REMOVED && event.port().isEnabled()) {
                switchovers.recover(port, Failure.PORT_DOWN);
            } else {
                switchovers.fail(port, Failure.PORT_DOWN, "the port " + port + " on the way is down");
            }
        }
    }

    private final class OwnLinkListener implements LinkListener {

        @Override
        public void event(LinkEvent event) {
            Link link = event.subject();
            if (event.type() != LinkEvent.Type.LINK_REMOVED && link.state() == Link.State.ACTIVE) {
                switchovers.recover(link.src(), Failure.LINK_LOST);
                switchovers.recover(link.dst(), Failure.LINK_LOST);
            } else if (devices.isAvailable(link.src().deviceId()) && devices.isAvailable(link.dst().deviceId())) {
                // A switch that is away takes its links along, but may be forwarding all the same.
                String reason = "the link " + link.src() + " - " + link.dst() + " is lost";
                switchovers.fail(link.src(), Failure.LINK_LOST, reason);
                switchovers.fail(link.dst(), Failure.LINK_LOST, reason);
            }
        }
    }
}
