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
package org.roundtrip.openflow.compute;

import org.junit.jupiter.api.Test;
import org.projectfloodlight.openflow.protocol.OFFactories;
import org.projectfloodlight.openflow.protocol.OFFactory;
import org.projectfloodlight.openflow.protocol.OFFlowStatsReply;
import org.projectfloodlight.openflow.protocol.OFStatsReplyFlags;
import org.projectfloodlight.openflow.protocol.OFVersion;

import java.util.List;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

class MultipartTest {

    private static final OFFactory FACTORY = OFFactories.getFactory(OFVersion.OF_13);

    private final Multipart<OFFlowStatsReply> parts = new Multipart<>(OFFlowStatsReply.class, 9);

    @Test
    void partsGatherUntilTheLastOne() {
        assertThat(parts.add(reply(9, Set.of(OFStatsReplyFlags.REPLY_MORE)))).isEmpty();
        assertThat(parts.add(reply(9, Set.of(OFStatsReplyFlags.REPLY_MORE)))).isEmpty();
        assertThat(parts.add(reply(9, Set.of()))).hasValueSatisfying(all -> assertThat(all).hasSize(3));
    }

    @Test
    void repliesToOtherRequestsAreNotTaken() {
        assertThat(parts.add(reply(8, Set.of()))).isEmpty();
        assertThat(parts.add(FACTORY.buildTableStatsReply().setXid(9).setEntries(List.of()).build())).isEmpty();
        assertThat(parts.add(reply(9, Set.of()))).hasValueSatisfying(all -> assertThat(all).hasSize(1));
    }

    private static OFFlowStatsReply reply(long xid, Set<OFStatsReplyFlags> flags) {
        return FACTORY.buildFlowStatsReply().setXid(xid).setFlags(flags).setEntries(List.of()).build();
    }
}
