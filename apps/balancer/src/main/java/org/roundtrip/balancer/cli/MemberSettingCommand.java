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

import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.roundtrip.balancer.MemberChange;
import org.roundtrip.balancer.MemberId;
import org.roundtrip.base.RequestException;
import org.roundtrip.base.cli.RequestDraft;

/**
 * A command with all that can be said of a member beside what it is.
 */
abstract class MemberSettingCommand extends ServerCommand {

    @Option(name = "--weight", description = "Its share of new connections beside the weights of the others: 0, which"
            + " is none, to 100, which a new member has unless said otherwise")
    private String weight;

    @Option(name = "--state", description = "enabled, as a new member is unless said otherwise, draining: it keeps the"
            + " connections that it has and gets no new ones, or disabled: its connections are cut")
    @Completion(value = StringsCompleter.class, values = {"enabled", "draining", "disabled"})
    private String state;

    /**
     * Returns a change with what the options say.
     *
     * @param member which member is changed
     * @return the change
     * @throws RequestException if an option is wrong; names the field and what would be right
     */
    protected MemberChange change(MemberId member) {
        return RequestDraft.empty().set("address", member.address().toString()).set("port", member.port())
                .take("weight", weight, RequestDraft::number)
                .take("state", state, text -> text)
                .request(MemberChange.class);
    }
}
