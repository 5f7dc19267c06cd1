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
import org.roundtrip.messaging.configuration.Application;
import org.roundtrip.messaging.configuration.MessagingConfiguration;

import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.MediaType;
import java.util.List;

/**
 * The applications of the configuration.
 */
@Path("applications")
@Produces(MediaType.APPLICATION_JSON)
public final class ApplicationsResource extends ItemsResource<Application> {

    /** Creates the resource. */
    public ApplicationsResource() {
        super("applications", "application", Application.class);
    }

    @Override
    List<Application> items(MessagingConfiguration configuration) {
        return configuration.applications();
    }

    @Override
    String name(Application item) {
        return item.name();
    }

    @Override
    MessagingConfiguration put(Application item, ChangeRequest request) {
        return service().put(item, request);
    }

    @Override
    MessagingConfiguration remove(String name, ChangeRequest request) {
        return service().removeApplication(name, request);
    }
}
