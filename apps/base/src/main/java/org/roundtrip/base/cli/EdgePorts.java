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

import org.onosproject.net.ConnectPoint;
import org.onosproject.net.Device;
import org.onosproject.net.Port;
import org.onosproject.net.device.DeviceService;
import org.onosproject.net.link.LinkService;

import java.util.ArrayList;
import java.util.List;

/**
 * The ports where something else than a switch is attached, for completion.
 */
public final class EdgePorts {

    private EdgePorts() {
    }

    /**
     * Returns the ports that no other switch is linked to.
     *
     * @param devices knows the switches
     * @param links   knows the links
     * @return the ports as users write them, DEVICE/PORT
     */
    public static List<String> names(DeviceService devices, LinkService links) {
        List<String> names = new ArrayList<>();
        for (Device device : devices.getDevices()) {
            for (Port port : devices.getPorts(device.id())) {
                ConnectPoint point = new ConnectPoint(device.id(), port.number());
                if (!port.number().isLogical() && links.getLinks(point).isEmpty()) {
                    names.add(point.toString());
                }
            }
        }
        return names;
    }
}
