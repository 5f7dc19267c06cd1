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
package org.roundtrip.base.rest;

import org.glassfish.jersey.internal.MapPropertiesDelegate;
import org.glassfish.jersey.server.ApplicationHandler;
import org.glassfish.jersey.server.ContainerRequest;
import org.glassfish.jersey.server.ContainerResponse;
import org.onlab.osgi.ServiceDirectory;
import org.onlab.osgi.ServiceNotFoundException;
import org.onlab.rest.BaseResource;

import javax.ws.rs.core.HttpHeaders;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import javax.ws.rs.core.SecurityContext;
import java.io.ByteArrayInputStream;
import java.lang.reflect.Field;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;

/**
 * Sends requests to a REST application as Jersey hands them to it inside ONOS, without a web server.
 */
public final class RestFixture implements ServiceDirectory {

    private static final URI BASE = URI.create("http://localhost/onos/roundtrip/test/");

    private final ApplicationHandler handler;
    private final Map<Class<?>, Object> services = new HashMap<>();
    private Set<String> roles = Set.of("admin", "viewer");

    /**
     * Creates a fixture without services.
     *
     * @param application what is tested
     */
    public RestFixture(RestApplication application) {
        handler = new ApplicationHandler(application);
        try {
            Field directory = BaseResource.class.getDeclaredField("services");
            directory.setAccessible(true);
            directory.set(null, this);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("BaseResource of ONOS has changed", e);
        }
    }

    /**
     * Adds a service for resources to use.
     *
     * @param type    what it is
     * @param service the service
     * @param <T>     what it is
     * @return this
     */
    public <T> RestFixture with(Class<T> type, T service) {
        services.put(type, service);
        return this;
    }

    /**
     * Sends what follows as a user with these roles only.
     *
     * @param names of the roles
     * @return this
     */
    public RestFixture as(String... names) {
        roles = Set.of(names);
        return this;
    }

    @Override
    public <T> T get(Class<T> type) {
        if (!services.containsKey(type)) {
            throw new ServiceNotFoundException(type + " is not there");
        }
        return type.cast(services.get(type));
    }

    /**
     * Sends a request without a body.
     *
     * @param method the method
     * @param path   below the context of the application
     * @return the response
     */
    public Response send(String method, String path) {
        return send(method, path, "");
    }

    /**
     * Sends a request with a body.
     *
     * @param method the method
     * @param path   below the context of the application
     * @param json   the body
     * @return the response, its entity as text
     */
    public Response send(String method, String path, String json) {
        return send(method, path, json, Map.of());
    }

    /**
     * Sends a request with a body and headers.
     *
     * @param method  the method
     * @param path    below the context of the application
     * @param json    the body
     * @param headers by their names
     * @return the response, its entity as text
     */
    public Response send(String method, String path, String json, Map<String, String> headers) {
        ContainerRequest request = new ContainerRequest(BASE, BASE.resolve(path), method, new User(),
                                                        new MapPropertiesDelegate());
        headers.forEach(request::header);
        if (!json.isEmpty()) {
            request.header(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON);
            request.setEntityStream(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
        }
        try {
            ContainerResponse response = handler.apply(request).get();
            return Response.status(response.getStatusInfo()).replaceAll(response.getHeaders())
                    .entity(response.getEntity()).build();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(method + " " + path, e);
        }
    }

    private final class User implements SecurityContext {

        @Override
        public Principal getUserPrincipal() {
            return () -> "test";
        }

        @Override
        public boolean isUserInRole(String role) {
            return roles.contains(role);
        }

        @Override
        public boolean isSecure() {
            return false;
        }

        @Override
        public String getAuthenticationScheme() {
            return SecurityContext.BASIC_AUTH;
        }
    }
}
