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
package org.roundtrip.detection.cli;

import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.onosproject.cli.AbstractChoicesCompleter;
import org.onosproject.cli.AbstractShellCommand;
import org.onosproject.net.AnnotationKeys;
import org.onosproject.net.DeviceId;
import org.onosproject.net.Port;
import org.onosproject.net.device.DeviceService;

import java.util.ArrayList;
import java.util.List;

/**
 * Offers the ports of the switches that the command line names already: each by its name, or by its number if it has
 * none.
 */
@Service
public class PortNameCompleter extends AbstractChoicesCompleter {

    @Override
    protected List<String> choices() {
        List<String> words = List.of(commandLine.getArguments());
        DeviceService devices = AbstractShellCommand.get(DeviceService.class);
        List<String> choices = new ArrayList<>();
        devices.getDevices().forEach(device -> {
            if (words.contains(device.id().toString())) {
                choices.addAll(ports(devices, device.id()));
            }
        });
        return choices;
    }

    private static List<String> ports(DeviceService devices, DeviceId device) {
        List<String> names = new ArrayList<>();
        for (Port port : devices.getPorts(device)) {
            if (!port.number().isLogical()) {
                String name = port.annotations().value(AnnotationKeys.PORT_NAME);
                names.add(name == null ? String.valueOf(port.number().toLong()) : name);
            }
        }
        return names;
    }
}
