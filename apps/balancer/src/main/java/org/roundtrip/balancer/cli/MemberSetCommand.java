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
import org.roundtrip.balancer.MemberId;
import org.roundtrip.base.NotFoundException;

import java.util.List;

/**
 * Changes a member.
 */
@Service
@Command(scope = "onos", name = "lb-member-set",
        description = "Changes what the options say of a member of a virtual server; all else stays as it is")
public class MemberSetCommand extends MemberSettingCommand {

    @Argument(index = 0, name = "name", description = "The name of the virtual server", required = true)
    @Completion(ServerNameCompleter.class)
    private String name = "";

    @Argument(index = 1, name = "member", description = "The address of the member, and its port if it has one of its"
            + " own, such as 192.0.2.7 or 192.0.2.7:8080", required = true)
    @Completion(MemberCompleter.class)
    private String member = "";

    @Override
    protected void run() {
        MemberId id = MemberText.id("member", member);
        if (existing(name).request().members().stream().noneMatch(other -> other.id().equals(id))) {
            throw new NotFoundException("member", "the virtual server '" + name + "' has no member " + id
                    + ": add it with lb-member-add");
        }
        printMembers(service().changeMembers(name, List.of(change(id))));
    }
}
