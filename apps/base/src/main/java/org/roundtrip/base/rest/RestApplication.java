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

import org.onlab.rest.AuthorizationFilter;

import javax.ws.rs.core.Application;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A REST application whose errors are problem documents, whatever goes wrong.
 */
public abstract class RestApplication extends Application {

    private final Set<Class<?>> classes = new LinkedHashSet<>();

    /**
     * Creates the application.
     *
     * @param resources its resources
     */
    protected RestApplication(Class<?>... resources) {
        classes.add(AuthorizationFilter.class);
        classes.add(ProblemMapper.class);
        classes.addAll(List.of(resources));
    }

    @Override
    public Set<Class<?>> getClasses() {
        return classes;
    }
}
