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

import org.roundtrip.base.NotFoundException;
import org.roundtrip.base.json.Json;
import org.roundtrip.messaging.ChangeRequest;
import org.roundtrip.messaging.configuration.MessagingConfiguration;

import javax.ws.rs.Consumes;
import javax.ws.rs.DELETE;
import javax.ws.rs.GET;
import javax.ws.rs.PUT;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import javax.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Items of one kind of the configuration, which have names.
 *
 * @param <T> the kind
 */
public abstract class ItemsResource<T> extends MessagingResource {

    private final String list;
    private final String kind;
    private final Class<T> type;

    /**
     * Creates a resource.
     *
     * @param list the name of the YANG list of the items
     * @param kind what one of them is called in errors
     * @param type the kind
     */
    ItemsResource(String list, String kind, Class<T> type) {
        this.list = list;
        this.kind = kind;
        this.type = type;
    }

    abstract List<T> items(MessagingConfiguration configuration);

    abstract String name(T item);

    abstract MessagingConfiguration put(T item, ChangeRequest request);

    abstract MessagingConfiguration remove(String name, ChangeRequest request);

    /**
     * Returns the items.
     *
     * @return 200 with the YANG list
     */
    @GET
    public final Response all() {
        MessagingConfiguration present = service().configuration();
        return answer(Map.of(list, items(present)), present);
    }

    /**
     * Returns an item.
     *
     * @param name its name
     * @return 200 with it; 404 if there is none
     */
    @GET
    @Path("{name}")
    public final Response one(@PathParam("name") String name) {
        MessagingConfiguration present = service().configuration();
        return answer(existing(present, name), present);
    }

    /**
     * Makes sure that there is an item, and that it is as said here.
     *
     * @param name its name
     * @param json what it should be, with the same name or none
     * @param uri  its address
     * @return 201 with it if it is new, 200 with it if it was there; 400 if the configuration would not hold together,
     *         412 if there is another version than {@code If-Match} says
     */
    @PUT
    @Path("{name}")
    @Consumes(MediaType.APPLICATION_JSON)
    public final Response put(@PathParam("name") String name, InputStream json, @Context UriInfo uri) {
        T item = Json.read(json, type, "name", name);
        requireSameName(name, name(item));
        boolean isNew = find(service().configuration(), name).isEmpty();
        MessagingConfiguration changed = put(item, request());
        return isNew ? created(item, changed, uri.getRequestUri()) : answer(item, changed);
    }

    /**
     * Takes an item away.
     *
     * @param name its name
     * @return 200 with it as it was; 404 if there is none, 400 if something needs it, 412 if there is another version
     *         than {@code If-Match} says
     */
    @DELETE
    @Path("{name}")
    public final Response remove(@PathParam("name") String name) {
        T removed = existing(service().configuration(), name);
        return answer(removed, remove(name, request()));
    }

    private T existing(MessagingConfiguration configuration, String name) {
        return find(configuration, name).orElseThrow(
                () -> new NotFoundException("name", "there is no " + kind + " '" + name + "'"));
    }

    private Optional<T> find(MessagingConfiguration configuration, String name) {
        return items(configuration).stream().filter(item -> name(item).equals(name)).findFirst();
    }
}
