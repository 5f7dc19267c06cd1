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
package org.roundtrip.openflow.testing;

import org.mockito.Mockito;
import org.osgi.service.component.ComponentContext;

import java.util.Hashtable;
import java.util.Map;

/**
 * What OSGi hands to a component.
 */
public final class Components {

    private Components() {
    }

    /**
     * Makes a context with component properties.
     *
     * @param properties properties that are set; all others have their defaults
     * @return context
     */
    // OSGi's interface has dictionaries, of which the hash table is the only one.
    @SuppressWarnings("JdkObsolete")
    public static ComponentContext context(Map<String, Object> properties) {
        ComponentContext context = Mockito.mock(ComponentContext.class);
        Mockito.when(context.getProperties()).thenReturn(new Hashtable<>(properties));
        return context;
    }
}
