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

import org.projectfloodlight.openflow.protocol.OFStatsReply;
import org.projectfloodlight.openflow.protocol.OFStatsReplyFlags;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Collects the parts of one multipart reply (OpenFlow 1.3, section 7.3.5).
 * <p>
 * Not thread-safe.
 *
 * @param <R> the kind of reply
 */
public final class Multipart<R extends OFStatsReply> {

    private final Class<R> kind;
    private final long xid;
    private final List<R> parts = new ArrayList<>();

    /**
     * Creates a collection without parts.
     *
     * @param kind the kind of reply
     * @param xid  the transaction id of the request
     */
    public Multipart(Class<R> kind, long xid) {
        this.kind = kind;
        this.xid = xid;
    }

    /**
     * Takes a reply if it is a part of this collection.
     *
     * @param reply any reply
     * @return all parts in their order, once the last of them has come
     */
    public Optional<List<R>> add(OFStatsReply reply) {
        if (reply.getXid() != xid || !kind.isInstance(reply)) {
            return Optional.empty();
        }
        parts.add(kind.cast(reply));
        return reply.getFlags().contains(OFStatsReplyFlags.REPLY_MORE) ? Optional.empty() : Optional.of(parts);
    }
}
