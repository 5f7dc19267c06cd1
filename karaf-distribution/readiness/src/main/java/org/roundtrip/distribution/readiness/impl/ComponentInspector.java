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

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;
import org.roundtrip.distribution.readiness.ComponentStatus;
import org.roundtrip.distribution.readiness.ImmutableComponentStatus;

/**
 * Reads the state of the components of ONOS and of ours from the component runtime.
 *
 * <p>Those of Karaf are left out: some of them wait for services that this controller leaves out on purpose.
 */
final class ComponentInspector {

    private final ServiceComponentRuntime runtime;

    ComponentInspector(ServiceComponentRuntime runtime) {
        this.runtime = runtime;
    }

    /**
     * The components that are there now.
     *
     * @return their state
     */
    List<ComponentStatus> components() {
        Collection<ComponentDescriptionDTO> descriptions = runtime.getComponentDescriptionDTOs();
        return descriptions.stream()
                .filter(component -> isOurs(component.bundle.symbolicName))
                .flatMap(component -> runtime.getComponentConfigurationDTOs(component).stream()
                        .map(configuration -> status(component, configuration)))
                .collect(toUnmodifiableList());
    }

    /**
     * Whether a bundle is one whose components are looked at.
     *
     * @param symbolicName its symbolic name
     * @return true for ONOS and for Roundtrip
     */
    static boolean isOurs(String symbolicName) {
        return symbolicName.startsWith("org.onosproject.") || symbolicName.startsWith("org.roundtrip.");
    }

    private static ComponentStatus status(ComponentDescriptionDTO component, ComponentConfigurationDTO configuration) {
        return ImmutableComponentStatus.builder()
                .name(component.name)
                .addProvides(component.serviceInterfaces)
                .addAllMissing(missing(component, configuration))
                .failure(failure(configuration))
                .build();
    }

    private static List<String> missing(ComponentDescriptionDTO component, ComponentConfigurationDTO configuration) {
        return Stream.of(configuration.unsatisfiedReferences)
                .map(reference -> interfaceOf(component, reference))
                .collect(toUnmodifiableList());
    }

    private static String interfaceOf(ComponentDescriptionDTO component, UnsatisfiedReferenceDTO unsatisfied) {
        return Arrays.stream(component.references)
                .filter(reference -> reference.name.equals(unsatisfied.name))
                .map(reference -> reference.interfaceName)
                .findFirst()
                .orElse(unsatisfied.name);
    }

    private static Optional<String> failure(ComponentConfigurationDTO configuration) {
        return configuration.state == ComponentConfigurationDTO.FAILED_ACTIVATION
                ? Optional.of(firstLine(configuration.failure))
                : Optional.empty();
    }

    private static String firstLine(String stackTrace) {
        return stackTrace == null ? "no reason given" : stackTrace.lines().findFirst().orElse("no reason given");
    }
}
