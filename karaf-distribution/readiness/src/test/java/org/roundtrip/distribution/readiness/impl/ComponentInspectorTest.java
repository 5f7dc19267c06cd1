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

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.osgi.framework.dto.BundleDTO;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.ReferenceDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;
import org.roundtrip.distribution.readiness.ComponentStatus;

class ComponentInspectorTest {

    private final ServiceComponentRuntime runtime = mock(ServiceComponentRuntime.class);

    @Test
    void namesTheInterfaceOfAMissingReference() {
        has("org.roundtrip.clock", ComponentConfigurationDTO.UNSATISFIED_REFERENCE, null, "paths");

        assertThat(new ComponentInspector(runtime).components())
                .extracting(ComponentStatus::missing)
                .singleElement().asString().isEqualTo("[interface of paths]");
    }

    @Test
    void keepsTheFirstLineOfAFailure() {
        has("org.onosproject.onos-core-net", ComponentConfigurationDTO.FAILED_ACTIVATION, "boom\n\tat Where(x)");

        assertThat(new ComponentInspector(runtime).components())
                .singleElement().satisfies(status -> {
                    assertThat(status.failure()).contains("boom");
                    assertThat(status.ready()).isFalse();
                });
    }

    @Test
    void takesAComponentThatStartsOnDemandForReady() {
        has("org.roundtrip.clock", ComponentConfigurationDTO.SATISFIED, null);

        assertThat(new ComponentInspector(runtime).components()).singleElement()
                .matches(ComponentStatus::ready);
    }

    @Test
    void leavesOutTheComponentsOfTheContainer() {
        has("org.apache.karaf.something", ComponentConfigurationDTO.UNSATISFIED_REFERENCE, null, "any");

        assertThat(new ComponentInspector(runtime).components()).isEmpty();
    }

    private void has(String bundle, int state, String failure, String... missing) {
        ComponentDescriptionDTO component = new ComponentDescriptionDTO();
        component.name = "component";
        component.bundle = new BundleDTO();
        component.bundle.symbolicName = bundle;
        component.serviceInterfaces = new String[] {"Service"};
        component.references = new ReferenceDTO[missing.length];
        ComponentConfigurationDTO configuration = new ComponentConfigurationDTO();
        configuration.state = state;
        configuration.failure = failure;
        configuration.unsatisfiedReferences = new UnsatisfiedReferenceDTO[missing.length];
        for (int i = 0; i < missing.length; i++) {
            component.references[i] = new ReferenceDTO();
            component.references[i].name = missing[i];
            component.references[i].interfaceName = "interface of " + missing[i];
            configuration.unsatisfiedReferences[i] = new UnsatisfiedReferenceDTO();
            configuration.unsatisfiedReferences[i].name = missing[i];
        }
        when(runtime.getComponentDescriptionDTOs()).thenReturn(List.of(component));
        when(runtime.getComponentConfigurationDTOs(component)).thenReturn(List.of(configuration));
    }
}
