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

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.roundtrip.balancer.MemberChange;
import org.roundtrip.balancer.MemberId;
import org.roundtrip.balancer.MemberOperation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Takes members out.
 */
@Service
@Command(scope = "onos", name = "lb-member-remove",
        description = "Takes members out of a virtual server, all or none; their connections go on until the drain time"
                + " ends")
public class MemberRemoveCommand extends ServerCommand {

    @Argument(index = 0, name = "name", description = "The name of the virtual server", required = true)
    @Completion(ServerNameCompleter.class)
    private String name = "";

    @Argument(index = 1, name = "member", description = "The address of a member, and its port if it has one of its"
            + " own, such as 192.0.2.7 or 192.0.2.7:8080; may be repeated", required = true, multiValued = true)
    @Completion(MemberCompleter.class)
    private List<String> members = new ArrayList<>();

    @Override
    protected void run() {
        printMembers(service().changeMembers(name, members.stream()
                .map(member -> removal(MemberText.id("member", member)))
                .collect(Collectors.toList())));
    }

    private static MemberChange removal(MemberId member) {
        return MemberChange.builder().address(member.address()).port(member.port())
                .operation(MemberOperation.REMOVE).build();
    }
}
