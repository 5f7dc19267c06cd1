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
package org.roundtrip.messaging.proxy.routing;

import org.roundtrip.messaging.proxy.record.Origin;

/**
 * A look at what a topic of the destination holds already.
 */
interface Search {

    /**
     * Returns where to begin in each partition.
     *
     * @param partition the partition
     * @param end       the offset after its last record
     * @return an offset, at most the end
     */
    long from(int partition, long end);

    /**
     * Takes what was found.
     *
     * @param origin the origin of a record that is there
     */
    void found(Origin origin);
}
