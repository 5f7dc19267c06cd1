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
package org.roundtrip.messaging.proxy.message.compute;

/**
 * There are more origins than a committed position can say how far it has got with.
 */
public final class WatermarkOverflowException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates one.
     *
     * @param origins how many partitions of other data centres there are
     * @param bytes   how long their watermarks are
     * @param limit   how long they may be, in bytes
     */
    public WatermarkOverflowException(int origins, int bytes, int limit) {
        super("The watermarks of " + origins + " partitions of public areas take " + bytes
                      + " bytes, and the metadata of a committed offset has " + limit + " (the storage server's"
                      + " offset.metadata.max.bytes): use fewer partitions of public topics, or raise that limit");
    }
}
