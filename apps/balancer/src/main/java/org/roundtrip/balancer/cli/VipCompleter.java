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
package org.roundtrip.balancer.cli;

import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.onosproject.cli.AbstractChoicesCompleter;
import org.onosproject.cli.AbstractShellCommand;
import org.roundtrip.balancer.MemberId;
import org.roundtrip.balancer.PortRange;
import org.roundtrip.balancer.VirtualServerRequest;
import org.roundtrip.balancer.VirtualServerService;

import java.util.ArrayList;
import java.util.List;

/**
 * Offers the virtual IP addresses that there are, each with the first port of every range.
 */
@Service
public class VipCompleter extends AbstractChoicesCompleter {

    @Override
    protected List<String> choices() {
        List<String> choices = new ArrayList<>();
        AbstractShellCommand.get(VirtualServerService.class).servers().forEach(server -> {
            VirtualServerRequest request = server.request();
            choices.add(request.vip().toString());
            for (PortRange range : request.ports()) {
                choices.add(MemberId.of(request.vip(), range.first()).toString());
            }
        });
        return choices;
    }
}
