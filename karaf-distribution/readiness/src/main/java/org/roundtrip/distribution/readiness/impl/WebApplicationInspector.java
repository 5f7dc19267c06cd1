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

package org.roundtrip.distribution.readiness.impl;

import static java.util.stream.Collectors.toUnmodifiableList;
import static java.util.stream.Collectors.toUnmodifiableSet;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.roundtrip.distribution.readiness.Obstacle;

/**
 * Finds the bundles whose web application is not served: their context has no service, which the container registers
 * when it has started the application (OSGi Compendium 128.3.4).
 */
final class WebApplicationInspector {

    private static final String CONTEXT_PATH_HEADER = "Web-ContextPath";
    private static final String CONTEXT_SERVICE = "javax.servlet.ServletContext";
    private static final String CONTEXT_PATH_PROPERTY = "osgi.web.contextpath";

    private final BundleContext context;

    WebApplicationInspector(BundleContext context) {
        this.context = context;
    }

    /**
     * The web applications of active bundles that are not served.
     *
     * @return an obstacle for each
     */
    List<Obstacle> obstacles() {
        Set<String> served = served();
        return Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getState() == Bundle.ACTIVE)
                .flatMap(bundle -> contextPath(bundle).stream())
                .filter(path -> !served.contains(path))
                .map(path -> Obstacle.of(Obstacle.Kind.WEB_APPLICATION, path,
                        "is not served yet; if that stays, the log says why"))
                .collect(toUnmodifiableList());
    }

    private Set<String> served() {
        try {
            return Optional.ofNullable(context.getAllServiceReferences(CONTEXT_SERVICE, null)).stream()
                    .flatMap(Stream::of)
                    .map(WebApplicationInspector::contextPath)
                    .filter(Objects::nonNull)
                    .map(WebApplicationInspector::normal)
                    .collect(toUnmodifiableSet());
        } catch (InvalidSyntaxException e) {
            throw new AssertionError("There is no filter that could be wrong", e);
        }
    }

    private static String contextPath(ServiceReference<?> service) {
        return (String) service.getProperty(CONTEXT_PATH_PROPERTY);
    }

    private static Optional<String> contextPath(Bundle bundle) {
        return Optional.ofNullable(bundle.getHeaders("").get(CONTEXT_PATH_HEADER))
                .map(WebApplicationInspector::normal);
    }

    private static String normal(String path) {
        return path.startsWith("/") ? path : "/" + path;
    }
}
