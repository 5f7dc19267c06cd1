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

import org.roundtrip.messaging.configuration.DataCentre;
import org.roundtrip.messaging.configuration.MessageQueue;
import org.roundtrip.messaging.configuration.compute.Correspondence;
import org.roundtrip.messaging.configuration.compute.TopicNames;
import org.roundtrip.messaging.proxy.record.RoutingInformation;

import java.util.function.Supplier;

/**
 * The queues of the next data centre by the configuration.
 *
 * @param correspondence tells what the configuration is now
 * @param via            the next data centre
 */
record ConfiguredOnward(Supplier<Correspondence> correspondence, String via) implements Onward {

    @Override
    public Way way(RoutingInformation routing) {
        Correspondence now = correspondence.get();
        if (!routing.dataCentre().equals(via)) {
            DataCentre end = now.configuration().dataCentres().stream()
                    .filter(dataCentre -> dataCentre.name().equals(routing.dataCentre())).findFirst()
                    .orElseThrow(() -> new UndeliverableException("There is no data centre '" + routing.dataCentre()
                                                                          + "'"));
            return new Way(TopicNames.publicTopic(end), end.partitions(), Way.Area.PUBLIC);
        }
        MessageQueue queue = now.configuration().queues().stream()
                .filter(each -> each.name().equals(routing.queue())).findFirst()
                .orElseThrow(() -> new UndeliverableException("There is no queue '" + routing.queue() + "'"));
        return new Way(TopicNames.privateTopic(queue), queue.partitions(), Way.Area.PRIVATE);
    }
}
