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

import org.roundtrip.base.rest.RestResource;
import org.roundtrip.messaging.ChangeRequest;
import org.roundtrip.messaging.MessagingConfigurationService;
import org.roundtrip.messaging.configuration.MessagingConfiguration;

import javax.ws.rs.core.Context;
import javax.ws.rs.core.HttpHeaders;
import javax.ws.rs.core.Response;
import javax.ws.rs.core.SecurityContext;
import java.net.URI;
import java.security.Principal;
import java.util.Optional;

/**
 * A resource that shows a part of the configuration, or changes it. Its entity tag is the version of the whole.
 */
abstract class MessagingResource extends RestResource {

    @Context
    private HttpHeaders headers;

    @Context
    private SecurityContext security;

    /** Returns who asks, and for which version. */
    final ChangeRequest request() {
        String author = Optional.ofNullable(security.getUserPrincipal()).map(Principal::getName).orElse("REST");
        return ChangeRequest.of(author, VersionHeaders.match(headers));
    }

    final MessagingConfigurationService service() {
        return get(MessagingConfigurationService.class);
    }

    /** Answers with a part of a configuration: 200. */
    static Response answer(Object value, MessagingConfiguration configuration) {
        return tagged(answer(value), configuration);
    }

    /** Answers with what is new in a configuration: 201. */
    static Response created(Object value, MessagingConfiguration configuration, URI address) {
        return tagged(created(value, address), configuration);
    }

    private static Response tagged(Response answer, MessagingConfiguration configuration) {
        return Response.fromResponse(answer)
                .header(HttpHeaders.ETAG, VersionHeaders.tag(configuration.version()))
                .build();
    }
}
