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
package org.roundtrip.clock.impl;

import org.onosproject.net.flow.FlowRuleListener;
import org.onosproject.net.flow.FlowRuleService;
import org.onosproject.net.group.GroupDescription;
import org.onosproject.net.group.GroupListener;
import org.onosproject.net.group.GroupService;
import org.onosproject.net.host.HostService;
import org.projectfloodlight.openflow.protocol.OFVersion;
import org.roundtrip.base.Validation;
import org.roundtrip.clock.cli.CommandPastTheService;
import org.roundtrip.tepath.TePathState;
import org.roundtrip.tepath.impl.HiddenGlue;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

/** What glue must not do. */
public final class OffendingGlue {

    /** Another room's inside. */
    public static final class LooksBehindTheApi {
        public HiddenGlue hidden;
    }

    /** A face, which itself uses glue. */
    public static final class UsesACommand {
        public CommandPastTheService command;
        public OffendingGlue glue;
    }

    /** What a stock ONOS does for itself. */
    public static final class SpeaksOpenFlow {
        public OFVersion version = OFVersion.OF_13;
    }

    /** Rules that no intent knows. */
    public static final class WritesRulesByHand {
        public void write(FlowRuleService rules) {
            rules.applyFlowRules();
        }
    }

    /** Groups that nobody looks after. */
    public static final class MakesGroups {
        public void make(GroupService groups, GroupDescription group) {
            groups.addGroup(group);
        }
    }

    /** Threads that nobody finds in a dump. */
    public static final class RunsNamelessThreads {
        public ExecutorService executor = Executors.newCachedThreadPool();
    }

    /** What glue is for. */
    public static final class Innocent {
        public HostService hosts;
        public TePathState state;
        public Validation validation = new Validation();

        public int rules(FlowRuleService rules, FlowRuleListener listener) {
            rules.addListener(listener);
            rules.removeListener(listener);
            return rules.getFlowRuleCount();
        }

        public void groups(GroupService groups, GroupListener listener) {
            groups.addListener(listener);
            groups.removeListener(listener);
        }

        public ExecutorService executor(ThreadFactory names) {
            return Executors.newSingleThreadExecutor(names);
        }
    }
}
