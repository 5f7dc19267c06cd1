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
package org.roundtrip.messaging.rest;

import org.roundtrip.messaging.ChangeRequest;
import org.roundtrip.messaging.configuration.MessageQueue;
import org.roundtrip.messaging.configuration.MessagingConfiguration;

import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.MediaType;
import java.util.List;

/**
 * The queues of the configuration.
 */
@Path("queues")
@Produces(MediaType.APPLICATION_JSON)
public final class QueuesResource extends ItemsResource<MessageQueue> {

    /** Creates the resource. */
    public QueuesResource() {
        super("queues", "queue", MessageQueue.class);
    }

    @Override
    List<MessageQueue> items(MessagingConfiguration configuration) {
        return configuration.queues();
    }

    @Override
    String name(MessageQueue item) {
        return item.name();
    }

    @Override
    MessagingConfiguration put(MessageQueue item, ChangeRequest request) {
        return service().put(item, request);
    }

    @Override
    MessagingConfiguration remove(String name, ChangeRequest request) {
        return service().removeQueue(name, request);
    }
}
