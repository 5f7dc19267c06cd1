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
package org.roundtrip.openflow.device.compute;

import com.google.common.collect.ImmutableList;
import org.projectfloodlight.openflow.protocol.OFPortStatsEntry;
import org.projectfloodlight.openflow.protocol.OFPortStatsReply;
import org.projectfloodlight.openflow.protocol.OFStatsReplyFlags;

import java.util.List;
import java.util.Optional;

/**
 * Puts the parts of one switch's port statistics together (OpenFlow 1.3.5, section 7.3.5: a reply may come in several
 * messages with one transaction id, all but the last flagged). A new transaction discards what was unfinished of an
 * earlier one.
 *
 * <p>Not thread-safe: parts are given in the order in which the switch sent them.
 */
public final class MultipartPortStatistics {

    private long transaction;
    private ImmutableList.Builder<OFPortStatsEntry> parts = ImmutableList.builder();

    /**
     * Adds a part.
     *
     * @param part message from the switch
     * @return counters of all ports, once the last part is there
     */
    public Optional<List<OFPortStatsEntry>> add(OFPortStatsReply part) {
        if (part.getXid() != transaction) {
            transaction = part.getXid();
            parts = ImmutableList.builder();
        }
        parts.addAll(part.getEntries());
        if (part.getFlags().contains(OFStatsReplyFlags.REPLY_MORE)) {
            return Optional.empty();
        }
        List<OFPortStatsEntry> whole = parts.build();
        parts = ImmutableList.builder();
        return Optional.of(whole);
    }
}
